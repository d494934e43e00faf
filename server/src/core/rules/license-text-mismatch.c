//# phrases
//- drivers/t/Makefile
obj-m := sample.o
sample-y := main.o a.o b.o c.o d.o
//- drivers/t/main.c
// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>
#include "main.h"
MODULE_LICENSE("GPL");
//             ^^^^^ also: MODULE_LICENSE says "GPL"
//- drivers/t/main.h
#ifndef MAIN_H
#define MAIN_H
/* CONFIDENTIAL AND PROPRIETARY, Acme Inc. */
// ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[license-text-mismatch] sample.ko declares a license compatible with the GPL, and the text of 'main.h' says that the file is proprietary
#endif
//- drivers/t/a.c
/*
 * Copyright Acme Inc., all rights reserved. Proprietary
//                                           ^^^^^^^^^^^... warning[license-text-mismatch] sample.ko declares a license compatible with the GPL, and the text of 'a.c' says that the file is proprietary
 * and confidential.
 */
int a;
//- drivers/t/b.c
// Unauthorized copying of this file, via any medium, is strictly prohibited.
// ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[license-text-mismatch] sample.ko declares a license compatible with the GPL, and the text of 'b.c' says that the file is proprietary
int b;
//- drivers/t/c.c
/* This file contains trade secrets of Acme Inc. */
//                    ^^^^^^^^^^^^^^^^ warning[license-text-mismatch] sample.ko declares a license compatible with the GPL, and the text of 'c.c' says that the file is proprietary
int c;
//- drivers/t/d.c
/* The confidential information of Acme Inc. */
//     ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[license-text-mismatch] sample.ko declares a license compatible with the GPL, and the text of 'd.c' says that the file is proprietary
int d;

//# against the SPDX line of its own file
// SPDX-License-Identifier: GPL-2.0-only
/*
 * This is proprietary and confidential to Acme Inc.
//         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[license-text-mismatch] t.ko declares a license compatible with the GPL, and the text of 't.c' says that the file is proprietary
 */
#include <linux/module.h>

MODULE_LICENSE("GPL");
//             ^^^^^ also: MODULE_LICENSE says "GPL"

//# a text that grants a license as well
//- drivers/t/a.c
/*
 * This program is the proprietary and confidential information of Acme Inc.
 * Unless you have another agreement, it is licensed to you under the terms
 * of the GNU General Public License version 2 (the "GPL").
 */
#include <linux/module.h>
MODULE_LICENSE("GPL");
//- drivers/t/b.c
/* Trade secret of Acme Inc. */
/* Redistribution and use in source and binary forms are permitted. */
#include <linux/module.h>
MODULE_LICENSE("Dual BSD/GPL");

//# other uses of the words
/*
 * Driver for a device with a proprietary protocol; the data sheet is
 * confidential, use in prohibited areas is unauthorized.
 */
#include <linux/module.h>

/* proprietary information elements */
MODULE_LICENSE("GPL");

//# further down, in code and in strings
#include <linux/module.h>

static const char note[] = "Proprietary and confidential";

MODULE_LICENSE("GPL");

//# a module that does not say GPL
/* Proprietary and confidential. */
#include <linux/module.h>

MODULE_LICENSE("Proprietary");

//# a module of which it is not known
/* Proprietary and confidential. */
#include <linux/module.h>

MODULE_LICENSE(SAMPLE_LICENSE);
