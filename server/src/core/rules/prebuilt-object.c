//# shipped, as an object, as an archive
//- drivers/t/Makefile
obj-m := sample.o
sample-y := main.o one.o two.o lib/three.a
#                  ^^^^^ warning[prebuilt-object] 'one.o_shipped' is linked into sample.ko without its source, and the module declares a license compatible with the GPL
#                        ^^^^^ warning[prebuilt-object] 'two.o' is linked into sample.ko without its source, and the module declares a license compatible with the GPL
#                              ^^^^^^^^^^^ warning[prebuilt-object] 'three.a' is linked into sample.ko without its source, and the module declares a license compatible with the GPL
//- drivers/t/one.o_shipped
(an object)
//- drivers/t/two.o
(an object)
//- drivers/t/lib/three.a
(objects)
//- drivers/t/main.c
#include <linux/module.h>
MODULE_LICENSE("GPL");
//             ^^^^^ also: MODULE_LICENSE says "GPL"

//# a source beside it
//- drivers/t/Makefile
obj-m := sample.o
sample-y := main.o one.o two.o
//- drivers/t/one.o_shipped
(an object)
//- drivers/t/one.c
int one;
//- drivers/t/two.S
	.globl two
//- drivers/t/two.o
(an object)
//- drivers/t/main.c
#include <linux/module.h>
MODULE_LICENSE("GPL");

//# a source that is shipped or generated
//- drivers/t/Makefile
obj-m := sample.o
sample-y := main.o one.o two.o three.o
targets += two.o
$(obj)/three.c: $(src)/three.in
	cp $< $@
//- drivers/t/one.c_shipped
int one;
//- drivers/t/one.o
(an object)
//- drivers/t/two.o
(an object)
//- drivers/t/three.in
int three;
//- drivers/t/three.o
(an object)
//- drivers/t/main.c
#include <linux/module.h>
MODULE_LICENSE("GPL");

//# built here from a source that has gone
//- drivers/t/Makefile
obj-m := sample.o
sample-y := main.o old.o
//- drivers/t/old.o
(an object)
//- drivers/t/.old.o.cmd
cmd_drivers/t/old.o := gcc -c -o old.o old.c
//- drivers/t/main.c
#include <linux/module.h>
MODULE_LICENSE("GPL");

//# a module that is not under the GPL, and one of which it is not known
//- drivers/t/Makefile
obj-m := a.o b.o
a-y := main.o one.o
b-y := open.o one.o
//- drivers/t/one.o_shipped
(an object)
//- drivers/t/main.c
#include <linux/module.h>
MODULE_LICENSE("Proprietary");
//- drivers/t/open.c
#include <linux/module.h>
MODULE_LICENSE(SAMPLE_LICENSE);

//# nothing there at all
//- drivers/t/Makefile
obj-m := sample.o
sample-y := main.o gone.o
//- drivers/t/main.c
#include <linux/module.h>
MODULE_LICENSE("GPL");

//# given to the linker as a flag
//- drivers/t/Makefile
obj-m := sample.o single.o
sample-y := main.o
EXTRA_LDFLAGS := $(src)/lib/one.o_shipped -T$(src)/sample.lds
#                      ^^^^^^^^^^^^^^^^^^ warning[prebuilt-object] 'one.o_shipped' is linked into sample.ko without its source, and the module declares a license compatible with the GPL
LDFLAGS_sample.o := $(src)/lib/two.a $(src)/lib/gone.a $(src)/own.o
#                         ^^^^^^^^^^ warning[prebuilt-object] 'two.a' is linked into sample.ko without its source, and the module declares a license compatible with the GPL
//- drivers/t/lib/one.o_shipped
(an object)
//- drivers/t/lib/two.a
(objects)
//- drivers/t/own.c
int own;
//- drivers/t/own.o
(an object)
//- drivers/t/main.c
#include <linux/module.h>
MODULE_LICENSE("GPL");
//             ^^^^^ also: MODULE_LICENSE says "GPL"
//- drivers/t/single.c
#include <linux/module.h>
MODULE_LICENSE("GPL");
