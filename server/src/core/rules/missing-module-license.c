//# the place is the last tag, the string that of the SPDX line
// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/module.h>

static int __init sample_init(void)
{
	return 0;
}
module_init(sample_init);

MODULE_AUTHOR("A. U. Thor");
MODULE_DESCRIPTION("Sample");
//^line error[missing-module-license] (fix) missing MODULE_LICENSE() in t.o
//= drivers/t/t.c
// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/module.h>

static int __init sample_init(void)
{
	return 0;
}
module_init(sample_init);

MODULE_AUTHOR("A. U. Thor");
MODULE_DESCRIPTION("Sample");
MODULE_LICENSE("GPL");

//# no tags at all: behind the init line
// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include <linux/module.h>

static int __init sample_init(void)
{
	return 0;
}
module_init(sample_init);

static void __exit sample_exit(void)
{
}
module_exit(sample_exit);
//^line error[missing-module-license] (fix) missing MODULE_LICENSE() in t.o
//= drivers/t/t.c
// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include <linux/module.h>

static int __init sample_init(void)
{
	return 0;
}
module_init(sample_init);

static void __exit sample_exit(void)
{
}
module_exit(sample_exit);
MODULE_LICENSE("Dual MIT/GPL");

//# nothing but a function
/* SPDX-License-Identifier: (GPL-2.0 WITH Linux-syscall-note) AND BSD-3-Clause */
int helper(void)
//  ^^^^^^ error[missing-module-license] (fix) missing MODULE_LICENSE() in t.o
{
	return 0;
}
//= drivers/t/t.c
/* SPDX-License-Identifier: (GPL-2.0 WITH Linux-syscall-note) AND BSD-3-Clause */
int helper(void)
{
	return 0;
}
MODULE_LICENSE("GPL");

//# without an SPDX line the choice is the author's
#include <linux/module.h>

MODULE_DESCRIPTION("Sample");
//^line error[missing-module-license] (fix?) missing MODULE_LICENSE() in t.o
//  offers: Add MODULE_LICENSE("GPL");
//  offers: Add MODULE_LICENSE("Dual MIT/GPL");
//  offers: Add MODULE_LICENSE("Dual BSD/GPL");
//  offers: Add MODULE_LICENSE("Proprietary");

//# a license that only its author can combine with the GPL
// SPDX-License-Identifier: MIT
#include <linux/module.h>

MODULE_DESCRIPTION("Sample");
//^line error[missing-module-license] (fix?) missing MODULE_LICENSE() in t.o
//  offers: Add MODULE_LICENSE("Dual MIT/GPL");

//# three to choose from
// SPDX-License-Identifier: GPL-2.0-only OR MIT OR BSD-3-Clause
#include <linux/module.h>

MODULE_DESCRIPTION("Sample");
//^line error[missing-module-license] (fix?) missing MODULE_LICENSE() in t.o
//  offers: Add MODULE_LICENSE("Dual MIT/GPL");
//  offers: Add MODULE_LICENSE("Dual BSD/GPL");
//  offers: Add MODULE_LICENSE("GPL");

//# the members together decide
//- drivers/t/Makefile
obj-m := sample.o
sample-y := main.o core.o
//- drivers/t/core.c
// SPDX-License-Identifier: GPL-2.0-only
int sample_core(void)
{
	return 0;
}
//- drivers/t/main.c
// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include <linux/module.h>

int sample_core(void);

static int __init sample_init(void)
{
	return sample_core();
}
module_init(sample_init);
MODULE_DESCRIPTION("Sample");
//^line error[missing-module-license] (fix) missing MODULE_LICENSE() in sample.o
//= drivers/t/main.c
// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include <linux/module.h>

int sample_core(void);

static int __init sample_init(void)
{
	return sample_core();
}
module_init(sample_init);
MODULE_DESCRIPTION("Sample");
MODULE_LICENSE("GPL");

//# the license is in another member, in a macro, in a header or in MODULE_INFO
//- drivers/t/Makefile
obj-m := a.o b.o c.o d.o
a-y := a_main.o a_info.o
//- drivers/t/a_main.c
#include <linux/module.h>
MODULE_DESCRIPTION("Sample");
//- drivers/t/a_info.c
#include <linux/module.h>
MODULE_LICENSE("GPL");
//- drivers/t/b.c
#include <linux/module.h>
#define SAMPLE_TAGS(license) \
	MODULE_DESCRIPTION("Sample"); \
	MODULE_LICENSE(license)
SAMPLE_TAGS("GPL");
//- drivers/t/tags.h
MODULE_LICENSE("GPL");
//- drivers/t/c.c
#include <linux/module.h>
#include "tags.h"
MODULE_DESCRIPTION("Sample");
//- drivers/t/d.c
#include <linux/module.h>
MODULE_INFO(license, "GPL");

//# a member that cannot be read may have it
//- drivers/t/Makefile
obj-m := sample.o
sample-y := main.o blob.o
//- drivers/t/main.c
#include <linux/module.h>
MODULE_DESCRIPTION("Sample");

//# a license under a condition that is not known may be there
#include <linux/module.h>

MODULE_DESCRIPTION("Sample");
#ifdef SAMPLE_IS_FREE
MODULE_LICENSE("GPL");
#endif

//# modpost only warned before 5.11
//! version = 5.10.0
// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>

MODULE_DESCRIPTION("Sample");
//^line warning[missing-module-license] (fix) missing MODULE_LICENSE() in t.o
//= drivers/t/t.c
// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>

MODULE_DESCRIPTION("Sample");
MODULE_LICENSE("GPL");

//# the fix stands outside of every #if
// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>

static int __init sample_init(void)
{
	return 0;
}
module_init(sample_init);

#ifdef SAMPLE_VERSION
MODULE_VERSION(SAMPLE_VERSION);
//^line error[missing-module-license] (fix) missing MODULE_LICENSE() in t.o
#endif
//= drivers/t/t.c
// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>

static int __init sample_init(void)
{
	return 0;
}
module_init(sample_init);
MODULE_LICENSE("GPL");

#ifdef SAMPLE_VERSION
MODULE_VERSION(SAMPLE_VERSION);
#endif

//# both fixes at one place
//! rules = missing-module-license, namespace-not-imported
// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>

void sample_put(void)
{
	dma_buf_put(NULL);
//      ^^^^^^^^^^^ error[namespace-not-imported] (fix) module t uses symbol dma_buf_put from namespace DMA_BUF, but does not import it.
//  also: 'dma_buf_put' is exported in namespace 'DMA_BUF' by vmlinux (kernel 6.1.0-t)
	dma_buf_put(NULL);
//      ^^^^^^^^^^^ error[namespace-not-imported] (fix) module t uses symbol dma_buf_put from namespace DMA_BUF, but does not import it.
//  also: 'dma_buf_put' is exported in namespace 'DMA_BUF' by vmlinux (kernel 6.1.0-t)
}

MODULE_DESCRIPTION("Sample");
//^line error[missing-module-license] (fix) missing MODULE_LICENSE() in t.o
//= drivers/t/t.c
// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>

void sample_put(void)
{
	dma_buf_put(NULL);
	dma_buf_put(NULL);
}

MODULE_DESCRIPTION("Sample");
MODULE_IMPORT_NS(DMA_BUF);
MODULE_LICENSE("GPL");
