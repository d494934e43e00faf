//# twice in one file
#include <linux/module.h>

int sample_open(void)
{
	return 0;
}
EXPORT_SYMBOL(sample_open);
//            ^^^^^^^^^^^ also: 'sample_open' is exported here already

MODULE_LICENSE("GPL");
EXPORT_SYMBOL(sample_open);
//            ^^^^^^^^^^^ error[duplicate-export] (fix) t: 'sample_open' exported twice. Previous export was in t.ko
//= drivers/t/t.c
#include <linux/module.h>

int sample_open(void)
{
	return 0;
}
EXPORT_SYMBOL(sample_open);

MODULE_LICENSE("GPL");

//# twice in one module, in two classes
//- drivers/t/Makefile
obj-m := sample.o
sample-y := main.o open.o
//- drivers/t/main.c
#include <linux/module.h>

int sample_open(void);
EXPORT_SYMBOL(sample_open);
//            ^^^^^^^^^^^ also: 'sample_open' is exported here already

MODULE_LICENSE("GPL");
//- drivers/t/open.c
#include <linux/module.h>

int sample_open(void)
{
	return 0;
}
EXPORT_SYMBOL_GPL(sample_open);
//                ^^^^^^^^^^^ error[duplicate-export] (fix?) sample: 'sample_open' exported twice. Previous export was in sample.ko
//  offers: Remove EXPORT_SYMBOL_GPL(sample_open)

//# the kernel exports it too
#include <linux/module.h>

void msleep(unsigned int ms)
{
}
EXPORT_SYMBOL(msleep);
//            ^^^^^^ error[duplicate-export] (fix?) t: 'msleep' exported twice. Previous export was in vmlinux
//  offers: Remove EXPORT_SYMBOL(msleep)
//  also: 'msleep' is exported plainly by vmlinux (kernel 6.1.0-t)

//# only a warning before 5.19
//! version = 5.15.0
#include <linux/module.h>

void msleep(unsigned int ms)
{
}
EXPORT_SYMBOL(msleep);
//            ^^^^^^ warning[duplicate-export] (fix?) t: 'msleep' exported twice. Previous export was in vmlinux
//  offers: Remove EXPORT_SYMBOL(msleep)
//  also: 'msleep' is exported plainly by vmlinux (kernel 5.15.0-t)

//# another module of the kernel may be replaced
#include <linux/module.h>

int usb_stor_probe1(void)
{
	return 0;
}
EXPORT_SYMBOL(usb_stor_probe1);

//# two modules of one Makefile
//- drivers/t/Makefile
obj-m := first.o second.o
//- drivers/t/first.c
#include <linux/module.h>

int sample_open(void)
{
	return 0;
}
EXPORT_SYMBOL(sample_open);
//            ^^^^^^^^^^^ warning[duplicate-export] (fix?) first: exports duplicate symbol sample_open (owned by second)
//  offers: Remove EXPORT_SYMBOL(sample_open)
//- drivers/t/second.c
#include <linux/module.h>

int sample_open(void)
{
	return 0;
}
EXPORT_SYMBOL(sample_open);
//            ^^^^^^^^^^^ also: 'sample_open' is exported plainly by drivers/t/second

//# two versions of one module
//- drivers/old/Makefile
obj-m := sample.o
//- drivers/old/sample.c
#include <linux/module.h>

int sample_open(void)
{
	return 0;
}
EXPORT_SYMBOL(sample_open);
//- drivers/new/Makefile
obj-m := sample-ng.o
//- drivers/new/sample-ng.c
#include <linux/module.h>

int sample_open(void)
{
	return 0;
}
EXPORT_SYMBOL(sample_open);

//# in one of two branches
#include <linux/module.h>

#ifdef SAMPLE_FREE
EXPORT_SYMBOL(sample_open);
#else
EXPORT_SYMBOL_GPL(sample_open);
#endif
