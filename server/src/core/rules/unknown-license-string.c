//# spelled otherwise: case, blanks, the SPDX identifier
//- drivers/t/a.c
#include <linux/module.h>
MODULE_LICENSE("gpl");
//- drivers/t/b.c
#include <linux/module.h>
MODULE_LICENSE("GPL ");
//- drivers/t/c.c
#include <linux/module.h>
MODULE_LICENSE("dual bsd/gpl");
//- drivers/t/d.c
#include <linux/module.h>
MODULE_LICENSE("GPL-2.0-or-later");
//- drivers/t/e.c
#include <linux/module.h>
MODULE_LICENSE("GPLv2");
//- drivers/t/f.c
#include <linux/module.h>
MODULE_LICENSE("proprietary");

//# other words for GPL version 2
//- drivers/t/a.c
#include <linux/module.h>
MODULE_LICENSE("GPL2");
//- drivers/t/b.c
#include <linux/module.h>
MODULE_LICENSE("GNU General Public License v2");
//- drivers/t/c.c
#include <linux/module.h>
MODULE_LICENSE("GPL v2 or later");
//- drivers/t/d.c
#include <linux/module.h>
MODULE_LICENSE("GPLv2+");

//# a choice of licenses in other words
//- drivers/t/a.c
#include <linux/module.h>
MODULE_LICENSE("MIT/GPL");
//- drivers/t/b.c
#include <linux/module.h>
MODULE_LICENSE("Dual BSD/GPLv2");
//- drivers/t/c.c
#include <linux/module.h>
MODULE_LICENSE("GPL-2.0 OR BSD-3-Clause");
//- drivers/t/d.c
#include <linux/module.h>
MODULE_LICENSE("Dual GPL/MPL");
//- drivers/t/e.c
#include <linux/module.h>
MODULE_LICENSE("GPLv2 or Apache 2.0");

//# version 3 is another license
//- drivers/t/a.c
#include <linux/module.h>
MODULE_LICENSE("GPL v3");
//- drivers/t/b.c
#include <linux/module.h>
MODULE_LICENSE("GPL-3.0-or-later");
//- drivers/t/c.c
#include <linux/module.h>
MODULE_LICENSE("GPLv2/GPLv3");

//# slips of the finger
//- drivers/t/a.c
#include <linux/module.h>
MODULE_LICENSE("GLP");
//- drivers/t/b.c
#include <linux/module.h>
MODULE_LICENSE("Duel BSD/GPL");
//- drivers/t/c.c
#include <linux/module.h>
MODULE_LICENSE("Propietary");

//# other licenses and other words
//- drivers/t/a.c
#include <linux/module.h>
MODULE_LICENSE("MIT");
//- drivers/t/b.c
#include <linux/module.h>
MODULE_LICENSE("BSD");
//- drivers/t/c.c
#include <linux/module.h>
MODULE_LICENSE("Apache-2.0");
//- drivers/t/d.c
#include <linux/module.h>
MODULE_LICENSE("CDDL");
//- drivers/t/e.c
#include <linux/module.h>
MODULE_LICENSE("LGPL");
//- drivers/t/f.c
#include <linux/module.h>
MODULE_LICENSE("NVIDIA");
//- drivers/t/g.c
#include <linux/module.h>
MODULE_LICENSE("");

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

MODULE_LICENSE(DRV_LICENSE);

//# the value stands in a header: the fix changes the call
//- drivers/t/sample.h
#define DRV_LICENSE "GPL2"
//- drivers/t/sample.c
#include <linux/module.h>
#include "sample.h"

MODULE_LICENSE(DRV_LICENSE);

//# adjacent literals, a wrapper and a comment behind the value
//- drivers/t/a.c
#include <linux/module.h>
MODULE_LICENSE("G" "PL2");
//- drivers/t/b.c
#include <linux/module.h>
#define SAMPLE_LICENSE(version) MODULE_LICENSE("GPL" version)
SAMPLE_LICENSE("v2");
//- drivers/t/c.c
#include <linux/module.h>
#define DRV_LICENSE "GPLv2" /* as in COPYING */
MODULE_LICENSE(DRV_LICENSE);

//# what is not resolved is not judged
#include <linux/module.h>

MODULE_LICENSE(SAMPLE_LICENSE);

//# a condition that is not known
#include <linux/module.h>

#ifdef SAMPLE_IS_FREE
MODULE_LICENSE("GPLv2");
#else
MODULE_LICENSE("Proprietary");
#endif

//# a kernel that accepts more
//! license = GPL v3
#include <linux/module.h>

MODULE_LICENSE("GPL v3");
