//# words behind the NUL
#include <linux/module.h>

MODULE_LICENSE("GPL\0for files in the \"GPL\" directory; for others, only LICENSE file applies");
//             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[embedded-nul-license] (fix?) the license contains an embedded NUL byte: the kernel reads "GPL" and nothing behind it
//  offers: Change to "GPL"

//# nothing behind it, in several notations
//- drivers/t/a.c
#include <linux/module.h>
MODULE_LICENSE("GPL\0");
//             ^^^^^^^ error[embedded-nul-license] (fix) the license contains an embedded NUL byte: the kernel reads "GPL" and nothing behind it
//- drivers/t/b.c
#include <linux/module.h>
MODULE_LICENSE("Dual MIT/GPL\x00");
//             ^^^^^^^^^^^^^^^^^^ error[embedded-nul-license] (fix) the license contains an embedded NUL byte: the kernel reads "Dual MIT/GPL" and nothing behind it
//- drivers/t/c.c
#include <linux/module.h>
MODULE_LICENSE("GPL" "\000");
//             ^^^^^^^^^^^^ error[embedded-nul-license] (fix) the license contains an embedded NUL byte: the kernel reads "GPL" and nothing behind it
//= drivers/t/a.c
#include <linux/module.h>
MODULE_LICENSE("GPL");
//= drivers/t/b.c
#include <linux/module.h>
MODULE_LICENSE("Dual MIT/GPL");
//= drivers/t/c.c
#include <linux/module.h>
MODULE_LICENSE("GPL");

//# what 6.19 says
//! version = 6.19.0
#include <linux/module.h>

MODULE_LICENSE("GPL\0or not");
//             ^^^^^^^^^^^^^ error[embedded-nul-license] (fix?) MODULE_INFO(license, ...) contains embedded NUL byte: the kernel reads "GPL" and nothing behind it
//  offers: Change to "GPL"

//# in a macro of the file, and of a header
//- drivers/t/sample.h
#define SAMPLE_LICENSE "GPL\0or not"
//      ^^^^^^^^^^^^^^ also: the string is defined here
//- drivers/t/a.c
#include <linux/module.h>
#include "sample.h"
MODULE_LICENSE(SAMPLE_LICENSE);
//             ^^^^^^^^^^^^^^ error[embedded-nul-license] (fix?) the license contains an embedded NUL byte: the kernel reads "GPL" and nothing behind it
//  offers: Change to "GPL"
//- drivers/t/b.c
#include <linux/module.h>
#define OWN_LICENSE "GPL\0or not"
//      ^^^^^^^^^^^ also: the string is defined here
MODULE_LICENSE(OWN_LICENSE);
//             ^^^^^^^^^^^ error[embedded-nul-license] (fix?) the license contains an embedded NUL byte: the kernel reads "GPL" and nothing behind it
//  offers: Change to "GPL"

//# one mistake at a time, and none is taken for another
//! rules = all
// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>

static int __init sample_init(void)
{
	debugfs_remove(NULL);
	return 0;
}
module_init(sample_init);

MODULE_DESCRIPTION("Sample");
MODULE_LICENSE("GPL\0and more");
//             ^^^^^^^^^^^^^^^ error[embedded-nul-license] (fix?) the license contains an embedded NUL byte: the kernel reads "GPL" and nothing behind it
//  offers: Change to "GPL"

//# what the kernel reads is not compatible
//! rules = embedded-nul-license, gpl-only-symbol, unknown-license-string
// SPDX-License-Identifier: MIT
#include <linux/module.h>

void sample(void)
{
	debugfs_remove(NULL);
//      ^^^^^^^^^^^^^^ error[gpl-only-symbol] GPL-incompatible module t.ko uses GPL-only symbol 'debugfs_remove'
//  also: 'debugfs_remove' is exported GPL-only by vmlinux (kernel 6.1.0-t)
}

MODULE_LICENSE("MIT\0GPL");
//             ^^^^^^^^^^ error[embedded-nul-license] (fix?) the license contains an embedded NUL byte: the kernel reads "MIT" and nothing behind it
//  offers: Change to "MIT"
//             ^^^^^^^^^^ also: "MIT\0GPL" is not compatible with the GPL

//# none
#include <linux/module.h>

MODULE_LICENSE("GPL");
MODULE_INFO(license, "Dual BSD/GPL");
