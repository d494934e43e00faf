//# in a kernel's own source
//- Makefile
VERSION = 6
PATCHLEVEL = 1
//- Kbuild
obj-y += drivers/
//- init/Makefile
obj-y := main.o
//- scripts/Kbuild.include
empty :=
//- drivers/Makefile
obj-m := sample.o free.o
//- drivers/sample.c
#include <linux/module.h>
MODULE_LICENSE("Proprietary");
//             ^^^^^^^^^^^^^ error[proprietary-in-tree] "Proprietary" cannot be used for modules which have their source code in the kernel tree
//- drivers/free.c
#include <linux/module.h>
MODULE_LICENSE("GPL");

//# another license is named once
//! rules = proprietary-in-tree, unknown-license-string
//- Makefile
VERSION = 6
PATCHLEVEL = 1
//- Kbuild
obj-y += drivers/
//- init/Makefile
obj-y := main.o
//- scripts/Kbuild.include
empty :=
//- drivers/Makefile
obj-m := sample.o
//- drivers/sample.c
#include <linux/module.h>
MODULE_LICENSE("CDDL");
//             ^^^^^^ error[proprietary-in-tree] "CDDL" cannot be used for modules which have their source code in the kernel tree

//# a slip is no such license
//! rules = proprietary-in-tree, unknown-license-string
//- Makefile
VERSION = 6
PATCHLEVEL = 1
//- Kbuild
obj-y += drivers/
//- init/Makefile
obj-y := main.o
//- scripts/Kbuild.include
empty :=
//- drivers/Makefile
obj-m := sample.o
//- drivers/sample.c
#include <linux/module.h>
MODULE_LICENSE("GPLv2");
//             ^^^^^^^ error[unknown-license-string] (fix) unknown module license "GPLv2": the kernel treats the module as proprietary; did you mean "GPL"?
//= drivers/sample.c
#include <linux/module.h>
MODULE_LICENSE("GPL");

//# a condition that is not known
//- Makefile
VERSION = 6
PATCHLEVEL = 1
//- Kbuild
obj-y += drivers/
//- init/Makefile
obj-y := main.o
//- scripts/Kbuild.include
empty :=
//- drivers/Makefile
obj-m := sample.o
//- drivers/sample.c
#include <linux/module.h>
#ifdef SAMPLE_IS_FREE
MODULE_LICENSE("GPL");
#else
MODULE_LICENSE("Proprietary");
//             ^^^^^^^^^^^^^ warning[proprietary-in-tree] "Proprietary" cannot be used for modules which have their source code in the kernel tree
#endif

//# a tree that accepts more
//! license = GPL v3
//- Makefile
VERSION = 6
PATCHLEVEL = 1
//- Kbuild
obj-y += drivers/
//- init/Makefile
obj-y := main.o
//- scripts/Kbuild.include
empty :=
//- drivers/Makefile
obj-m := sample.o
//- drivers/sample.c
#include <linux/module.h>
MODULE_LICENSE("GPL v3");

//# a module of others
#include <linux/module.h>
MODULE_LICENSE("Proprietary");

//# what is not resolved is not judged
//- Makefile
VERSION = 6
PATCHLEVEL = 1
//- Kbuild
obj-y += drivers/
//- init/Makefile
obj-y := main.o
//- scripts/Kbuild.include
empty :=
//- drivers/Makefile
obj-m := sample.o
//- drivers/sample.c
#include <linux/module.h>
MODULE_LICENSE(SAMPLE_LICENSE);
