//# the other kind of comment
//- drivers/t/sample.h
// SPDX-License-Identifier: GPL-2.0-only
//^line warning[malformed-spdx] (fix) Improper SPDX comment style for 'sample.h', please use '/*' instead
#define SAMPLE 1
//- drivers/t/sample.c
/* SPDX-License-Identifier: (GPL-2.0-only OR MIT) */
//^line warning[malformed-spdx] (fix) Improper SPDX comment style for 'sample.c', please use '//' instead
#include <linux/module.h>
#include "sample.h"
MODULE_LICENSE("GPL");
//= drivers/t/sample.h
/* SPDX-License-Identifier: GPL-2.0-only */
#define SAMPLE 1
//= drivers/t/sample.c
// SPDX-License-Identifier: (GPL-2.0-only OR MIT)
#include <linux/module.h>
#include "sample.h"
MODULE_LICENSE("GPL");

//# the comment goes on behind it
/* SPDX-License-Identifier: GPL-2.0-only
//<----------------------------------------... warning[malformed-spdx] (fix) Improper SPDX comment style for 't.c', please use '//' instead
 * Sample driver
 */
#include <linux/module.h>

MODULE_LICENSE("GPL");
//= drivers/t/t.c
// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sample driver
 */
#include <linux/module.h>

MODULE_LICENSE("GPL");

//# on line 2, where nothing else is in the comment
/*
 * SPDX-License-Identifier: GPL-2.0-only
//                          ^^^^^^^^^^^^ warning[malformed-spdx] (fix) Misplaced SPDX-License-Identifier tag - use line 1 instead
 */
#include <linux/module.h>

MODULE_LICENSE("GPL");
//= drivers/t/t.c
// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>

MODULE_LICENSE("GPL");

//# on line 4 of a comment, behind a comment, at the end of one
//- drivers/t/a.c
/*
 * Sample driver
 *
 * SPDX-License-Identifier: GPL-2.0+ OR MIT
//                          ^^^^^^^^^^^^^^^ warning[malformed-spdx] (fix) Misplaced SPDX-License-Identifier tag - use line 1 instead
 */
#include <linux/module.h>
MODULE_LICENSE("Dual MIT/GPL");
//- drivers/t/b.c
// Sample driver
// SPDX-License-Identifier: GPL-2.0-only
//                          ^^^^^^^^^^^^ warning[malformed-spdx] (fix) Misplaced SPDX-License-Identifier tag - use line 1 instead
#include <linux/module.h>
MODULE_LICENSE("GPL");
//- drivers/t/c.c
/*
 * Sample driver
 * SPDX-License-Identifier: GPL-2.0-only */
//                          ^^^^^^^^^^^^ warning[malformed-spdx] (fix) Misplaced SPDX-License-Identifier tag - use line 1 instead
#include <linux/module.h>
MODULE_LICENSE("GPL");
//= drivers/t/a.c
// SPDX-License-Identifier: GPL-2.0+ OR MIT
/*
 * Sample driver
 *
 */
#include <linux/module.h>
MODULE_LICENSE("Dual MIT/GPL");
//= drivers/t/b.c
// SPDX-License-Identifier: GPL-2.0-only
// Sample driver
#include <linux/module.h>
MODULE_LICENSE("GPL");
//= drivers/t/c.c
// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sample driver
 * SPDX-License-Identifier: GPL-2.0-only */
#include <linux/module.h>
MODULE_LICENSE("GPL");

//# below line 15 it may be meant for a part of the file
#include <linux/module.h>

static int one(void)
{
	return 1;
}

static int two(void)
{
	return 2;
}

/* The rest is from elsewhere. */


// SPDX-License-Identifier: MIT
//                          ^^^ warning[malformed-spdx] (fix?) Misplaced SPDX-License-Identifier tag - use line 1 instead
//  offers: Move the SPDX line to line 1
static int three(void)
{
	return one() + two();
}

MODULE_LICENSE("GPL");

