//# lines that fit
//- drivers/t/a.c
// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/module.h>
MODULE_LICENSE("GPL");
//- drivers/t/b.c
// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include <linux/module.h>
MODULE_LICENSE("Dual BSD/GPL");
//- drivers/t/c.c
// SPDX-License-Identifier: GPL-2.0 OR Linux-OpenIB
#include <linux/module.h>
MODULE_LICENSE("Dual BSD/GPL");
//- drivers/t/d.c
/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR MIT) */
#include <linux/module.h>
MODULE_LICENSE("Dual MIT/GPL");
//- drivers/t/e.c
// SPDX-License-Identifier: LGPL-2.1-or-later
#include <linux/module.h>
MODULE_LICENSE("GPL");

//# one side of a choice may be taken
// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <linux/module.h>

MODULE_LICENSE("GPL v2");

//# a string that offers more than the file
//- drivers/t/a.c
// SPDX-License-Identifier: GPL-2.0-only
//                          ^^^^^^^^^^^^ also: the license of the file
#include <linux/module.h>
MODULE_LICENSE("Dual BSD/GPL");
//             ^^^^^^^^^^^^^^ warning[spdx-license-mismatch] (fix?) MODULE_LICENSE says "Dual BSD/GPL", SPDX-License-Identifier says 'GPL-2.0-only': the file is not under a BSD license
//  offers: Change MODULE_LICENSE to "GPL"
//  offers: Change SPDX-License-Identifier to GPL-2.0-only OR BSD-3-Clause
//  offers: Change SPDX-License-Identifier to GPL-2.0-only OR BSD-2-Clause
//- drivers/t/b.c
// SPDX-License-Identifier: GPL-2.0+
//                          ^^^^^^^^ also: the license of the file
#include <linux/module.h>
MODULE_LICENSE("Dual MIT/GPL");
//             ^^^^^^^^^^^^^^ warning[spdx-license-mismatch] (fix?) MODULE_LICENSE says "Dual MIT/GPL", SPDX-License-Identifier says 'GPL-2.0+': the file is not under the MIT license
//  offers: Change MODULE_LICENSE to "GPL"
//  offers: Change SPDX-License-Identifier to GPL-2.0+ OR MIT
//- drivers/t/c.c
// SPDX-License-Identifier: (GPL-2.0+ OR MIT)
//                          ^^^^^^^^^^^^^^^^^ also: the license of the file
#include <linux/module.h>
MODULE_LICENSE("Dual BSD/GPL");
//             ^^^^^^^^^^^^^^ warning[spdx-license-mismatch] (fix?) MODULE_LICENSE says "Dual BSD/GPL", SPDX-License-Identifier says '(GPL-2.0+ OR MIT)': the file is not under a BSD license
//  offers: Change MODULE_LICENSE to "Dual MIT/GPL"
//  offers: Change SPDX-License-Identifier to GPL-2.0-only OR BSD-3-Clause
//  offers: Change SPDX-License-Identifier to GPL-2.0-or-later OR BSD-3-Clause
//  offers: Change SPDX-License-Identifier to GPL-2.0-only OR BSD-2-Clause
//  offers: Change SPDX-License-Identifier to GPL-2.0-or-later OR BSD-2-Clause

//# a choice that the file does not give
// SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note
//                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ also: the license of the file
#include <linux/module.h>

MODULE_LICENSE("Dual MPL/GPL");
//             ^^^^^^^^^^^^^^ warning[spdx-license-mismatch] (fix?) MODULE_LICENSE says "Dual MPL/GPL", SPDX-License-Identifier says 'GPL-2.0-only WITH Linux-syscall-note': the file is not under the MPL
//  offers: Change MODULE_LICENSE to "GPL"
//  offers: Change SPDX-License-Identifier to GPL-2.0-only WITH Linux-syscall-note OR MPL-2.0
//  offers: Change SPDX-License-Identifier to GPL-2.0-only WITH Linux-syscall-note OR MPL-1.1

