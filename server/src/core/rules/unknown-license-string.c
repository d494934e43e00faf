//# spelled otherwise: case, blanks, the SPDX identifier
//- drivers/t/a.c
#include <linux/module.h>
MODULE_LICENSE("gpl");
//             ^^^^^ error[unknown-license-string] (fix) unknown module license "gpl": the kernel treats the module as proprietary; did you mean "GPL"?
//- drivers/t/b.c
#include <linux/module.h>
MODULE_LICENSE("GPL ");
//             ^^^^^^ error[unknown-license-string] (fix) unknown module license "GPL ": the kernel treats the module as proprietary; did you mean "GPL"?
//- drivers/t/c.c
#include <linux/module.h>
MODULE_LICENSE("dual bsd/gpl");
//             ^^^^^^^^^^^^^^ error[unknown-license-string] (fix) unknown module license "dual bsd/gpl": the kernel treats the module as proprietary; did you mean "Dual BSD/GPL"?
//- drivers/t/d.c
#include <linux/module.h>
MODULE_LICENSE("GPL-2.0-or-later");
//             ^^^^^^^^^^^^^^^^^^ error[unknown-license-string] (fix) unknown module license "GPL-2.0-or-later": the kernel treats the module as proprietary; did you mean "GPL"?
//- drivers/t/e.c
#include <linux/module.h>
MODULE_LICENSE("GPLv2");
//             ^^^^^^^ error[unknown-license-string] (fix) unknown module license "GPLv2": the kernel treats the module as proprietary; did you mean "GPL"?
//- drivers/t/f.c
#include <linux/module.h>
MODULE_LICENSE("proprietary");
//             ^^^^^^^^^^^^^ warning[unknown-license-string] (fix) unknown module license "proprietary": the kernel treats the module as proprietary
//= drivers/t/a.c
#include <linux/module.h>
MODULE_LICENSE("GPL");
//= drivers/t/b.c
#include <linux/module.h>
MODULE_LICENSE("GPL");
//= drivers/t/c.c
#include <linux/module.h>
MODULE_LICENSE("Dual BSD/GPL");
//= drivers/t/d.c
#include <linux/module.h>
MODULE_LICENSE("GPL");
//= drivers/t/e.c
#include <linux/module.h>
MODULE_LICENSE("GPL");
//= drivers/t/f.c
#include <linux/module.h>
MODULE_LICENSE("Proprietary");

//# other words for GPL version 2
//- drivers/t/a.c
#include <linux/module.h>
MODULE_LICENSE("GPL2");
//             ^^^^^^ error[unknown-license-string] (fix?) unknown module license "GPL2": the kernel treats the module as proprietary; did you mean "GPL"?
//  offers: Change to "GPL"
//- drivers/t/b.c
#include <linux/module.h>
MODULE_LICENSE("GNU General Public License v2");
//             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[unknown-license-string] (fix?) unknown module license "GNU General Public License v2": the kernel treats the module as proprietary; did you mean "GPL"?
//  offers: Change to "GPL"
//- drivers/t/c.c
#include <linux/module.h>
MODULE_LICENSE("GPL v2 or later");
//             ^^^^^^^^^^^^^^^^^ error[unknown-license-string] (fix?) unknown module license "GPL v2 or later": the kernel treats the module as proprietary; did you mean "GPL"?
//  offers: Change to "GPL"
//- drivers/t/d.c
#include <linux/module.h>
MODULE_LICENSE("GPLv2+");
//             ^^^^^^^^ error[unknown-license-string] (fix?) unknown module license "GPLv2+": the kernel treats the module as proprietary; did you mean "GPL"?
//  offers: Change to "GPL"

