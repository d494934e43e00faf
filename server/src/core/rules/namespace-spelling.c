//# a string before 6.13
#include <linux/module.h>

MODULE_LICENSE("GPL");
MODULE_IMPORT_NS("DMA_BUF");
//               ^^^^^^^^^ error[namespace-spelling] (fix) MODULE_IMPORT_NS takes a bare word before Linux 6.13: expected DMA_BUF instead of "DMA_BUF"
//  offers: Spell it for both with a version check
//= drivers/t/t.c
#include <linux/module.h>

MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(DMA_BUF);

//# a bare word from 6.13 on
//! version = 6.13.0
#include <linux/module.h>

MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(DMA_BUF);
//               ^^^^^^^ error[namespace-spelling] (fix) MODULE_IMPORT_NS takes a string since Linux 6.13: expected "DMA_BUF" instead of DMA_BUF
//  offers: Spell it for both with a version check
//= drivers/t/t.c
#include <linux/module.h>

MODULE_LICENSE("GPL");
MODULE_IMPORT_NS("DMA_BUF");

//# exports
//! version = 6.13.0
#include <linux/export.h>
#include <linux/version.h>

int sample_open(void)
{
	return 0;
}
EXPORT_SYMBOL_NS(sample_open, SAMPLE);
//                            ^^^^^^ error[namespace-spelling] (fix) EXPORT_SYMBOL_NS takes a string since Linux 6.13: expected "SAMPLE" instead of SAMPLE
//  offers: Spell it for both with a version check

int sample_close(void)
{
	return 0;
}
EXPORT_SYMBOL_NS_GPL(sample_close, "SAMPLE");
//= drivers/t/t.c
#include <linux/export.h>
#include <linux/version.h>

int sample_open(void)
{
	return 0;
}
EXPORT_SYMBOL_NS(sample_open, "SAMPLE");

int sample_close(void)
{
	return 0;
}
EXPORT_SYMBOL_NS_GPL(sample_close, "SAMPLE");

//# an export before 6.13
#include <linux/export.h>

int sample_open(void)
{
	return 0;
}
EXPORT_SYMBOL_NS_GPL(sample_open, "SAMPLE"); /* for other samples */
//                                ^^^^^^^^ error[namespace-spelling] (fix) EXPORT_SYMBOL_NS_GPL takes a bare word before Linux 6.13: expected SAMPLE instead of "SAMPLE"
//= drivers/t/t.c
#include <linux/export.h>

int sample_open(void)
{
	return 0;
}
EXPORT_SYMBOL_NS_GPL(sample_open, SAMPLE); /* for other samples */

//# power operations
//! version = 6.14.0
#include <linux/pm.h>

EXPORT_NS_GPL_SIMPLE_DEV_PM_OPS(sample_pm, sample_suspend, sample_resume, SAMPLE);
//                                                                        ^^^^^^ error[namespace-spelling] (fix) EXPORT_NS_GPL_SIMPLE_DEV_PM_OPS takes a string since Linux 6.13: expected "SAMPLE" instead of SAMPLE
//  offers: Spell it for both with a version check
//= drivers/t/t.c
#include <linux/pm.h>

EXPORT_NS_GPL_SIMPLE_DEV_PM_OPS(sample_pm, sample_suspend, sample_resume, "SAMPLE");

//# the namespace of all exports
//! version = 6.13.0
#define DEFAULT_SYMBOL_NAMESPACE SAMPLE
//                               ^^^^^^ error[namespace-spelling] (fix) DEFAULT_SYMBOL_NAMESPACE takes a string since Linux 6.13: expected "SAMPLE" instead of SAMPLE
#include <linux/export.h>

int sample_open(void)
{
	return 0;
}
EXPORT_SYMBOL(sample_open);
//= drivers/t/t.c
#define DEFAULT_SYMBOL_NAMESPACE "SAMPLE"
#include <linux/export.h>

int sample_open(void)
{
	return 0;
}
EXPORT_SYMBOL(sample_open);

//# the namespace of all exports before 6.13
#define DEFAULT_SYMBOL_NAMESPACE	"SAMPLE"
//                                      ^^^^^^^^ error[namespace-spelling] (fix) DEFAULT_SYMBOL_NAMESPACE takes a bare word before Linux 6.13: expected SAMPLE instead of "SAMPLE"
#include <linux/export.h>
//= drivers/t/t.c
#define DEFAULT_SYMBOL_NAMESPACE	SAMPLE
#include <linux/export.h>

//# both spellings with a check of the version
//! version = 6.13.0
#include <linux/module.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
MODULE_IMPORT_NS("DMA_BUF");
#else
MODULE_IMPORT_NS(DMA_BUF);
#endif

//# both spellings with a check that is not known
//! version = 6.13.0
#include <linux/module.h>

#ifdef HAVE_STRING_NAMESPACE
MODULE_IMPORT_NS("DMA_BUF");
#else
MODULE_IMPORT_NS(DMA_BUF);
#endif

//# a macro holds the name
//! version = 6.13.0
#include <linux/module.h>

#define SAMPLE_NAMESPACE "DMA_BUF"
MODULE_IMPORT_NS(SAMPLE_NAMESPACE);

//# a macro of the module's own takes either
//! version = 6.13.0
//- drivers/t/compat.h
#include <linux/module.h>

#undef MODULE_IMPORT_NS
#define MODULE_IMPORT_NS(ns) MODULE_INFO(import_ns, __stringify(ns))
//- drivers/t/t.c
#include "compat.h"

MODULE_IMPORT_NS(DMA_BUF);

//# nothing is known of the kernel's version
//! version = unknown
#include <linux/module.h>

MODULE_IMPORT_NS(DMA_BUF);
MODULE_IMPORT_NS("CRYPTO_INTERNAL");
