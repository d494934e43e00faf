//# a warning where modpost has one
//! version = 6.15.0
#include <linux/module.h>

MODULE_AUTHOR("A. U. Thor");
MODULE_LICENSE("GPL");
//^line warning[missing-module-description] (fix?) missing MODULE_DESCRIPTION() in t.o
//  offers: Add MODULE_DESCRIPTION("t kernel module");

//# a hint for an older kernel
//! version = 6.14.9
#include <linux/module.h>

MODULE_LICENSE("GPL");
//^line hint[missing-module-description] (fix?) missing MODULE_DESCRIPTION() in t.o
//  offers: Add MODULE_DESCRIPTION("t kernel module");

//# a hint where the version is not known
//! version = unknown
#include <linux/module.h>

static int __init sample_init(void)
{
	return 0;
}
module_init(sample_init);
//^line hint[missing-module-description] (fix?) missing MODULE_DESCRIPTION() in t.o
//  offers: Add MODULE_DESCRIPTION("t kernel module");

//# one line for the whole module, where its tags are
//! version = 6.16.0
//- drivers/t/Makefile
obj-m := a-sample.o
a-sample-y := core.o main.o
//- drivers/t/core.c
int sample_core(void)
{
	return 0;
}
//- drivers/t/main.c
#include <linux/module.h>

MODULE_LICENSE("GPL");
//^line warning[missing-module-description] (fix?) missing MODULE_DESCRIPTION() in a_sample.o
//  offers: Add MODULE_DESCRIPTION("a_sample kernel module");

//# in another member, in a header, by MODULE_INFO, in a macro
//! version = 6.15.0
//- drivers/t/Makefile
obj-m := a.o b.o c.o d.o
a-y := a1.o a2.o
//- drivers/t/a1.c
#include <linux/module.h>
MODULE_LICENSE("GPL");
//- drivers/t/a2.c
#include <linux/module.h>
MODULE_DESCRIPTION("Sample");
//- drivers/t/about.h
MODULE_DESCRIPTION("Sample");
//- drivers/t/b.c
#include <linux/module.h>
#include "about.h"
MODULE_LICENSE("GPL");
//- drivers/t/c.c
#include <linux/module.h>
MODULE_INFO(description, "Sample");
MODULE_LICENSE("GPL");
//- drivers/t/d.c
#include <linux/module.h>
#define ABOUT(text) MODULE_DESCRIPTION(text); MODULE_LICENSE("GPL")
ABOUT("Sample");

//# perhaps is enough
//! version = 6.15.0
#include <linux/module.h>

#ifdef SAMPLE_IS_DESCRIBED
MODULE_DESCRIPTION("Sample");
#endif
MODULE_LICENSE("GPL");

//# a source that is not there
//! version = 6.15.0
//- drivers/t/Makefile
obj-m := sample.o
sample-y := main.o gone.o
//- drivers/t/main.c
#include <linux/module.h>
MODULE_LICENSE("GPL");

//# a macro of the kernel may say it
//! version = 6.15.0
#include <linux/module.h>
#include <linux/netfilter/ipset/ip_set.h>

MODULE_LICENSE("GPL");
IP_SET_MODULE_DESC("hash:ip", 0, 4);