//# a choice of licenses in other words
//- drivers/t/a.c
#include <linux/module.h>
MODULE_LICENSE("MIT/GPL");
//             ^^^^^^^^^ error[unknown-license-string] (fix?) unknown module license "MIT/GPL": the kernel treats the module as proprietary; did you mean "Dual MIT/GPL"?
//  offers: Change to "Dual MIT/GPL"
//  offers: Change to "GPL"
//- drivers/t/b.c
#include <linux/module.h>
MODULE_LICENSE("Dual BSD/GPLv2");
//             ^^^^^^^^^^^^^^^^ error[unknown-license-string] (fix?) unknown module license "Dual BSD/GPLv2": the kernel treats the module as proprietary; did you mean "Dual BSD/GPL"?
//  offers: Change to "Dual BSD/GPL"
//  offers: Change to "GPL"
//- drivers/t/c.c
#include <linux/module.h>
MODULE_LICENSE("GPL-2.0 OR BSD-3-Clause");
//             ^^^^^^^^^^^^^^^^^^^^^^^^^ error[unknown-license-string] (fix?) unknown module license "GPL-2.0 OR BSD-3-Clause": the kernel treats the module as proprietary; did you mean "Dual BSD/GPL"?
//  offers: Change to "Dual BSD/GPL"
//  offers: Change to "GPL"
//- drivers/t/d.c
#include <linux/module.h>
MODULE_LICENSE("Dual GPL/MPL");
//             ^^^^^^^^^^^^^^ error[unknown-license-string] (fix?) unknown module license "Dual GPL/MPL": the kernel treats the module as proprietary; did you mean "Dual MPL/GPL"?
//  offers: Change to "Dual MPL/GPL"
//  offers: Change to "GPL"
//- drivers/t/e.c
#include <linux/module.h>
MODULE_LICENSE("GPLv2 or Apache 2.0");
//             ^^^^^^^^^^^^^^^^^^^^^ error[unknown-license-string] (fix?) unknown module license "GPLv2 or Apache 2.0": the kernel treats the module as proprietary; did you mean "GPL"?
//  offers: Change to "GPL"

//# version 3 is another license
//- drivers/t/a.c
#include <linux/module.h>
MODULE_LICENSE("GPL v3");
//             ^^^^^^^^ error[unknown-license-string] (fix?) unknown module license "GPL v3": version 3 of the GPL is not compatible with the kernel's version 2, and the kernel treats the module as proprietary
//  offers: Change to "GPL"
//- drivers/t/b.c
#include <linux/module.h>
MODULE_LICENSE("GPL-3.0-or-later");
//             ^^^^^^^^^^^^^^^^^^ error[unknown-license-string] (fix?) unknown module license "GPL-3.0-or-later": version 3 of the GPL is not compatible with the kernel's version 2, and the kernel treats the module as proprietary
//  offers: Change to "GPL"
//- drivers/t/c.c
#include <linux/module.h>
MODULE_LICENSE("GPLv2/GPLv3");
//             ^^^^^^^^^^^^^ error[unknown-license-string] (fix?) unknown module license "GPLv2/GPLv3": the kernel treats the module as proprietary; did you mean "GPL"?
//  offers: Change to "GPL"

//# slips of the finger
//- drivers/t/a.c
#include <linux/module.h>
MODULE_LICENSE("GLP");
//             ^^^^^ error[unknown-license-string] (fix?) unknown module license "GLP": the kernel treats the module as proprietary; did you mean "GPL"?
//  offers: Change to "GPL"
//- drivers/t/b.c
#include <linux/module.h>
MODULE_LICENSE("Duel BSD/GPL");
//             ^^^^^^^^^^^^^^ error[unknown-license-string] (fix?) unknown module license "Duel BSD/GPL": the kernel treats the module as proprietary; did you mean "Dual BSD/GPL"?
//  offers: Change to "Dual BSD/GPL"
//- drivers/t/c.c
#include <linux/module.h>
MODULE_LICENSE("Propietary");
//             ^^^^^^^^^^^^ warning[unknown-license-string] (fix?) unknown module license "Propietary": the kernel treats the module as proprietary
//  offers: Change to "Proprietary"

//# other licenses and other words
//- drivers/t/a.c
#include <linux/module.h>
MODULE_LICENSE("MIT");
//             ^^^^^ warning[unknown-license-string] (fix?) unknown module license "MIT": the kernel treats the module as proprietary
//  offers: Change to "Dual MIT/GPL"
//- drivers/t/b.c
#include <linux/module.h>
MODULE_LICENSE("BSD");
//             ^^^^^ warning[unknown-license-string] (fix?) unknown module license "BSD": the kernel treats the module as proprietary
//  offers: Change to "Dual BSD/GPL"
//- drivers/t/c.c
#include <linux/module.h>
MODULE_LICENSE("Apache-2.0");
//             ^^^^^^^^^^^^ warning[unknown-license-string] unknown module license "Apache-2.0": the kernel treats the module as proprietary
//- drivers/t/d.c
#include <linux/module.h>
MODULE_LICENSE("CDDL");
//             ^^^^^^ warning[unknown-license-string] unknown module license "CDDL": the kernel treats the module as proprietary
//- drivers/t/e.c
#include <linux/module.h>
MODULE_LICENSE("LGPL");
//             ^^^^^^ warning[unknown-license-string] (fix?) unknown module license "LGPL": the kernel treats the module as proprietary
//  offers: Change to "GPL"
//- drivers/t/f.c
#include <linux/module.h>
MODULE_LICENSE("NVIDIA");
//             ^^^^^^^^ warning[unknown-license-string] (fix?) unknown module license "NVIDIA": the kernel treats the module as proprietary
//  offers: Change to "Proprietary"
//- drivers/t/g.c
#include <linux/module.h>
MODULE_LICENSE("");
//             ^^ warning[unknown-license-string] unknown module license "": the kernel treats the module as proprietary

