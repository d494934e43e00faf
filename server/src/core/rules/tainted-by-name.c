//# the three names
//- drivers/t/Makefile
obj-m := driverloader.o lve.o ndiswrapper.o
#        ^^^^^^^^^^^^^^ warning[tainted-by-name] driverloader: module license taints kernel: the loader takes this name for proprietary whatever license it declares
#                       ^^^^^ warning[tainted-by-name] lve: module license taints kernel: the loader takes this name for proprietary whatever license it declares
#                             ^^^^^^^^^^^^^ warning[tainted-by-name] ndiswrapper: module license taints kernel: the loader taints the kernel for this name, since such a module loads proprietary ones
//- drivers/t/driverloader.c
#include <linux/module.h>
MODULE_LICENSE("GPL");
//- drivers/t/lve.c
#include <linux/module.h>
MODULE_LICENSE("Dual BSD/GPL");
//- drivers/t/ndiswrapper.c
#include <linux/module.h>
MODULE_LICENSE("GPL");

//# the name of the module counts, not that of its sources
//- drivers/t/Makefile
obj-m := lve.o sensor.o
#        ^^^^^ warning[tainted-by-name] lve: module license taints kernel: the loader takes this name for proprietary whatever license it declares
lve-y := main.o
//- drivers/t/main.c
#include <linux/module.h>
MODULE_LICENSE("GPL");
//- drivers/t/sensor.c
#include <linux/module.h>
MODULE_LICENSE("GPL");

//# other names
//- drivers/t/Makefile
obj-m := lve2.o my-lve.o driver-loader.o
//- drivers/t/lve2.c
#include <linux/module.h>
MODULE_LICENSE("GPL");
//- drivers/t/my-lve.c
#include <linux/module.h>
MODULE_LICENSE("GPL");
//- drivers/t/driver-loader.c
#include <linux/module.h>
MODULE_LICENSE("GPL");

//# not compatible anyway
//- drivers/t/Makefile
obj-m := lve.o
//- drivers/t/lve.c
#include <linux/module.h>
MODULE_LICENSE("Proprietary");

//# a license that is not known, and none
//- drivers/t/Makefile
obj-m := lve.o driverloader.o
#        ^^^^^ warning[tainted-by-name] lve: module license taints kernel: the loader takes this name for proprietary whatever license it declares
#              ^^^^^^^^^^^^^^ warning[tainted-by-name] driverloader: module license taints kernel: the loader takes this name for proprietary whatever license it declares
//- drivers/t/lve.c
#include <linux/module.h>
MODULE_LICENSE(SAMPLE_LICENSE);
//- drivers/t/driverloader.c
#include <linux/module.h>
MODULE_AUTHOR("A. U. Thor");

//# folders do not count
//- drivers/Makefile
obj-m := lve/
//- drivers/lve/Makefile
obj-m := sample.o
//- drivers/lve/sample.c
#include <linux/module.h>
MODULE_LICENSE("GPL");
