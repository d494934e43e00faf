//# a probe on the function that finds all
#include <linux/kprobes.h>
#include <linux/module.h>

static struct kprobe finder = {
	.symbol_name = "kallsyms_lookup_name",
//                     ^^^^^^^^^^^^^^^^^^^^^^ warning[gpl-only-dodge] GPL-incompatible module t.ko fetches 'kallsyms_lookup_name' by its name, past the check of GPL-only symbols
//  also: kallsyms_lookup_name() finds every symbol of the kernel, GPL-only or not
};

int sample_init(void)
{
	return register_kprobe(&finder);
}

MODULE_LICENSE("Proprietary");
//             ^^^^^^^^^^^^^ also: "Proprietary" is not compatible with the GPL

//# the member is set by a statement
#include <linux/kprobes.h>
#include <linux/module.h>

int sample_init(struct kprobe *probe)
{
	probe->symbol_name = "kallsyms_lookup_name";
//                           ^^^^^^^^^^^^^^^^^^^^^^ warning[gpl-only-dodge] GPL-incompatible module t.ko fetches 'kallsyms_lookup_name' by its name, past the check of GPL-only symbols
//  also: kallsyms_lookup_name() finds every symbol of the kernel, GPL-only or not
	return 0;
}

MODULE_LICENSE("Proprietary");
//             ^^^^^^^^^^^^^ also: "Proprietary" is not compatible with the GPL

//# a pointer to it, called with names
#include <linux/module.h>

static unsigned long (*my_kallsyms_lookup_name)(const char *name);

void *sample_find(void)
{
	if (my_kallsyms_lookup_name("_printk"))
		return (void *)my_kallsyms_lookup_name("ktime_get");
//                             ^^^^^^^^^^^^^^^^^^^^^^^ warning[gpl-only-dodge] GPL-incompatible module t.ko fetches 'ktime_get' by its name, past the check of GPL-only symbols
//  also: 'ktime_get' is exported GPL-only by vmlinux (kernel 6.1.0-t)
	return (void *)my_kallsyms_lookup_name("init_mm");
//                     ^^^^^^^^^^^^^^^^^^^^^^^ warning[gpl-only-dodge] GPL-incompatible module t.ko fetches 'init_mm' by its name, past the check of GPL-only symbols
//  also: 'init_mm' is not known to be exported at all
}

MODULE_LICENSE("Proprietary");
//             ^^^^^^^^^^^^^ also: "Proprietary" is not compatible with the GPL

//# symbol_get
#include <linux/module.h>

void *sample_get(void)
{
	return symbol_get(ktime_get);
//             ^^^^^^^^^^ warning[gpl-only-dodge] GPL-incompatible module t.ko fetches 'ktime_get' by its name, past the check of GPL-only symbols
//  also: 'ktime_get' is exported GPL-only by vmlinux (kernel 6.1.0-t)
}

MODULE_LICENSE("Proprietary");
//             ^^^^^^^^^^^^^ also: "Proprietary" is not compatible with the GPL

//# a probe on another function, and plain exports
#include <linux/kprobes.h>
#include <linux/module.h>

static struct kprobe probe = {
	.symbol_name = "vfs_read",
};

void *sample_get(void)
{
	return __symbol_get("msleep");
}

MODULE_LICENSE("Proprietary");

//# a compatible license
#include <linux/kprobes.h>
#include <linux/module.h>

static struct kprobe finder = {
	.symbol_name = "kallsyms_lookup_name",
};

void *sample_get(void)
{
	return symbol_get(ktime_get);
}

MODULE_LICENSE("GPL");

//# one finding where the look-up itself is GPL-only
//! exact = yes
//! export = __symbol_get*
//! rules = gpl-only-dodge gpl-only-symbol
#include <linux/module.h>

void ktime_get(void);

void *sample_get(void)
{
	return symbol_get(ktime_get);
//             ^^^^^^^^^^ error[gpl-only-symbol] GPL-incompatible module t.ko uses GPL-only symbol '__symbol_get', reached through symbol_get()
//  also: the way goes through symbol_get()
//  also: '__symbol_get' is exported GPL-only by vmlinux (kernel 6.1.0-t)
}

MODULE_LICENSE("Proprietary");
//             ^^^^^^^^^^^^^ also: "Proprietary" is not compatible with the GPL

//# only live code, where that is known
//! exact = yes
#include <linux/module.h>

void ktime_get(void);

static inline void *sample_unused(void)
{
	return symbol_get(ktime_get);
}

void *sample_get(void)
{
	return symbol_get(ktime_get);
}

MODULE_LICENSE("Proprietary");

//# not compiled
//! config = CONFIG_NET
#include <linux/module.h>

#ifdef CONFIG_SAMPLE_FIND
void *sample_get(void)
{
	return symbol_get(ktime_get);
}
#endif

MODULE_LICENSE("Proprietary");

//# one finding where the look-up itself is not exported
//! exact = yes
//! rules = gpl-only-dodge symbol-not-exported
#include <linux/kallsyms.h>
#include <linux/module.h>

void *sample_find(void)
{
	return (void *)kallsyms_lookup_name("ktime_get");
//                     ^^^^^^^^^^^^^^^^^^^^ warning[symbol-not-exported] "kallsyms_lookup_name" [t.ko] undefined!
//  also: 'kallsyms_lookup_name' is declared here
//  also: nothing in kernel 6.1.0-t or in this workspace exports 'kallsyms_lookup_name'
}

MODULE_LICENSE("Proprietary");

//# a pointer to it in live code
//! exact = yes
#include <linux/module.h>

static unsigned long (*my_kallsyms_lookup_name)(const char *name);

void *sample_find(void)
{
	return (void *)my_kallsyms_lookup_name("ktime_get");
//                     ^^^^^^^^^^^^^^^^^^^^^^^ warning[gpl-only-dodge] GPL-incompatible module t.ko fetches 'ktime_get' by its name, past the check of GPL-only symbols
//  also: 'ktime_get' is exported GPL-only by vmlinux (kernel 6.1.0-t)
}

MODULE_LICENSE("Proprietary");
//             ^^^^^^^^^^^^^ also: "Proprietary" is not compatible with the GPL
