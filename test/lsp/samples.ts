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
