/** A module with nothing to say about. */
export const clean = `// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>

static int __init clean_init(void)
{
	return 0;
}
module_init(clean_init);

MODULE_DESCRIPTION("Does nothing");
MODULE_LICENSE("GPL");
`;

/** GPL-only symbols on lines 7 and 8, of one namespace that is not imported. */
export const proprietary = `// SPDX-License-Identifier: LicenseRef-Secret
#include <linux/dma-buf.h>
#include <linux/module.h>

static int __init secret_init(void)
{
	struct dma_buf *buffer = dma_buf_get(0);
	dma_buf_put(buffer);
	return 0;
}
module_init(secret_init);

MODULE_DESCRIPTION("Does something");
MODULE_LICENSE("Proprietary");
`;

export const oldSpelling = clean.replace('"GPL"', '"GPL v2"');

/** GPL, but the namespace of lines 7 and 8 is not imported. */
export const noImport = proprietary.replace('LicenseRef-Secret', 'GPL-2.0-only').replace('Proprietary', 'GPL');

/** As much of a kernel's headers as a module needs: an inline function and a macro that lead to GPL-only symbols. */
export const headers = {
  Makefile: `VERSION = 6
PATCHLEVEL = 1
SUBLEVEL = 0
EXTRAVERSION = -test
LINUXINCLUDE := -I$(srctree)/include -include $(srctree)/include/linux/kconfig.h
KBUILD_CFLAGS := -std=gnu11
KBUILD_CPPFLAGS := -D__KERNEL__
export LINUXINCLUDE KBUILD_CFLAGS KBUILD_CPPFLAGS
`,
  'Module.symvers': [
    '0x1\t__work_init\tvmlinux\tEXPORT_SYMBOL_GPL\t',
    '0x2\t__lock_slow\tvmlinux\tEXPORT_SYMBOL_GPL\t',
    '0x3\tnever_called\tvmlinux\tEXPORT_SYMBOL_GPL\t\n',
  ].join('\n'),
  'include/config/auto.conf': 'CONFIG_64BIT=y\nCONFIG_X86_64=y\nCONFIG_MODULES=y\n',
  'include/generated/autoconf.h': '#define CONFIG_X86_64 1\n',
  'include/linux/kconfig.h': '#include <generated/autoconf.h>\n',
  'include/linux/compiler-version.h': '',
  'include/linux/compiler_types.h': '',
  'include/linux/module.h': `#define MODULE_LICENSE(x) static const char license[] __attribute__((used)) = x
extern void __work_init(void *work);
extern void __lock_slow(int *lock);
extern void never_called(void);
#define INIT_WORK(work) __work_init(work)
static inline void take_lock(int *lock) { if (*lock) __lock_slow(lock); else if (0) never_called(); }
static inline void unused(void) { never_called(); }
#define MODULE_DESCRIPTION(x) static const char description[] __attribute__((used)) = x
`,
};
/** Uses both through those headers. */
export const secret = `// SPDX-License-Identifier: LicenseRef-Secret
#include <linux/module.h>

int secret(int *lock)
{
	INIT_WORK(lock);
	take_lock(lock);
	return 0;
}

MODULE_DESCRIPTION("Sample");
MODULE_LICENSE("Proprietary");
`;

/** Two modules: `core` exports, one symbol of it into a namespace; `user` asks for both, once by a macro of a header. */
export const pair = {
  Makefile: `obj-m := core.o user.o
core-y := core_main.o core_io.o
`,
  'core.h': `int core_start(int how);
int core_stop(void);
#define core_toggle(how) ((how) ? core_start(how) : core_stop())
`,
  'core_main.c': `#include <linux/module.h>
#include "core.h"
#define CORE_LICENSE "GPL"

int core_start(int how)
{
	return how;
}
EXPORT_SYMBOL_GPL(core_start);

MODULE_DESCRIPTION("Starts and stops");
MODULE_LICENSE(CORE_LICENSE);
`,
  'core_io.c': `#include <linux/export.h>
#include "core.h"

int core_stop(void)
{
	return core_start(0);
}
EXPORT_SYMBOL_NS(core_stop, CORE_IO);
`,
  'user.c': `#include <linux/module.h>
#include "core.h"

static int __init user_init(void)
{
	core_start(1);
	return core_toggle(1);
}
module_init(user_init);

static void __exit user_exit(void)
{
	core_stop();
	vfree(0);
}
module_exit(user_exit);

MODULE_IMPORT_NS(CORE_IO);
MODULE_DESCRIPTION("Uses them");
MODULE_LICENSE("Proprietary");
`,
};