//# documented strings
//- drivers/t/a.c
#include <linux/module.h>
MODULE_LICENSE("GPL");
//- drivers/t/b.c
#include <linux/module.h>
MODULE_LICENSE("GPL v2");
//- drivers/t/c.c
#include <linux/module.h>
MODULE_LICENSE("GPL and additional rights");
//- drivers/t/d.c
#include <linux/module.h>
MODULE_LICENSE("Dual MPL/GPL");
//- drivers/t/e.c
#include <linux/module.h>
MODULE_LICENSE("Proprietary");

//# the value stands in a #define: the fix changes it there
#include <linux/module.h>

#define DRV_NAME	"sample"
#define DRV_LICENSE	"gpl"
//      ^^^^^^^^^^^ also: the string is defined here

MODULE_LICENSE(DRV_LICENSE);
//             ^^^^^^^^^^^ error[unknown-license-string] (fix) unknown module license "gpl": the kernel treats the module as proprietary; did you mean "GPL"?
//= drivers/t/t.c
#include <linux/module.h>

#define DRV_NAME	"sample"
#define DRV_LICENSE	"GPL"

MODULE_LICENSE(DRV_LICENSE);

//# the value stands in a header: the fix changes the call
//- drivers/t/sample.h
#define DRV_LICENSE "GPL2"
//      ^^^^^^^^^^^ also: the string is defined here
//- drivers/t/sample.c
#include <linux/module.h>
#include "sample.h"

MODULE_LICENSE(DRV_LICENSE);
//             ^^^^^^^^^^^ error[unknown-license-string] (fix?) unknown module license "GPL2": the kernel treats the module as proprietary; did you mean "GPL"?
//  offers: Change to "GPL"

//# adjacent literals, a wrapper and a comment behind the value
//- drivers/t/a.c
#include <linux/module.h>
MODULE_LICENSE("G" "PL2");
//             ^^^^^^^^^ error[unknown-license-string] (fix?) unknown module license "GPL2": the kernel treats the module as proprietary; did you mean "GPL"?
//  offers: Change to "GPL"
//- drivers/t/b.c
#include <linux/module.h>
#define SAMPLE_LICENSE(version) MODULE_LICENSE("GPL" version)
SAMPLE_LICENSE("v2");
//             ^^^^ error[unknown-license-string] unknown module license "GPLv2": the kernel treats the module as proprietary; did you mean "GPL"?
//- drivers/t/c.c
#include <linux/module.h>
#define DRV_LICENSE "GPLv2" /* as in COPYING */
//      ^^^^^^^^^^^ also: the string is defined here
MODULE_LICENSE(DRV_LICENSE);
//             ^^^^^^^^^^^ error[unknown-license-string] (fix) unknown module license "GPLv2": the kernel treats the module as proprietary; did you mean "GPL"?
//= drivers/t/c.c
#include <linux/module.h>
#define DRV_LICENSE "GPL" /* as in COPYING */
MODULE_LICENSE(DRV_LICENSE);

//# what is not resolved is not judged
#include <linux/module.h>

MODULE_LICENSE(SAMPLE_LICENSE);

//# a condition that is not known
#include <linux/module.h>

#ifdef SAMPLE_IS_FREE
MODULE_LICENSE("GPLv2");
//             ^^^^^^^ warning[unknown-license-string] (fix) unknown module license "GPLv2": the kernel treats the module as proprietary; did you mean "GPL"?
#else
MODULE_LICENSE("Proprietary");
#endif
//= drivers/t/t.c
#include <linux/module.h>

#ifdef SAMPLE_IS_FREE
MODULE_LICENSE("GPL");
#else
MODULE_LICENSE("Proprietary");
#endif

//# a kernel that accepts more
//! license = GPL v3
#include <linux/module.h>

MODULE_LICENSE("GPL v3");