//# identifiers that are none
//- drivers/t/a.c
// SPDX-License-Identifier: GPLv2
//                          ^^^^^ warning[malformed-spdx] (fix?) Invalid License ID: GPLv2
//  offers: Change to GPL-2.0-only
//  offers: Change to GPL-2.0-or-later
#include <linux/module.h>
MODULE_LICENSE("GPL");
//- drivers/t/b.c
// SPDX-License-Identifier: Dual BSD/GPL
//                          ^^^^ warning[malformed-spdx] (fix?) Invalid License ID: Dual
//  offers: Change to GPL-2.0-only OR BSD-3-Clause
//  offers: Change to GPL-2.0-or-later OR BSD-3-Clause
//  offers: Change to GPL-2.0-only OR BSD-2-Clause
//  offers: Change to GPL-2.0-or-later OR BSD-2-Clause
#include <linux/module.h>
MODULE_LICENSE("Dual BSD/GPL");
//- drivers/t/c.c
// SPDX-License-Identifier: GPL-2.0-olny OR MIT
//                          ^^^^^^^^^^^^ warning[malformed-spdx] (fix?) Invalid License ID: GPL-2.0-olny
//  offers: Change to GPL-2.0-only
#include <linux/module.h>
MODULE_LICENSE("GPL");
//- drivers/t/d.c
// SPDX-License-Identifier: Acme
//                          ^^^^ warning[malformed-spdx] Invalid License ID: Acme
#include <linux/module.h>
MODULE_LICENSE("Proprietary");
//- drivers/t/e.c
// SPDX-License-Identifier: GPL
//                          ^^^ warning[malformed-spdx] (fix?) Invalid License ID: GPL
//  offers: Change to GPL-2.0-only
//  offers: Change to GPL-2.0-or-later
#include <linux/module.h>
MODULE_LICENSE("GPL");

//# exceptions
//- drivers/t/a.c
// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-exception
//                                       ^^^^^^^^^^^^^^^^^^^^^^^ warning[malformed-spdx] Invalid Exception ID: Linux-syscall-exception
#include <linux/module.h>
MODULE_LICENSE("GPL");
//- drivers/t/b.c
// SPDX-License-Identifier: MIT WITH Linux-syscall-note
//                                   ^^^^^^^^^^^^^^^^^^ warning[malformed-spdx] Exception not valid for license MIT: Linux-syscall-note
#include <linux/module.h>
MODULE_LICENSE("Dual MIT/GPL");
//- drivers/t/c.c
// SPDX-License-Identifier: (GPL-2.0 OR MIT) WITH Linux-syscall-note
//                                           ^^^^ warning[malformed-spdx] Syntax error: WITH
#include <linux/module.h>
MODULE_LICENSE("Dual MIT/GPL");

//# parentheses that are missing
//- drivers/t/a.c
// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note OR MIT
//                                                          ^^ warning[malformed-spdx] (fix) Missing parentheses: OR
#include <linux/module.h>
MODULE_LICENSE("Dual MIT/GPL");
//- drivers/t/b.c
// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause AND MIT
//                                                       ^^^ warning[malformed-spdx] (fix) Missing parentheses: AND
#include <linux/module.h>
MODULE_LICENSE("GPL");
//= drivers/t/a.c
// SPDX-License-Identifier: (GPL-2.0 WITH Linux-syscall-note) OR MIT
#include <linux/module.h>
MODULE_LICENSE("Dual MIT/GPL");
//= drivers/t/b.c
// SPDX-License-Identifier: GPL-2.0-only OR (BSD-2-Clause AND MIT)
#include <linux/module.h>
MODULE_LICENSE("GPL");

