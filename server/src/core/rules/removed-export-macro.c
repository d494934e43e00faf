//# for unused symbols
#include <linux/module.h>

int sample_open(void)
{
	return 0;
}
EXPORT_UNUSED_SYMBOL(sample_open);
//<-------------------- error[removed-export-macro] (fix) EXPORT_UNUSED_SYMBOL is gone since Linux 5.12; use EXPORT_SYMBOL

int sample_close(void)
{
	return 0;
}
EXPORT_UNUSED_SYMBOL_GPL(sample_close);
//<------------------------ error[removed-export-macro] (fix) EXPORT_UNUSED_SYMBOL_GPL is gone since Linux 5.12; use EXPORT_SYMBOL_GPL
//= drivers/t/t.c
#include <linux/module.h>

int sample_open(void)
{
	return 0;
}
EXPORT_SYMBOL(sample_open);

int sample_close(void)
{
	return 0;
}
EXPORT_SYMBOL_GPL(sample_close);

//# for symbols that were to become GPL-only
#include <linux/module.h>

int sample_open(void)
{
	return 0;
}
EXPORT_SYMBOL_GPL_FUTURE(sample_open);
//<------------------------ error[removed-export-macro] (fix?) EXPORT_SYMBOL_GPL_FUTURE is gone since Linux 5.12; use EXPORT_SYMBOL_GPL
//  offers: Change to EXPORT_SYMBOL_GPL
//  offers: Change to EXPORT_SYMBOL

//# for modules, under its first name
//! version = 6.17.0
#include <linux/module.h>

int sample_open(void)
{
	return 0;
}
EXPORT_SYMBOL_GPL_FOR_MODULES(sample_open, "friend");
//<----------------------------- error[removed-export-macro] (fix) EXPORT_SYMBOL_GPL_FOR_MODULES is gone since Linux 6.17; use EXPORT_SYMBOL_FOR_MODULES
//= drivers/t/t.c
#include <linux/module.h>

int sample_open(void)
{
	return 0;
}
EXPORT_SYMBOL_FOR_MODULES(sample_open, "friend");

//# where it is still there
//! version = 5.11.0
#include <linux/module.h>

EXPORT_UNUSED_SYMBOL(sample_open);
EXPORT_SYMBOL_GPL_FUTURE(sample_close);

//# where it is not there yet
//! version = 6.16.0
#include <linux/module.h>

EXPORT_SYMBOL_GPL_FOR_MODULES(sample_open, "friend");

//# a macro of the module's own
//- drivers/t/compat.h
#ifndef EXPORT_UNUSED_SYMBOL
#define EXPORT_UNUSED_SYMBOL(sym) EXPORT_SYMBOL(sym)
#endif
//- drivers/t/t.c
#include <linux/module.h>
#include "compat.h"

EXPORT_UNUSED_SYMBOL(sample_open);

//# only for old kernels
#include <linux/module.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 12, 0)
EXPORT_UNUSED_SYMBOL(sample_open);
#else
EXPORT_SYMBOL(sample_open);
#endif

//# nothing is known of the kernel's version
//! version = unknown
#include <linux/module.h>

EXPORT_UNUSED_SYMBOL(sample_open);
