//# in one file
#include <linux/module.h>

MODULE_LICENSE("GPL");
//             ^^^^^ warning[conflicting-module-licenses] (fix?) MODULE_LICENSE("GPL") does not make t.ko compatible beside "Proprietary": modpost demands that every tag is, the loader looks at the first one only
//  offers: Keep "GPL" and remove "Proprietary"
//  offers: Keep "Proprietary" and remove "GPL"
MODULE_LICENSE("Proprietary");
//             ^^^^^^^^^^^^^ also: "Proprietary" is not compatible with the GPL

//# in two members, one of which says it twice
//- drivers/t/Makefile
obj-m := sample.o
sample-y := main.o blob.o
//- drivers/t/blob.c
#include <linux/module.h>

MODULE_LICENSE("ACME");
//             ^^^^^^ also: "ACME" is not compatible with the GPL
MODULE_INFO(license, "Proprietary");
//                   ^^^^^^^^^^^^^ also: "Proprietary" is not compatible with the GPL
//- drivers/t/main.c
#include <linux/module.h>

MODULE_LICENSE("Dual BSD/GPL");
//             ^^^^^^^^^^^^^^ warning[conflicting-module-licenses] (fix?) MODULE_LICENSE("Dual BSD/GPL") does not make sample.ko compatible beside "ACME": modpost demands that every tag is, the loader looks at the first one only
//  offers: Keep "Dual BSD/GPL" and remove the others
//  offers: Keep "ACME" and remove "Dual BSD/GPL"

//# in a header that all members include
//- drivers/t/Makefile
obj-m := sample.o
sample-y := main.o
//- drivers/t/sample.h
MODULE_LICENSE("CDDL");
//             ^^^^^^ also: "CDDL" is not compatible with the GPL
//- drivers/t/main.c
#include <linux/module.h>
#include "sample.h"

MODULE_LICENSE("GPL v2");
//             ^^^^^^^^ warning[conflicting-module-licenses] (fix?) MODULE_LICENSE("GPL v2") does not make sample.ko compatible beside "CDDL": modpost demands that every tag is, the loader looks at the first one only
//  offers: Keep "GPL v2" and remove "CDDL"
//  offers: Keep "CDDL" and remove "GPL v2"

//# behind a wrapper: nothing is offered that would remove more than the tag
#include <linux/module.h>

#define ABOUT(license, text) MODULE_LICENSE(license); MODULE_DESCRIPTION(text)

ABOUT("Proprietary", "Sample");
//    ^^^^^^^^^^^^^ also: "Proprietary" is not compatible with the GPL
MODULE_LICENSE("GPL");
//             ^^^^^ warning[conflicting-module-licenses] (fix?) MODULE_LICENSE("GPL") does not make t.ko compatible beside "Proprietary": modpost demands that every tag is, the loader looks at the first one only
//  offers: Keep "Proprietary" and remove "GPL"

//# several compatible ones, and several of the other kind
//- drivers/t/a.c
#include <linux/module.h>

MODULE_LICENSE("GPL");
MODULE_LICENSE("Dual MIT/GPL");
//- drivers/t/b.c
#include <linux/module.h>

MODULE_LICENSE("Proprietary");
MODULE_LICENSE("CDDL");

//# two sides of a condition that is not known
#include <linux/module.h>

#ifdef SAMPLE_IS_FREE
MODULE_LICENSE("GPL");
#else
MODULE_LICENSE("Proprietary");
#endif

//# a condition that is known
//! config = CONFIG_SAMPLE_FREE
#include <linux/module.h>

#ifdef CONFIG_SAMPLE_FREE
MODULE_LICENSE("GPL");
#else
MODULE_LICENSE("Proprietary");
#endif

//# one that is not resolved
#include <linux/module.h>

MODULE_LICENSE("GPL");
MODULE_LICENSE(SAMPLE_LICENSE);

//# two modules of one folder
//- drivers/t/a.c
#include <linux/module.h>

MODULE_LICENSE("GPL");
//- drivers/t/b.c
#include <linux/module.h>

MODULE_LICENSE("Proprietary");

//# a slip is no other license
//! rules = conflicting-module-licenses, unknown-license-string
#include <linux/module.h>

MODULE_LICENSE("GPL");
MODULE_LICENSE("GPLv2");
//             ^^^^^^^ error[unknown-license-string] (fix) unknown module license "GPLv2": the kernel treats the module as proprietary; did you mean "GPL"?
//= drivers/t/t.c
#include <linux/module.h>

MODULE_LICENSE("GPL");
MODULE_LICENSE("GPL");