//# expressions that are not finished, or go on
//- drivers/t/a.c
// SPDX-License-Identifier: GPL-2.0 OR
//                          ^^^^^^^^^^ warning[malformed-spdx] Unfinished license expression
#include <linux/module.h>
MODULE_LICENSE("GPL");
//- drivers/t/b.c
// SPDX-License-Identifier: (GPL-2.0 OR MIT
//                          ^^^^^^^^^^^^^^^ warning[malformed-spdx] Unfinished license expression
#include <linux/module.h>
MODULE_LICENSE("Dual MIT/GPL");
//- drivers/t/c.c
// SPDX-License-Identifier: GPL-2.0 see COPYING
//                                  ^^^ warning[malformed-spdx] Syntax error: see
#include <linux/module.h>
MODULE_LICENSE("GPL");
//- drivers/t/d.c
// SPDX-License-Identifier: GPL-2.0, MIT
//                                 ^ warning[malformed-spdx] Invalid token: ,
#include <linux/module.h>
MODULE_LICENSE("Dual MIT/GPL");
//- drivers/t/e.c
// SPDX-License-Identifier:
//                         ^ warning[malformed-spdx] Unfinished license expression
#include <linux/module.h>
MODULE_LICENSE("GPL");
//- drivers/t/f.c
// SPDX-License-Identifier: OR MIT
//                          ^^ warning[malformed-spdx] Syntax error: OR
#include <linux/module.h>
MODULE_LICENSE("Dual MIT/GPL");
//- drivers/t/g.c
// SPDX-License-Identifier: GPL-2.0 (MIT)
//                                  ^ warning[malformed-spdx] Syntax error: (
#include <linux/module.h>
MODULE_LICENSE("Dual MIT/GPL");

//# tags that are misspelt
//- drivers/t/Makefile
# SPDX-License-Identifer: GPL-2.0
# ^^^^^^^^^^^^^^^^^^^^^^^ warning[malformed-spdx] (fix) Missing or malformed SPDX-License-Identifier tag: it is spelled "SPDX-License-Identifier:"
obj-m := a.o b.o c.o
//- drivers/t/a.c
// SPDX-Licence-Identifier: GPL-2.0-only
// ^^^^^^^^^^^^^^^^^^^^^^^^ warning[malformed-spdx] (fix) Missing or malformed SPDX-License-Identifier tag: it is spelled "SPDX-License-Identifier:"
#include <linux/module.h>
MODULE_LICENSE("GPL");
//- drivers/t/b.c
/* SPDX-License-Identifier GPL-2.0-only */
// ^^^^^^^^^^^^^^^^^^^^^^^ warning[malformed-spdx] (fix) Missing or malformed SPDX-License-Identifier tag: it is spelled "SPDX-License-Identifier:"
#include <linux/module.h>
MODULE_LICENSE("GPL");
//- drivers/t/c.c
/*
 * spdx-license-identifier : (GPL-2.0-only OR MIT)
// ^^^^^^^^^^^^^^^^^^^^^^^^^ warning[malformed-spdx] (fix) Missing or malformed SPDX-License-Identifier tag: it is spelled "SPDX-License-Identifier:"
 */
#include <linux/module.h>
MODULE_LICENSE("Dual MIT/GPL");
//= drivers/t/Makefile
# SPDX-License-Identifier: GPL-2.0
obj-m := a.o b.o c.o
//= drivers/t/a.c
// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>
MODULE_LICENSE("GPL");
//= drivers/t/b.c
// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>
MODULE_LICENSE("GPL");
//= drivers/t/c.c
// SPDX-License-Identifier: (GPL-2.0-only OR MIT)
#include <linux/module.h>
MODULE_LICENSE("Dual MIT/GPL");

//# words about SPDX that are no tag
//! rules = malformed-spdx
/*
 * SPDX license identifiers: see the SPDX list
 */
#include <linux/module.h>

MODULE_LICENSE("GPL");

//# lines as they should be
//- drivers/t/Makefile
#!/usr/bin/make -f
# SPDX-License-Identifier: GPL-2.0-only
obj-m := sample.o other.o
sample-y := main.o fast.o
//- drivers/t/main.c
// SPDX-License-Identifier: (GPL-2.0 WITH Linux-syscall-note) AND (MIT OR BSD-3-Clause)
#include <linux/module.h>
#include "main.h"
MODULE_LICENSE("GPL");
//- drivers/t/main.h
/* SPDX-License-Identifier: GPL-2.0 or MIT or BSD-3-Clause */
#define SAMPLE 1
//- drivers/t/fast.S
/* SPDX-License-Identifier: gpl-2.0-only */
//- drivers/t/other.c
// SPDX-License-Identifier: LicenseRef-Acme
#include <linux/module.h>
MODULE_LICENSE("Proprietary");

//# a file of no module
//- drivers/t/Makefile
obj-m := sample.o
//- drivers/t/sample.c
// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>
MODULE_LICENSE("GPL");
//- drivers/t/tool.c
/* SPDX-License-Identifier: GPLv2 */
int main(void)
{
	return 0;
}
