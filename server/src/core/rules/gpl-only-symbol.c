//# a direct call, and a pointer to a function
#include <linux/debugfs.h>
#include <linux/module.h>

static struct dentry *dir;

struct sample_ops {
	void (*remove)(struct dentry *dentry);
};

static const struct sample_ops ops = {
	.remove = debugfs_remove,
//                ^^^^^^^^^^^^^^ error[gpl-only-symbol] GPL-incompatible module t.ko uses GPL-only symbol 'debugfs_remove'
//  also: 'debugfs_remove' is exported GPL-only by vmlinux (kernel 6.1.0-t)
};

static int __init sample_init(void)
{
	dir = debugfs_create_dir("sample", NULL);
//            ^^^^^^^^^^^^^^^^^^ error[gpl-only-symbol] GPL-incompatible module t.ko uses GPL-only symbol 'debugfs_create_dir'
//  also: 'debugfs_create_dir' is exported GPL-only by vmlinux (kernel 6.1.0-t)
	pr_info("%p\n", ops.remove);
	return 0;
}
module_init(sample_init);

MODULE_LICENSE("Proprietary");
//             ^^^^^^^^^^^^^ also: "Proprietary" is not compatible with the GPL

//# a compatible license
#include <linux/debugfs.h>
#include <linux/module.h>

static int __init sample_init(void)
{
	debugfs_create_dir("sample", NULL);
	return 0;
}
module_init(sample_init);

MODULE_LICENSE("Dual BSD/GPL");

//# names that are no symbols: a member, a local, a label, a parameter, a comment, a string
#include <linux/module.h>

struct clock {
	long (*ktime_get)(void);
};

static long ask(struct clock *clock, int hrtimer_cancel)
{
	long debugfs_remove = clock->ktime_get() + hrtimer_cancel;

	/* debugfs_create_dir() would be GPL-only. */
	if (debugfs_remove)
		goto register_kprobe;
	_printk("ktime_get");
register_kprobe:
	return debugfs_remove;
}

static int __init sample_init(void)
{
	return ask(NULL, 0);
}
module_init(sample_init);

MODULE_LICENSE("Proprietary");

//# a license in another member decides
//- drivers/t/Makefile
obj-m := sample.o
sample-y := main.o core.o
//- drivers/t/main.c
#include <linux/module.h>

MODULE_LICENSE("CDDL");
//             ^^^^^^ also: "CDDL" is not compatible with the GPL
//- drivers/t/core.c
#include <linux/ktime.h>

long sample_now(void)
{
	return ktime_get();
//             ^^^^^^^^^ error[gpl-only-symbol] GPL-incompatible module sample.ko uses GPL-only symbol 'ktime_get'
//  also: 'ktime_get' is exported GPL-only by vmlinux (kernel 6.1.0-t)
}

//# one incompatible tag of several makes a module incompatible
//- drivers/t/Makefile
obj-m := sample.o
sample-objs := main.o blob.o
//- drivers/t/main.c
#include <linux/module.h>

MODULE_LICENSE("GPL");
//- drivers/t/blob.c
#include <linux/module.h>
#include <linux/ktime.h>

long blob_now(void)
{
	return ktime_get();
//             ^^^^^^^^^ error[gpl-only-symbol] GPL-incompatible module sample.ko uses GPL-only symbol 'ktime_get'
//  also: 'ktime_get' is exported GPL-only by vmlinux (kernel 6.1.0-t)
}
MODULE_LICENSE("Proprietary");
//             ^^^^^^^^^^^^^ also: "Proprietary" is not compatible with the GPL

//# through a macro and an inline function of a local header
//- drivers/t/Makefile
obj-m := sample.o
//- drivers/t/compat.h
#include <linux/ktime.h>

static inline long compat_now(void)
//                 ^^^^^^^^^^ also: the way goes through compat_now()
{
	return ktime_get();
}

#define sample_now() compat_now()
//      ^^^^^^^^^^ also: the way goes through sample_now()
//- drivers/t/sample.c
#include <linux/module.h>
#include "compat.h"

static int __init sample_init(void)
{
	return sample_now() == 0;
//             ^^^^^^^^^^ error[gpl-only-symbol] GPL-incompatible module sample.ko uses GPL-only symbol 'ktime_get', reached through sample_now()
//  also: 'ktime_get' is exported GPL-only by vmlinux (kernel 6.1.0-t)
}
module_init(sample_init);

MODULE_LICENSE("Proprietary");
//             ^^^^^^^^^^^^^ also: "Proprietary" is not compatible with the GPL

//# several places share one way
//- drivers/t/Makefile
obj-m := sample.o
//- drivers/t/compat.h
#include <linux/ktime.h>

