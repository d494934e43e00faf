//# members and a header, by their SPDX lines
//- drivers/t/Makefile
obj-m := sample.o
sample-y := main.o three.o apache.o both.o secret.o
//- drivers/t/main.c
// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>
#include "cddl.h"
MODULE_LICENSE("GPL");
//             ^^^^^ also: MODULE_LICENSE says "GPL"
//- drivers/t/cddl.h
/* SPDX-License-Identifier: CDDL-1.0 */
//                          ^^^^^^^^ warning[gpl-incompatible-source] sample.ko declares a license compatible with the GPL and contains 'cddl.h', which is under CDDL-1.0: that cannot be combined with version 2 of the GPL
//- drivers/t/three.c
// SPDX-License-Identifier: GPL-3.0-or-later
//                          ^^^^^^^^^^^^^^^^ warning[gpl-incompatible-source] sample.ko declares a license compatible with the GPL and contains 'three.c', which is under GPL-3.0-or-later: that cannot be combined with version 2 of the GPL
int three;
//- drivers/t/apache.c
// SPDX-License-Identifier: Apache-2.0
//                          ^^^^^^^^^^ warning[gpl-incompatible-source] sample.ko declares a license compatible with the GPL and contains 'apache.c', which is under Apache-2.0: that cannot be combined with version 2 of the GPL
int apache;
//- drivers/t/both.c
// SPDX-License-Identifier: GPL-2.0-only AND EPL-2.0
//                          ^^^^^^^^^^^^^^^^^^^^^^^^ warning[gpl-incompatible-source] sample.ko declares a license compatible with the GPL and contains 'both.c', which is under GPL-2.0-only AND EPL-2.0: that cannot be combined with version 2 of the GPL
int both;
//- drivers/t/secret.c
// SPDX-License-Identifier: LicenseRef-Acme-Proprietary
//                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[gpl-incompatible-source] sample.ko declares a license compatible with the GPL and contains 'secret.c', which is under LicenseRef-Acme-Proprietary: that cannot be combined with version 2 of the GPL
int secret;

//# members by the text on top
//- drivers/t/Makefile
obj-m := sample.o
sample-y := main.o three.o apache.o affero.o cddl.o
//- drivers/t/main.c
// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>
MODULE_LICENSE("Dual BSD/GPL");
//             ^^^^^^^^^^^^^^ also: MODULE_LICENSE says "Dual BSD/GPL"
//- drivers/t/three.c
/*
 * This program is free software: you can redistribute it and/or modify
 * it under the terms of the GNU General Public License as published by
//                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^... warning[gpl-incompatible-source] sample.ko declares a license compatible with the GPL and contains 'three.c', which is under the GNU General Public License, version 3 by its text: that cannot be combined with version 2 of the GPL
 * the Free Software Foundation, either version 3 of the License, or
 * (at your option) any later version.
 */
int three;
//- drivers/t/apache.c
// Licensed under the Apache License, Version 2.0 (the "License");
//          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[gpl-incompatible-source] sample.ko declares a license compatible with the GPL and contains 'apache.c', which is under the Apache License, version 2.0 by its text: that cannot be combined with version 2 of the GPL
// you may not use this file except in compliance with the License.
int apache;
//- drivers/t/affero.c
#ifndef AFFERO
#define AFFERO
/* under the terms of the GNU Affero General Public License, version 3 */
//                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[gpl-incompatible-source] sample.ko declares a license compatible with the GPL and contains 'affero.c', which is under the GNU Affero General Public License by its text: that cannot be combined with version 2 of the GPL
#endif
//- drivers/t/cddl.c
/*
 * The contents of this file are subject to the terms of the
 * Common Development and Distribution License (the "License").
// ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[gpl-incompatible-source] sample.ko declares a license compatible with the GPL and contains 'cddl.c', which is under the Common Development and Distribution License by its text: that cannot be combined with version 2 of the GPL
 */
int cddl;

//# a way round
//- drivers/t/Makefile
obj-m := sample.o
sample-y := main.o choice.o lesser.o permissive.o made.o
//- drivers/t/main.c
// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>
MODULE_LICENSE("GPL");
//- drivers/t/choice.c
// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
int choice;
//- drivers/t/lesser.c
// SPDX-License-Identifier: LGPL-2.1-or-later
int lesser;
//- drivers/t/permissive.c
// SPDX-License-Identifier: MIT AND BSD-3-Clause
int permissive;
//- drivers/t/made.c
// SPDX-License-Identifier: LicenseRef-Acme
int made;

//# texts that name two licenses, or say it with their SPDX line
//- drivers/t/Makefile
obj-m := sample.o
sample-y := main.o dual.o lesser.o line.o
//- drivers/t/main.c
// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>
MODULE_LICENSE("GPL");
//- drivers/t/dual.c
/*
 * Licensed under the Apache License, Version 2.0. Alternatively, under the
 * terms of the GNU General Public License version 2.
 */
int dual;
//- drivers/t/lesser.c
/*
 * This library is free software; you can redistribute it under the terms of
 * the GNU Lesser General Public License as published by the Free Software
 * Foundation; either version 3 of the License, or any later version.
 */
int lesser;
//- drivers/t/line.c
// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* Licensed under the Apache License, Version 2.0. */
int line;

//# a module that does not say GPL, and one of which it is not known
//- drivers/t/a.c
// SPDX-License-Identifier: CDDL-1.0
#include <linux/module.h>
MODULE_LICENSE("CDDL");
//- drivers/t/b.c
// SPDX-License-Identifier: Apache-2.0
#include <linux/module.h>
MODULE_LICENSE(SAMPLE_LICENSE);

//# a file with a license string of its own is told once
//! rules = gpl-incompatible-source, spdx-license-mismatch
// SPDX-License-Identifier: GPL-3.0-only
//                          ^^^^^^^^^^^^ also: the license of the file
#include <linux/module.h>

MODULE_LICENSE("GPL");
//             ^^^^^ warning[spdx-license-mismatch] (fix?) MODULE_LICENSE says "GPL", SPDX-License-Identifier says 'GPL-3.0-only': the file is not under version 2 of the GPL
//  offers: Change SPDX-License-Identifier to GPL-2.0-only
//  offers: Change SPDX-License-Identifier to GPL-2.0-or-later
