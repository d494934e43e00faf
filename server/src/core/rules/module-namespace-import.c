//# a list of modules cannot be imported
//! version = 6.17.0
#include <linux/module.h>

MODULE_LICENSE("GPL");
MODULE_IMPORT_NS("module:kvm-intel,kvm_amd");
//               ^^^^^^^^^^^^^^^^^^^^^^^^^^ error[module-namespace-import] (fix) t: explicitly importing namespace "module:kvm-intel,kvm_amd" is not allowed.
MODULE_DESCRIPTION("Sample");
//= drivers/t/t.c
#include <linux/module.h>

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample");

//# not even by a module of the list
//! version = 6.17.0
#include <linux/module.h>

int sample(void)
{
	return vfio_group_open();
}

MODULE_LICENSE("GPL");
	MODULE_IMPORT_NS("module:vfio-*,t"); /* we are t */
//                       ^^^^^^^^^^^^^^^^^ error[module-namespace-import] (fix) t: explicitly importing namespace "module:vfio-*,t" is not allowed.
//= drivers/t/t.c
#include <linux/module.h>

int sample(void)
{
	return vfio_group_open();
}

MODULE_LICENSE("GPL");
	 /* we are t */

//# through a macro
//! version = 6.17.0
#include <linux/module.h>

#define SAMPLE_IMPORT(list) MODULE_IMPORT_NS("module:" #list)
SAMPLE_IMPORT(t);
//            ^ error[module-namespace-import] t: explicitly importing namespace "module:t" is not allowed.

//# under a condition that is not known
//! version = 6.17.0
#include <linux/module.h>

#ifdef SAMPLE_KVM
MODULE_IMPORT_NS("module:kvm-intel,kvm_amd");
//               ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[module-namespace-import] (fix) t: explicitly importing namespace "module:kvm-intel,kvm_amd" is not allowed.
#endif
//= drivers/t/t.c
#include <linux/module.h>

#ifdef SAMPLE_KVM
#endif

//# other namespaces can
//! version = 6.17.0
#include <linux/module.h>

MODULE_IMPORT_NS("DMA_BUF");
MODULE_IMPORT_NS("modules");

//# a namespace like another before 6.16
//! version = 6.14.0
#include <linux/module.h>

MODULE_IMPORT_NS("module:kvm-intel,kvm_amd");
