//# the list names other modules
//! version = 6.17.0
#include <linux/module.h>

int sample(void)
{
	return kvm_enable_virtualization();
//             ^^^^^^^^^^^^^^^^^^^^^^^^^ error[symbol-for-other-modules] module t uses symbol kvm_enable_virtualization from namespace module:kvm-intel,kvm_amd, but does not import it.
//  also: 'kvm_enable_virtualization' is exported only for the modules in 'module:kvm-intel,kvm_amd' by vmlinux (kernel 6.17.0-t)
}

MODULE_LICENSE("GPL");

//# the list names this module
//! version = 6.17.0
#include <linux/module.h>

int sample(void)
{
	return vfio_group_open();
}

MODULE_LICENSE("GPL");

//# a list with a pattern
//! version = 6.17.0
//- drivers/t/Makefile
obj-m := vfio-sample.o kvm-sample.o
//- drivers/t/vfio-sample.c
#include <linux/module.h>

int sample(void)
{
	return vfio_group_open();
}

MODULE_LICENSE("GPL");
//- drivers/t/kvm-sample.c
#include <linux/module.h>

int sample(void)
{
	return vfio_group_open();
//             ^^^^^^^^^^^^^^^ error[symbol-for-other-modules] module kvm_sample uses symbol vfio_group_open from namespace module:vfio-*,t, but does not import it.
//  also: 'vfio_group_open' is exported only for the modules in 'module:vfio-*,t' by vmlinux (kernel 6.17.0-t)
}

MODULE_LICENSE("GPL");

//# an import is told of as such
//! version = 6.17.0
#include <linux/module.h>

int sample(void)
{
	return kvm_enable_virtualization();
}

MODULE_LICENSE("GPL");
MODULE_IMPORT_NS("module:kvm-intel,kvm_amd");

//# where missing imports are allowed
//! version = 6.17.0
//! config = CONFIG_MODULE_ALLOW_MISSING_NAMESPACE_IMPORTS
#include <linux/module.h>

int sample(void)
{
	return kvm_enable_virtualization();
//             ^^^^^^^^^^^^^^^^^^^^^^^^^ warning[symbol-for-other-modules] module t uses symbol kvm_enable_virtualization from namespace module:kvm-intel,kvm_amd, but does not import it.
//  also: 'kvm_enable_virtualization' is exported only for the modules in 'module:kvm-intel,kvm_amd' by vmlinux (kernel 6.17.0-t)
}

MODULE_LICENSE("GPL");

//# through a macro, under a condition that is not known
//! version = 6.17.0
#include <linux/module.h>

#define enable() kvm_enable_virtualization()
//      ^^^^^^ also: the way goes through enable()

int sample(void)
{
#ifdef SAMPLE_KVM
	return enable();
//             ^^^^^^ warning[symbol-for-other-modules] module t uses symbol kvm_enable_virtualization from namespace module:kvm-intel,kvm_amd, but does not import it.
//  also: only if 'SAMPLE_KVM' holds
//  also: 'kvm_enable_virtualization' is exported only for the modules in 'module:kvm-intel,kvm_amd' by vmlinux (kernel 6.17.0-t)
#else
	return 0;
#endif
}

MODULE_LICENSE("GPL");

//# one finding for one mistake
//! version = 6.17.0
//! rules = symbol-for-other-modules namespace-not-imported
#include <linux/module.h>

int sample(void)
{
	dma_buf_put(NULL);
//      ^^^^^^^^^^^ warning[namespace-not-imported] (fix) module t uses symbol dma_buf_put from namespace DMA_BUF, but does not import it.
//  also: 'dma_buf_put' is exported in namespace 'DMA_BUF' by vmlinux (kernel 6.17.0-t)
	return kvm_enable_virtualization();
//             ^^^^^^^^^^^^^^^^^^^^^^^^^ error[symbol-for-other-modules] module t uses symbol kvm_enable_virtualization from namespace module:kvm-intel,kvm_amd, but does not import it.
//  also: 'kvm_enable_virtualization' is exported only for the modules in 'module:kvm-intel,kvm_amd' by vmlinux (kernel 6.17.0-t)
}

MODULE_LICENSE("GPL");
//= drivers/t/t.c
#include <linux/module.h>

int sample(void)
{
	dma_buf_put(NULL);
	return kvm_enable_virtualization();
}

MODULE_LICENSE("GPL");
MODULE_IMPORT_NS("DMA_BUF");

//# a symbol of another module of the workspace
//! version = 6.17.0
//- drivers/t/Makefile
obj-m := core.o friend.o stranger.o
//- drivers/t/core.c
#include <linux/module.h>

int core_open(void)
{
	return 0;
}
EXPORT_SYMBOL_FOR_MODULES(core_open, "friend");
//                        ^^^^^^^^^ also: 'core_open' is exported only for the modules in 'module:friend' by drivers/t/core

MODULE_LICENSE("GPL");
//- drivers/t/friend.c
#include <linux/module.h>

int core_open(void);

int sample(void)
{
	return core_open();
}

MODULE_LICENSE("GPL");
//- drivers/t/stranger.c
#include <linux/module.h>

int core_open(void);

int sample(void)
{
	return core_open();
//             ^^^^^^^^^ error[symbol-for-other-modules] module stranger uses symbol core_open from namespace module:friend, but does not import it.
}

MODULE_LICENSE("GPL");
