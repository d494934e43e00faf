//# declared and exported, but not there
//! exact = yes
#include <linux/module.h>

int sample_open(void);
EXPORT_SYMBOL(sample_open);
//            ^^^^^^^^^^^ error[export-without-definition] (fix?) "sample_open" [t.ko] was exported without definition
//  offers: Remove EXPORT_SYMBOL(sample_open)

MODULE_LICENSE("GPL");

//# as modpost says it before 5.19
//! exact = yes
//! version = 5.15.0
#include <linux/module.h>

int sample_open(void);
EXPORT_SYMBOL_GPL(sample_open);
//                ^^^^^^^^^^^ error[export-without-definition] (fix?) "sample_open" [t.ko] undefined!
//  offers: Remove EXPORT_SYMBOL_GPL(sample_open)

MODULE_LICENSE("GPL");

//# defined in another member
//! exact = yes
//- drivers/t/Makefile
obj-m := sample.o
sample-y := main.o open.o
//- drivers/t/main.c
#include <linux/module.h>

int sample_open(void);
EXPORT_SYMBOL(sample_open);

MODULE_LICENSE("GPL");
//- drivers/t/open.c
int sample_open(void)
{
	return 0;
}

//# defined by a macro, and under another name
//! exact = yes
#include <linux/module.h>

#define DEFINE_SAMPLE(name) int sample_##name
DEFINE_SAMPLE(level) = 3;
EXPORT_SYMBOL(sample_level);

int sample_open(void)
{
	return 0;
}
EXPORT_SYMBOL(sample_open);

int sample_probe(void) __attribute__((alias("sample_open")));
EXPORT_SYMBOL(sample_probe);

MODULE_LICENSE("GPL");

//# a member that cannot be read
//! exact = yes
//- drivers/t/Makefile
obj-m := sample.o
sample-y := main.o blob.o
//- drivers/t/main.c
#include <linux/module.h>

int sample_open(void);
EXPORT_SYMBOL(sample_open);

MODULE_LICENSE("GPL");

//# not all is known
#include <linux/module.h>

int sample_open(void);
EXPORT_SYMBOL(sample_open);

MODULE_LICENSE("GPL");

//# a static one is another mistake
//! exact = yes
#include <linux/module.h>

static int sample_open(void)
{
	return 0;
}
EXPORT_SYMBOL(sample_open);

MODULE_LICENSE("GPL");
