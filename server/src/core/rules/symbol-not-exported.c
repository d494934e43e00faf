//# a function for the kernel itself
//! exact = yes
#include <linux/kallsyms.h>
#include <linux/module.h>

unsigned long sample_find(const char *name);

unsigned long sample_find(const char *name)
{
	return kallsyms_lookup_name(name);
//             ^^^^^^^^^^^^^^^^^^^^ warning[symbol-not-exported] "kallsyms_lookup_name" [t.ko] undefined!
//  also: 'kallsyms_lookup_name' is declared here
//  also: nothing in kernel 6.1.0-t or in this workspace exports 'kallsyms_lookup_name'
}

MODULE_LICENSE("GPL");

//# through a macro of the module's own
//! exact = yes
//- drivers/t/sample.h
#include <linux/sched.h>

#define RAISE(task) set_user_nice(task, 1)
//                  ^^^^^^^^^^^^^ also: the way goes through RAISE()
//- drivers/t/t.c
#include "sample.h"
#include <linux/module.h>

int sample_raise(int task)
{
	return RAISE(task);
//             ^^^^^ warning[symbol-not-exported] "set_user_nice" [t.ko] undefined!
//  also: 'set_user_nice' is declared here
//  also: nothing in kernel 6.1.0-t or in this workspace exports 'set_user_nice'
}

MODULE_LICENSE("GPL");

//# through an inline function of the kernel's headers
//! exact = yes
#include <linux/module.h>
#include <linux/sched.h>

int sample_raise(int task)
{
	return raise_task(task);
}

MODULE_LICENSE("GPL");

//# what must never be reached is no symbol
//! exact = yes
#include <linux/module.h>
#include <linux/sched.h>

void sample_check(int state)
{
	check_state(state);
	if (state > 3)
		__bad_state();
}

MODULE_LICENSE("GPL");

//# a weak reference, the module itself, and what the linker gives
//! exact = yes
#include <linux/module.h>

extern int sample_hook(void) __attribute__((weak));
extern const int __start_samples[], __stop_samples[];

void *sample_self(void)
{
	if (sample_hook)
		sample_hook();
	return __stop_samples > __start_samples ? THIS_MODULE : NULL;
}

MODULE_LICENSE("GPL");

//# declared by the module alone
//! exact = yes
#include <linux/module.h>

extern int sample_elsewhere(void);

int sample(void)
{
	return sample_elsewhere() + never_declared();
}

MODULE_LICENSE("GPL");

//# exported by another module of the workspace
//! exact = yes
//- drivers/t/Makefile
obj-m := core.o user.o
//- drivers/t/core.c
#include <linux/module.h>

int set_user_nice(int task, long nice)
{
	return 0;
}
EXPORT_SYMBOL(set_user_nice);

MODULE_LICENSE("GPL");
//- drivers/t/user.c
#include <linux/module.h>
#include <linux/sched.h>

int sample_raise(int task)
{
	return set_user_nice(task, 1);
}

MODULE_LICENSE("GPL");

//# exported by the kernel, or defined by another member
//! exact = yes
//! export = set_user_nice*
//- drivers/t/Makefile
obj-m := sample.o
sample-y := main.o find.o
//- drivers/t/main.c
#include <linux/kallsyms.h>
#include <linux/module.h>
#include <linux/sched.h>

unsigned long sample_find(const char *name)
{
	set_user_nice(0, 1);
	return kallsyms_lookup_name(name);
}

MODULE_LICENSE("GPL");
//- drivers/t/find.c
unsigned long kallsyms_lookup_name(const char *name)
{
	return 0;
}

//# exported without a definition is another mistake
//! exact = yes
#include <linux/module.h>
#include <linux/sched.h>

EXPORT_SYMBOL(set_user_nice);

MODULE_LICENSE("GPL");

//# not all uses are known
#include <linux/kallsyms.h>
#include <linux/module.h>

unsigned long sample_find(const char *name)
{
	return kallsyms_lookup_name(name);
}

MODULE_LICENSE("GPL");
