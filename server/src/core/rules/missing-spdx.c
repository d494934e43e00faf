//# a source and its header, with the expressions that fit the string
//- drivers/t/sample.h
#define SAMPLE 1
//< hint[missing-spdx] (fix?) Missing or malformed SPDX-License-Identifier tag in line 1
//  offers: Add SPDX-License-Identifier: GPL-2.0-only
//  offers: Add SPDX-License-Identifier: GPL-2.0-or-later
//- drivers/t/sample.c
#include <linux/module.h>
//< hint[missing-spdx] (fix?) Missing or malformed SPDX-License-Identifier tag in line 1
//  offers: Add SPDX-License-Identifier: GPL-2.0-only
//  offers: Add SPDX-License-Identifier: GPL-2.0-or-later
#include "sample.h"

MODULE_LICENSE("GPL");

//# a comment of another kind at the top
/*
//< hint[missing-spdx] (fix?) Missing or malformed SPDX-License-Identifier tag in line 1
//  offers: Add SPDX-License-Identifier: GPL-2.0-only OR BSD-3-Clause
//  offers: Add SPDX-License-Identifier: GPL-2.0-or-later OR BSD-3-Clause
//  offers: Add SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
//  offers: Add SPDX-License-Identifier: GPL-2.0-or-later OR BSD-2-Clause
 * Sample driver
 * This program is free software; you can redistribute it and/or modify it under the terms of the GNU GPL version 2.
 */
#include <linux/module.h>

MODULE_LICENSE("Dual BSD/GPL");

//# on line 1, and on line 2
//- drivers/t/a.c
// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>
MODULE_LICENSE("GPL");
//- drivers/t/b.c
/*
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include <linux/module.h>
MODULE_LICENSE("GPL");

//# too far down or misspelt is another finding
//- drivers/t/a.c
/*
 * Sample driver
 *
 * SPDX-License-Identifier: GPL-2.0+ OR MIT
 */
#include <linux/module.h>
MODULE_LICENSE("Dual MIT/GPL");
//- drivers/t/b.c
// SPDX-Licence-Identifier: GPL-2.0-only
#include <linux/module.h>
MODULE_LICENSE("GPL");

//# an expression that is not understood counts as a line
// SPDX-License-Identifier: GPL version two
#include <linux/module.h>

MODULE_LICENSE("GPL");

//# a string that no expression fits
#include <linux/module.h>
//< hint[missing-spdx] Missing or malformed SPDX-License-Identifier tag in line 1

MODULE_LICENSE("NVIDIA");

//# assembly and proprietary
//- drivers/t/Makefile
obj-m := sample.o
#< hint[missing-spdx] (fix?) Missing or malformed SPDX-License-Identifier tag in line 1
#  offers: Add SPDX-License-Identifier: LicenseRef-Proprietary
sample-y := main.o fast.o
//- drivers/t/main.c
// SPDX-License-Identifier: LicenseRef-Proprietary
#include <linux/module.h>

MODULE_LICENSE("Proprietary");
//- drivers/t/fast.S
	.globl fast
//< hint[missing-spdx] (fix?) Missing or malformed SPDX-License-Identifier tag in line 1
//  offers: Add SPDX-License-Identifier: LicenseRef-Proprietary
fast:
	ret

//# a header of two modules: what fits both
//- drivers/t/common.h
#define COMMON 1
//< hint[missing-spdx] (fix?) Missing or malformed SPDX-License-Identifier tag in line 1
//  offers: Add SPDX-License-Identifier: GPL-2.0-only
//  offers: Add SPDX-License-Identifier: GPL-2.0-or-later
//- drivers/t/a.c
// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>
#include "common.h"
MODULE_LICENSE("GPL");
//- drivers/t/b.c
// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>
#include "common.h"
MODULE_LICENSE("GPL v2");

//# a header of two modules: nothing fits both
//- drivers/t/common.h
#define COMMON 1
//< hint[missing-spdx] Missing or malformed SPDX-License-Identifier tag in line 1
//- drivers/t/a.c
// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>
#include "common.h"
MODULE_LICENSE("GPL");
//- drivers/t/b.c
// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include <linux/module.h>
#include "common.h"
MODULE_LICENSE("Dual MIT/GPL");

//# a file of no module
//- drivers/t/Makefile
obj-m := sample.o
#< hint[missing-spdx] (fix?) Missing or malformed SPDX-License-Identifier tag in line 1
#  offers: Add SPDX-License-Identifier: GPL-2.0-only
#  offers: Add SPDX-License-Identifier: GPL-2.0-or-later
//- drivers/t/sample.c
// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>
MODULE_LICENSE("GPL");
//- tools/tool.c
int main(void)
{
	return 0;
}
