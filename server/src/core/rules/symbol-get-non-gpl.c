//# a plain export of the kernel
//! version = 6.6.0
#include <linux/module.h>

void *sample_get(void)
{
	return symbol_get(msleep);
//             ^^^^^^^^^^ error[symbol-get-non-gpl] failing symbol_get of non-GPLONLY symbol msleep.
//  also: 'msleep' is exported plainly by vmlinux (kernel 6.6.0-t)
}

MODULE_LICENSE("GPL");

//# by a string, and with a request for its module
//! version = 6.6.0
#include <linux/module.h>

void sample_get(void)
{
	__symbol_get("msleep");
//      ^^^^^^^^^^^^ error[symbol-get-non-gpl] failing symbol_get of non-GPLONLY symbol msleep.
//  also: 'msleep' is exported plainly by vmlinux (kernel 6.6.0-t)
	symbol_request(msleep);
//      ^^^^^^^^^^^^^^ error[symbol-get-non-gpl] failing symbol_get of non-GPLONLY symbol msleep.
//  also: 'msleep' is exported plainly by vmlinux (kernel 6.6.0-t)
}

MODULE_LICENSE("GPL");

//# a plain export of the workspace
//! version = 6.6.0
//- drivers/t/Makefile
obj-m := core.o user.o
//- drivers/t/core.c
#include <linux/module.h>

int core_open(void)
{
	return 0;
}
EXPORT_SYMBOL(core_open);
//            ^^^^^^^^^ also: 'core_open' is exported plainly by drivers/t/core

MODULE_LICENSE("GPL");
//- drivers/t/user.c
#include <linux/module.h>

int core_open(void);

void *sample_get(void)
{
	return symbol_get(core_open);
//             ^^^^^^^^^^ error[symbol-get-non-gpl] (fix?) failing symbol_get of non-GPLONLY symbol core_open.
//  offers: Change to EXPORT_SYMBOL_GPL(core_open)
}

MODULE_LICENSE("GPL");

//# GPL-only, or not known
//! version = 6.6.0
#include <linux/module.h>

void sample_get(void)
{
	symbol_get(ktime_get);
	symbol_get(sample_elsewhere);
}

MODULE_LICENSE("GPL");

//# before 6.6
//! version = 6.3.0
#include <linux/module.h>

void *sample_get(void)
{
	return symbol_get(msleep);
}

MODULE_LICENSE("GPL");

//# in a stable series that has the check
//! version = 6.1.52
#include <linux/module.h>

void *sample_get(void)
{
	return symbol_get(msleep);
//             ^^^^^^^^^^ error[symbol-get-non-gpl] failing symbol_get of non-GPLONLY symbol msleep.
//  also: 'msleep' is exported plainly by vmlinux (kernel 6.1.52-t)
}

MODULE_LICENSE("GPL");

//# in live code
//! exact = yes
//! version = 6.6.0
#include <linux/module.h>

void msleep(unsigned int ms);

static inline void *sample_unused(void)
{
	return symbol_get(msleep);
}

void *sample_get(void)
{
	return symbol_get(msleep);
//             ^^^^^^^^^^ error[symbol-get-non-gpl] failing symbol_get of non-GPLONLY symbol msleep.
//  also: 'msleep' is exported plainly by vmlinux (kernel 6.6.0-t)
}

MODULE_LICENSE("GPL");

//# under a condition that is not known
//! version = 6.6.0
#include <linux/module.h>

#ifdef SAMPLE_SLEEP
void *sample_get(void)
{
	return symbol_get(msleep);
//             ^^^^^^^^^^ warning[symbol-get-non-gpl] failing symbol_get of non-GPLONLY symbol msleep.
//  also: 'msleep' is exported plainly by vmlinux (kernel 6.6.0-t)
}
#endif

MODULE_LICENSE("GPL");
