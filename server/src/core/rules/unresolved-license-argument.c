//# a name that nobody defines
#include <linux/module.h>

MODULE_LICENSE(SAMPLE_LICENSE);
//             ^^^^^^^^^^^^^^ info[unresolved-license-argument] the license 'SAMPLE_LICENSE' cannot be resolved to one string: whether it is compatible with the GPL is not known

//# a literal and a name
#include <linux/module.h>

MODULE_LICENSE("GPL" SAMPLE_SUFFIX);
//             ^^^^^^^^^^^^^^^^^^^ info[unresolved-license-argument] the license '"GPL" SAMPLE_SUFFIX' cannot be resolved to one string: whether it is compatible with the GPL is not known

//# no argument, and none that is a string
//- drivers/t/a.c
#include <linux/module.h>

MODULE_LICENSE();
//<-------------- info[unresolved-license-argument] an empty MODULE_LICENSE cannot be resolved to one string: whether it is compatible with the GPL is not known
//- drivers/t/b.c
#include <linux/module.h>

static const char license[] = "GPL";
MODULE_LICENSE(license);
//             ^^^^^^^ info[unresolved-license-argument] the license 'license' cannot be resolved to one string: whether it is compatible with the GPL is not known

//# definitions that contradict each other
#include <linux/module.h>

#ifdef SAMPLE_IS_FREE
#define SAMPLE_LICENSE "GPL"
#else
#define SAMPLE_LICENSE "Proprietary"
#endif
MODULE_LICENSE(SAMPLE_LICENSE);
//             ^^^^^^^^^^^^^^ info[unresolved-license-argument] the license 'SAMPLE_LICENSE' cannot be resolved to one string: whether it is compatible with the GPL is not known

//# definitions that agree
#include <linux/module.h>

#ifdef SAMPLE_IS_FREE
#define SAMPLE_LICENSE "GPL"
#else
#define SAMPLE_LICENSE "GPL"
#endif
MODULE_LICENSE(SAMPLE_LICENSE);

//# from a header
//- drivers/t/sample.h
#define SAMPLE_LICENSE "GPL"
//- drivers/t/sample.c
#include <linux/module.h>
#include "sample.h"
MODULE_LICENSE(SAMPLE_LICENSE);

//# from the Makefile, once as a string and once as a name
//- drivers/t/Makefile
ccflags-y := -DSAMPLE_LICENSE='"GPL"' -DOTHER_LICENSE=GPL
obj-m := a.o b.o
//- drivers/t/a.c
#include <linux/module.h>
MODULE_LICENSE(SAMPLE_LICENSE);
//- drivers/t/b.c
#include <linux/module.h>
MODULE_LICENSE(OTHER_LICENSE);
//             ^^^^^^^^^^^^^ info[unresolved-license-argument] the license 'OTHER_LICENSE' cannot be resolved to one string: whether it is compatible with the GPL is not known

//# a file of no module
//- drivers/t/Makefile
obj-m := sample.o
//- drivers/t/sample.c
#include <linux/module.h>
MODULE_LICENSE("GPL");
//- drivers/t/old.c
#include <linux/module.h>
MODULE_LICENSE(SAMPLE_LICENSE);

//# a long one is shortened
#include <linux/module.h>

MODULE_LICENSE(SAMPLE_CHOOSE_A_LICENSE(SAMPLE_IS_FREE, SAMPLE_LICENSE_OF_THE_FREE_EDITION, SAMPLE_LICENSE_OF_THE_OTHER));
//             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info[unresolved-license-argument] the license 'SAMPLE_CHOOSE_A_LICENSE(SAMPLE_IS_FREE, SAMPLE_LICENSE_OF_T…' cannot be resolved to one string: whether it is compatible with the GPL is not known