static inline long compat_now(void)
//                 ^^^^^^^^^^ error[gpl-only-symbol] GPL-incompatible module sample.ko uses GPL-only symbol 'ktime_get'
//  also: and from 1 further place
//  also: 'ktime_get' is exported GPL-only by vmlinux (kernel 6.1.0-t)
{
	return ktime_get();
}
//- drivers/t/sample.c
#include <linux/module.h>
#include "compat.h"

static int __init sample_init(void)
{
	return compat_now() + compat_now() + compat_now() + compat_now() == 0;
//             ^^^^^^^^^^ also: reached from here through compat_now()
//                            ^^^^^^^^^^ also: reached from here through compat_now()
//                                           ^^^^^^^^^^ also: reached from here through compat_now()
}
module_init(sample_init);

MODULE_LICENSE("Proprietary");
//             ^^^^^^^^^^^^^ also: "Proprietary" is not compatible with the GPL

//# a condition that is not known makes the claim weaker
#include <linux/module.h>
#include <linux/ktime.h>

static int __init sample_init(void)
{
#ifdef SAMPLE_WITH_CLOCK
	return ktime_get() == 0;
//             ^^^^^^^^^ warning[gpl-only-symbol] GPL-incompatible module t.ko uses GPL-only symbol 'ktime_get', if 'SAMPLE_WITH_CLOCK' holds
//  also: 'ktime_get' is exported GPL-only by vmlinux (kernel 6.1.0-t)
#else
	return 0;
#endif
}
module_init(sample_init);

MODULE_LICENSE("Proprietary");
//             ^^^^^^^^^^^^^ also: "Proprietary" is not compatible with the GPL

//# code that is not compiled
//! config = CONFIG_SYSFS=y
#include <linux/module.h>
#include <linux/version.h>

static int __init sample_init(void)
{
#ifndef CONFIG_SYSFS
	register_kprobe(NULL);
#endif
#if LINUX_VERSION_CODE < KERNEL_VERSION(4, 0, 0)
	hrtimer_cancel(NULL);
#endif
#if 0
	debugfs_remove(NULL);
#endif
	return 0;
}
module_init(sample_init);

MODULE_LICENSE("Proprietary");

//# without any license modpost says nothing of the symbols
#include <linux/module.h>
#include <linux/ktime.h>

long sample_now(void)
{
	return ktime_get();
}

//# a license that is not resolved
#include <linux/module.h>
#include <linux/ktime.h>

long sample_now(void)
{
	return ktime_get();
}
MODULE_LICENSE(SAMPLE_LICENSE);

//# a GPL-only export of a sibling module
//- drivers/t/Makefile
obj-m := provider.o user.o
//- drivers/t/provider.c
#include <linux/module.h>

int provider_open(void)
{
	return 0;
}
EXPORT_SYMBOL_GPL(provider_open);
//                ^^^^^^^^^^^^^ also: 'provider_open' is exported GPL-only by drivers/t/provider
MODULE_LICENSE("GPL");
//- drivers/t/user.c
#include <linux/module.h>

int provider_open(void);

static int __init user_init(void)
{
	return provider_open();
//             ^^^^^^^^^^^^^ error[gpl-only-symbol] GPL-incompatible module user.ko uses GPL-only symbol 'provider_open'
}
module_init(user_init);
MODULE_LICENSE("Proprietary");
//             ^^^^^^^^^^^^^ also: "Proprietary" is not compatible with the GPL

//# a file shared by two modules is reported for each
//- drivers/t/Makefile
obj-m := one.o two.o
one-y := one_main.o common.o
two-y := two_main.o common.o
//- drivers/t/one_main.c
#include <linux/module.h>
MODULE_LICENSE("Proprietary");
//             ^^^^^^^^^^^^^ also: "Proprietary" is not compatible with the GPL
//- drivers/t/two_main.c
#include <linux/module.h>
MODULE_LICENSE("Proprietary");
//             ^^^^^^^^^^^^^ also: "Proprietary" is not compatible with the GPL
//- drivers/t/common.c
#include <linux/ktime.h>

long common_now(void)
{
	return ktime_get();
//             ^^^^^^^^^ error[gpl-only-symbol] GPL-incompatible module one.ko uses GPL-only symbol 'ktime_get'
//  also: 'ktime_get' is exported GPL-only by vmlinux (kernel 6.1.0-t)
//             ^^^^^^^^^ error[gpl-only-symbol] GPL-incompatible module two.ko uses GPL-only symbol 'ktime_get'
//  also: 'ktime_get' is exported GPL-only by vmlinux (kernel 6.1.0-t)
}