//# a file that is not under version 2
//- drivers/t/a.c
// SPDX-License-Identifier: GPL-3.0-or-later
//                          ^^^^^^^^^^^^^^^^ also: the license of the file
#include <linux/module.h>
MODULE_LICENSE("GPL");
//             ^^^^^ warning[spdx-license-mismatch] (fix?) MODULE_LICENSE says "GPL", SPDX-License-Identifier says 'GPL-3.0-or-later': the file is not under version 2 of the GPL
//  offers: Change SPDX-License-Identifier to GPL-2.0-only
//  offers: Change SPDX-License-Identifier to GPL-2.0-or-later
//- drivers/t/b.c
// SPDX-License-Identifier: CDDL-1.0
//                          ^^^^^^^^ also: the license of the file
#include <linux/module.h>
MODULE_LICENSE("GPL");
//             ^^^^^ warning[spdx-license-mismatch] (fix?) MODULE_LICENSE says "GPL", SPDX-License-Identifier says 'CDDL-1.0': the file is not under version 2 of the GPL
//  offers: Change SPDX-License-Identifier to GPL-2.0-only
//  offers: Change SPDX-License-Identifier to GPL-2.0-or-later

//# a string without the GPL over a file that is under it alone
//- drivers/t/a.c
// SPDX-License-Identifier: GPL-2.0-only
//                          ^^^^^^^^^^^^ also: the license of the file
#include <linux/module.h>
MODULE_LICENSE("Proprietary");
//             ^^^^^^^^^^^^^ warning[spdx-license-mismatch] (fix?) MODULE_LICENSE says "Proprietary", SPDX-License-Identifier says 'GPL-2.0-only': the file is under the GPL
//  offers: Change MODULE_LICENSE to "GPL"
//  offers: Change SPDX-License-Identifier to LicenseRef-Proprietary
//- drivers/t/b.c
// SPDX-License-Identifier: GPL-2.0-only
//                          ^^^^^^^^^^^^ also: the license of the file
#include <linux/module.h>
MODULE_LICENSE("MIT");
//             ^^^^^ warning[spdx-license-mismatch] (fix?) MODULE_LICENSE says "MIT", SPDX-License-Identifier says 'GPL-2.0-only': the file is under the GPL
//  offers: Change MODULE_LICENSE to "GPL"
//- drivers/t/c.c
// SPDX-License-Identifier: MIT
#include <linux/module.h>
MODULE_LICENSE("Proprietary");

//# a module under MIT alone that says GPL
// SPDX-License-Identifier: MIT
//                          ^^^ also: the license of the file
#include <linux/module.h>

MODULE_LICENSE("GPL");
//             ^^^^^ warning[spdx-license-mismatch] (fix?) MODULE_LICENSE says "GPL", SPDX-License-Identifier says 'MIT': no file of the module is under the GPL
//  offers: Change MODULE_LICENSE to "Dual MIT/GPL"
//  offers: Change SPDX-License-Identifier to GPL-2.0-only
//  offers: Change SPDX-License-Identifier to GPL-2.0-or-later

//# a permissive file beside one under the GPL
//- drivers/t/Makefile
obj-m := sample.o
sample-y := main.o core.o
//- drivers/t/main.c
// SPDX-License-Identifier: BSD-3-Clause
#include <linux/module.h>
MODULE_LICENSE("GPL");
//- drivers/t/core.c
// SPDX-License-Identifier: GPL-2.0-only
int sample_core(void)
{
	return 0;
}

//# a permissive file of a dual module
//- drivers/t/a.c
// SPDX-License-Identifier: ISC
#include <linux/module.h>
MODULE_LICENSE("Dual BSD/GPL");
//- drivers/t/b.c
// SPDX-License-Identifier: MIT
#include <linux/module.h>
MODULE_LICENSE("GPL and additional rights");

//# words that are not in the list but have a meaning
//- drivers/t/a.c
// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>
MODULE_LICENSE("GPLv2");
//- drivers/t/b.c
// SPDX-License-Identifier: GPL-3.0-only
#include <linux/module.h>
MODULE_LICENSE("GPL v3");

//# what is not known is not judged
//- drivers/t/a.c
// SPDX-License-Identifier: Beerware
#include <linux/module.h>
MODULE_LICENSE("GPL");
//- drivers/t/b.c
// SPDX-License-Identifier: GPL-2.0 and something
#include <linux/module.h>
MODULE_LICENSE("Dual MIT/GPL");
//- drivers/t/c.c
// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>
MODULE_LICENSE(SAMPLE_LICENSE);
//- drivers/t/d.c
#include <linux/module.h>
MODULE_LICENSE("Dual MIT/GPL");
