//# in the call
// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>

MODULE_AUTHOR("A. U. Thor");
MODULE_LICENSE("GPL v2");
//             ^^^^^^^^ hint[gpl-v2-spelling] (fix) Prefer "GPL" over "GPL v2" - see commit bf7fbeeae6db
//= drivers/t/t.c
// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>

MODULE_AUTHOR("A. U. Thor");
MODULE_LICENSE("GPL");

//# in MODULE_INFO
#include <linux/module.h>

MODULE_INFO(license, "GPL v2");
//                   ^^^^^^^^ hint[gpl-v2-spelling] (fix) Prefer "GPL" over "GPL v2" - see commit bf7fbeeae6db
//= drivers/t/t.c
#include <linux/module.h>

MODULE_INFO(license, "GPL");

//# in a #define of the file
#include <linux/module.h>

#define DRIVER_LICENSE "GPL v2"
#define DRIVER_AUTHOR "A. U. Thor"

MODULE_AUTHOR(DRIVER_AUTHOR);
MODULE_LICENSE(DRIVER_LICENSE);
//             ^^^^^^^^^^^^^^ hint[gpl-v2-spelling] (fix) Prefer "GPL" over "GPL v2" - see commit bf7fbeeae6db
//= drivers/t/t.c
#include <linux/module.h>

#define DRIVER_LICENSE "GPL"
#define DRIVER_AUTHOR "A. U. Thor"

MODULE_AUTHOR(DRIVER_AUTHOR);
MODULE_LICENSE(DRIVER_LICENSE);

//# through a macro of a local header
//- drivers/t/sample.h
#define SAMPLE_MODULE(name, license) \
	MODULE_DESCRIPTION(name); \
	MODULE_LICENSE(license)
//- drivers/t/sample.c
#include <linux/module.h>
#include "sample.h"

SAMPLE_MODULE("Sample", "GPL v2");
//            ^^^^^^^^ hint[gpl-v2-spelling] Prefer "GPL" over "GPL v2" - see commit bf7fbeeae6db

//# written over two lines
#include <linux/module.h>

MODULE_LICENSE("GPL"
//             ^^^^^... hint[gpl-v2-spelling] (fix) Prefer "GPL" over "GPL v2" - see commit bf7fbeeae6db
	       " v2");
//= drivers/t/t.c
#include <linux/module.h>

MODULE_LICENSE("GPL");

//# other spellings are not its business
//- drivers/t/a.c
#include <linux/module.h>
MODULE_LICENSE("GPL");
//- drivers/t/b.c
#include <linux/module.h>
MODULE_LICENSE("GPLv2");
//- drivers/t/c.c
#include <linux/module.h>
MODULE_LICENSE("Dual MIT/GPL");

//# not the text of a comment, nor another string
#include <linux/module.h>

/* MODULE_LICENSE("GPL v2"); */
MODULE_DESCRIPTION("GPL v2");
MODULE_LICENSE("GPL");

//# the severity is the user's
//! severity = warning
#include <linux/module.h>

MODULE_LICENSE("GPL v2");
//             ^^^^^^^^ warning[gpl-v2-spelling] (fix) Prefer "GPL" over "GPL v2" - see commit bf7fbeeae6db
//= drivers/t/t.c
#include <linux/module.h>

MODULE_LICENSE("GPL");
