//# a static function
#include <linux/module.h>

static int sample_open(void)
//         ^^^^^^^^^^^ also: 'sample_open' is static
{
	return 0;
}
EXPORT_SYMBOL(sample_open);
//            ^^^^^^^^^^^ error[export-of-static] (fix?) local symbol sample_open was exported
//  offers: Remove EXPORT_SYMBOL(sample_open)

//# a static variable, seen by modpost itself from 6.5 on
//! version = 6.5.0
#include <linux/module.h>

static int sample_level;
//         ^^^^^^^^^^^^ also: 'sample_level' is static
EXPORT_SYMBOL_GPL(sample_level);
//                ^^^^^^^^^^^^ error[export-of-static] (fix?) t: local symbol 'sample_level' was exported
//  offers: Remove EXPORT_SYMBOL_GPL(sample_level)

int sample_mode = 1;
EXPORT_SYMBOL_GPL(sample_mode);

//# modpost before 5.19
//! version = 5.15.0
#include <linux/module.h>

static inline int sample_open(void)
//                ^^^^^^^^^^^ also: 'sample_open' is static
{
	return 0;
}
EXPORT_SYMBOL_GPL(sample_open);
//                ^^^^^^^^^^^ error[export-of-static] (fix?) "sample_open" [t] is a static EXPORT_SYMBOL_GPL
//  offers: Remove EXPORT_SYMBOL_GPL(sample_open)

//# only a warning before 5.11
//! version = 5.10.0
#include <linux/module.h>

static int sample_open(void)
//         ^^^^^^^^^^^ also: 'sample_open' is static
{
	return 0;
}
EXPORT_SYMBOL(sample_open);
//            ^^^^^^^^^^^ warning[export-of-static] (fix?) "sample_open" [t] is a static EXPORT_SYMBOL
//  offers: Remove EXPORT_SYMBOL(sample_open)

//# nobody looked before 5.4
//! version = 5.3.0
#include <linux/module.h>

static int sample_open(void)
{
	return 0;
}
EXPORT_SYMBOL(sample_open);

//# static only where it is not exported
#include <linux/module.h>

#ifdef SAMPLE_STANDALONE
static int sample_open(void)
#else
int sample_open(void)
#endif
{
	return 0;
}
#ifndef SAMPLE_STANDALONE
EXPORT_SYMBOL(sample_open);
#endif

//# one of two definitions is not static
#include <linux/module.h>

#ifdef SAMPLE_FAST
static inline int sample_open(void)
{
	return 0;
}
#else
int sample_open(void)
{
	return 1;
}
#endif
EXPORT_SYMBOL(sample_open);

//# static for one configuration alone
//! config = CONFIG_NET
#include <linux/module.h>

#ifdef CONFIG_SAMPLE
static int sample_open(void)
{
	return 0;
}
#else
int sample_open(void)
{
	return 1;
}
#endif
EXPORT_SYMBOL(sample_open);
