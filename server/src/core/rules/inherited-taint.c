//# both kinds of symbols
//- drivers/t/Makefile
obj-m := secret.o user.o
//- drivers/t/secret.c
#include <linux/module.h>

int secret_open(void)
{
	return 0;
}
EXPORT_SYMBOL(secret_open);

MODULE_LICENSE("Proprietary");
//             ^^^^^^^^^^^^^ also: "Proprietary" is not compatible with the GPL
//- drivers/t/user.c
#include <linux/module.h>

int secret_open(void);

int sample(void)
{
	ktime_get();
//      ^^^^^^^^^ also: 'ktime_get' is used here
	return secret_open();
//             ^^^^^^^^^^^ error[inherited-taint] user: module using GPL-only symbols uses symbols secret_open from proprietary module secret.
//  also: 'ktime_get' is exported GPL-only by vmlinux (kernel 6.1.0-t)
}

MODULE_LICENSE("GPL");

//# through a module between them
//- drivers/t/Makefile
obj-m := secret.o between.o user.o
//- drivers/t/secret.c
#include <linux/module.h>

int secret_open(void)
{
	return 0;
}
EXPORT_SYMBOL(secret_open);

MODULE_LICENSE("Proprietary");
//             ^^^^^^^^^^^^^ also: "Proprietary" is not compatible with the GPL
//- drivers/t/between.c
#include <linux/module.h>

int secret_open(void);

int between_open(void)
{
	return secret_open();
//             ^^^^^^^^^^^ also: between uses 'secret_open' of secret and inherits its taint
}
EXPORT_SYMBOL(between_open);

MODULE_LICENSE("GPL");
//- drivers/t/user.c
#include <linux/module.h>

int between_open(void);

int sample(void)
{
	ktime_get();
//      ^^^^^^^^^ also: 'ktime_get' is used here
	return between_open();
//             ^^^^^^^^^^^^ error[inherited-taint] user: module using GPL-only symbols uses symbols between_open from proprietary module between.
//  also: 'ktime_get' is exported GPL-only by vmlinux (kernel 6.1.0-t)
}

MODULE_LICENSE("GPL");

//# without GPL-only symbols
//- drivers/t/Makefile
obj-m := secret.o user.o
//- drivers/t/secret.c
#include <linux/module.h>

int secret_open(void)
{
	return 0;
}
EXPORT_SYMBOL(secret_open);

MODULE_LICENSE("Proprietary");
//- drivers/t/user.c
#include <linux/module.h>

int secret_open(void);

int sample(void)
{
	kfree(NULL);
	return secret_open();
}

MODULE_LICENSE("GPL");

//# before 5.9
//! version = 5.8.0
//- drivers/t/Makefile
obj-m := secret.o user.o
//- drivers/t/secret.c
#include <linux/module.h>

int secret_open(void)
{
	return 0;
}
EXPORT_SYMBOL(secret_open);

MODULE_LICENSE("Proprietary");
//- drivers/t/user.c
#include <linux/module.h>

int secret_open(void);

int sample(void)
{
	ktime_get();
	return secret_open();
}

MODULE_LICENSE("GPL");

//# a compatible module, one whose tags disagree, and one under a condition
//- drivers/t/Makefile
obj-m := open.o torn.o user.o
//- drivers/t/open.c
#include <linux/module.h>

int open_open(void)
{
	return 0;
}
EXPORT_SYMBOL(open_open);

MODULE_LICENSE("GPL");
//- drivers/t/torn.c
#include <linux/module.h>

int torn_open(void)
{
	return 0;
}
EXPORT_SYMBOL(torn_open);

MODULE_LICENSE("GPL");
MODULE_LICENSE("Proprietary");
//- drivers/t/user.c
#include <linux/module.h>

int open_open(void);
int torn_open(void);

int sample(void)
{
	ktime_get();
	return open_open() + torn_open();
}

MODULE_LICENSE("GPL");

//# a use that is compiled only perhaps
//- drivers/t/Makefile
obj-m := secret.o user.o
//- drivers/t/secret.c
#include <linux/module.h>

int secret_open(void)
{
	return 0;
}
EXPORT_SYMBOL(secret_open);

MODULE_LICENSE("Proprietary");
//             ^^^^^^^^^^^^^ also: "Proprietary" is not compatible with the GPL
//- drivers/t/user.c
#include <linux/module.h>

int secret_open(void);

int sample(void)
{
	ktime_get();
//      ^^^^^^^^^ also: 'ktime_get' is used here
#ifdef SAMPLE_SECRET
	return secret_open();
//             ^^^^^^^^^^^ warning[inherited-taint] user: module using GPL-only symbols uses symbols secret_open from proprietary module secret.
//  also: 'ktime_get' is exported GPL-only by vmlinux (kernel 6.1.0-t)
#else
	return 0;
#endif
}

MODULE_LICENSE("GPL");

//# two modules that use each other
//- drivers/t/Makefile
obj-m := first.o second.o
//- drivers/t/first.c
#include <linux/module.h>

int second_open(void);

int first_open(void)
{
	ktime_get();
	return second_open();
}
EXPORT_SYMBOL(first_open);

MODULE_LICENSE("GPL");
//- drivers/t/second.c
#include <linux/module.h>

int first_open(void);

int second_open(void)
{
	return first_open();
}
EXPORT_SYMBOL(second_open);

MODULE_LICENSE("GPL");
