//# as the SPDX line says
// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <linux/module.h>

MODULE_LICENSE("GPL and additional rights");
//             ^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint[deprecated-license-string] (fix) "GPL and additional rights" is a historic variant of "Dual MIT/GPL": do not use it in new code
//= drivers/t/t.c
// SPDX-License-Identifier: GPL-2.0 OR MIT
#include <linux/module.h>

MODULE_LICENSE("Dual MIT/GPL");

//# a file under MIT alone is part of such a module
// SPDX-License-Identifier: MIT
#include <linux/module.h>

MODULE_LICENSE("GPL and additional rights");
//             ^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint[deprecated-license-string] (fix) "GPL and additional rights" is a historic variant of "Dual MIT/GPL": do not use it in new code
//= drivers/t/t.c
// SPDX-License-Identifier: MIT
#include <linux/module.h>

MODULE_LICENSE("Dual MIT/GPL");

//# no SPDX line: the choice is the author's
#include <linux/module.h>

MODULE_LICENSE("GPL and additional rights");
//             ^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint[deprecated-license-string] (fix?) "GPL and additional rights" is a historic variant of "Dual MIT/GPL": do not use it in new code
//  offers: Change to "Dual MIT/GPL"
//  offers: Change to "GPL"

//# an SPDX line that contradicts is another finding
//! rules = deprecated-license-string, spdx-license-mismatch
// SPDX-License-Identifier: GPL-2.0-only
//                          ^^^^^^^^^^^^ also: the license of the file
#include <linux/module.h>

MODULE_LICENSE("GPL and additional rights");
//             ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[spdx-license-mismatch] (fix?) MODULE_LICENSE says "GPL and additional rights", SPDX-License-Identifier says 'GPL-2.0-only': the file is not under the MIT license
//  offers: Change MODULE_LICENSE to "GPL"
//  offers: Change SPDX-License-Identifier to GPL-2.0-only OR MIT

//# the string stands in a #define
// SPDX-License-Identifier: (GPL-2.0-or-later OR MIT)
#include <linux/module.h>

#define DRV_LICENSE "GPL and additional rights"
MODULE_LICENSE(DRV_LICENSE);
//             ^^^^^^^^^^^ hint[deprecated-license-string] (fix) "GPL and additional rights" is a historic variant of "Dual MIT/GPL": do not use it in new code
//= drivers/t/t.c
// SPDX-License-Identifier: (GPL-2.0-or-later OR MIT)
#include <linux/module.h>

#define DRV_LICENSE "Dual MIT/GPL"
MODULE_LICENSE(DRV_LICENSE);

//# other strings
//- drivers/t/a.c
#include <linux/module.h>
MODULE_LICENSE("GPL");
//- drivers/t/b.c
#include <linux/module.h>
MODULE_LICENSE("Dual MIT/GPL");
//- drivers/t/c.c
#include <linux/module.h>
MODULE_LICENSE("GPL v2");
