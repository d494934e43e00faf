//# before 6.13 the namespace is a bare word
#include <linux/dma-buf.h>
#include <linux/module.h>

void sample_put(struct dma_buf *buffer)
{
	dma_buf_put(buffer);
//      ^^^^^^^^^^^ error[namespace-not-imported] (fix) module t uses symbol dma_buf_put from namespace DMA_BUF, but does not import it.
//  also: 'dma_buf_put' is exported in namespace 'DMA_BUF' by vmlinux (kernel 6.1.0-t)
}

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample");
//= drivers/t/t.c
#include <linux/dma-buf.h>
#include <linux/module.h>

void sample_put(struct dma_buf *buffer)
{
	dma_buf_put(buffer);
}

MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(DMA_BUF);
MODULE_DESCRIPTION("Sample");

//# from 6.13 on it is a string; each use is reported, the import added once
//! version = 6.13.0
#include <linux/dma-buf.h>
#include <linux/module.h>

struct dma_buf *sample_get(int fd)
{
	struct dma_buf *buffer = dma_buf_get(fd);
//                               ^^^^^^^^^^^ warning[namespace-not-imported] (fix) module t uses symbol dma_buf_get from namespace DMA_BUF, but does not import it.
//  also: 'dma_buf_get' is exported in namespace 'DMA_BUF' by vmlinux (kernel 6.13.0-t)

	dma_buf_put(buffer);
//      ^^^^^^^^^^^ warning[namespace-not-imported] (fix) module t uses symbol dma_buf_put from namespace DMA_BUF, but does not import it.
//  also: 'dma_buf_put' is exported in namespace 'DMA_BUF' by vmlinux (kernel 6.13.0-t)
	return buffer;
}

MODULE_LICENSE("GPL");
//= drivers/t/t.c
#include <linux/dma-buf.h>
#include <linux/module.h>

struct dma_buf *sample_get(int fd)
{
	struct dma_buf *buffer = dma_buf_get(fd);

	dma_buf_put(buffer);
	return buffer;
}

MODULE_LICENSE("GPL");
MODULE_IMPORT_NS("DMA_BUF");

//# two namespaces
#include <linux/module.h>

int sample(void)
{
	dma_buf_put(NULL);
//      ^^^^^^^^^^^ error[namespace-not-imported] (fix) module t uses symbol dma_buf_put from namespace DMA_BUF, but does not import it.
//  also: 'dma_buf_put' is exported in namespace 'DMA_BUF' by vmlinux (kernel 6.1.0-t)
	return usb_stor_probe1(NULL, NULL, NULL, NULL, NULL);
//             ^^^^^^^^^^^^^^^ error[namespace-not-imported] (fix) module t uses symbol usb_stor_probe1 from namespace USB_STORAGE, but does not import it.
//  also: 'usb_stor_probe1' is exported in namespace 'USB_STORAGE' by drivers/usb/storage/usb-storage (kernel 6.1.0-t)
}

MODULE_LICENSE("GPL");
//= drivers/t/t.c
#include <linux/module.h>

int sample(void)
{
	dma_buf_put(NULL);
	return usb_stor_probe1(NULL, NULL, NULL, NULL, NULL);
}

MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(DMA_BUF);
MODULE_IMPORT_NS(USB_STORAGE);

//# imported, in this member or another
//- drivers/t/Makefile
obj-m := sample.o
sample-y := main.o buffer.o
//- drivers/t/main.c
#include <linux/module.h>

MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(DMA_BUF);
//- drivers/t/buffer.c
#include <linux/dma-buf.h>

void sample_put(struct dma_buf *buffer)
{
	dma_buf_put(buffer);
}

//# imported as a string, and by a macro
//! version = 6.13.0
//- drivers/t/a.c
#include <linux/module.h>

void sample_put(void)
{
	dma_buf_put(NULL);
}
MODULE_IMPORT_NS("DMA_BUF");
MODULE_LICENSE("GPL");
//- drivers/t/b.c
#include <linux/module.h>

#define SAMPLE_NS "CRYPTO_INTERNAL"

void sample_key(void)
{
	crypto_cipher_setkey(NULL, NULL, 0);
}
MODULE_IMPORT_NS(SAMPLE_NS);
MODULE_LICENSE("GPL");

//# another member than the one with the tags: the import goes beside the license
//- drivers/t/Makefile
obj-m := sample.o
sample-y := buffer.o main.o
//- drivers/t/buffer.c
#include <linux/dma-buf.h>

void sample_put(struct dma_buf *buffer)
{
	dma_buf_put(buffer);
//      ^^^^^^^^^^^ error[namespace-not-imported] (fix) module sample uses symbol dma_buf_put from namespace DMA_BUF, but does not import it.
//  also: 'dma_buf_put' is exported in namespace 'DMA_BUF' by vmlinux (kernel 6.1.0-t)
}
//- drivers/t/main.c
#include <linux/module.h>

MODULE_LICENSE("GPL");
//= drivers/t/main.c
#include <linux/module.h>

MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(DMA_BUF);

//# a namespace of modules cannot be imported
//! version = 6.17.0
#include <linux/module.h>

int sample(void)
{
	return kvm_enable_virtualization() + vfio_group_open();
}

MODULE_LICENSE("GPL");

//# a configuration that lets missing imports pass
//! config = CONFIG_MODULE_ALLOW_MISSING_NAMESPACE_IMPORTS=y
#include <linux/module.h>

void sample_put(void)
{
	dma_buf_put(NULL);
//      ^^^^^^^^^^^ warning[namespace-not-imported] (fix) module t uses symbol dma_buf_put from namespace DMA_BUF, but does not import it.
//  also: 'dma_buf_put' is exported in namespace 'DMA_BUF' by vmlinux (kernel 6.1.0-t)
}

MODULE_LICENSE("GPL");
//= drivers/t/t.c
#include <linux/module.h>

void sample_put(void)
{
	dma_buf_put(NULL);
}

MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(DMA_BUF);

//# a plain export in a namespace, and a proprietary module
#include <linux/module.h>

int sample_send(void)
{
	return mana_gd_send_request(NULL, 0, NULL, 0, NULL);
//             ^^^^^^^^^^^^^^^^^^^^ error[namespace-not-imported] (fix) module t uses symbol mana_gd_send_request from namespace NET_MANA, but does not import it.
//  also: 'mana_gd_send_request' is exported in namespace 'NET_MANA' by drivers/net/ethernet/microsoft/mana/mana (kernel 6.1.0-t)
}

MODULE_LICENSE("Proprietary");
//= drivers/t/t.c
#include <linux/module.h>

int sample_send(void)
{
	return mana_gd_send_request(NULL, 0, NULL, 0, NULL);
}

MODULE_LICENSE("Proprietary");
MODULE_IMPORT_NS(NET_MANA);

//# a condition that is not known
#include <linux/module.h>

void sample_put(void)
{
#ifdef SAMPLE_WITH_BUFFERS
	dma_buf_put(NULL);
//      ^^^^^^^^^^^ warning[namespace-not-imported] (fix) module t uses symbol dma_buf_put from namespace DMA_BUF, but does not import it.
//  also: only if 'SAMPLE_WITH_BUFFERS' holds
//  also: 'dma_buf_put' is exported in namespace 'DMA_BUF' by vmlinux (kernel 6.1.0-t)
#endif
}

MODULE_LICENSE("GPL");
//= drivers/t/t.c
#include <linux/module.h>

void sample_put(void)
{
#ifdef SAMPLE_WITH_BUFFERS
	dma_buf_put(NULL);
#endif
}

MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(DMA_BUF);

//# a member that cannot be read may import it
//- drivers/t/Makefile
obj-m := sample.o
sample-y := main.o blob.o
//- drivers/t/main.c
#include <linux/module.h>

void sample_put(void)
{
	dma_buf_put(NULL);
}

MODULE_LICENSE("GPL");

//# a symbol of the module itself, defined by a macro that is not understood
//! export = usb_stor_dev_pm_ops*@USB_STORAGE:drivers/usb/storage/usb-storage
//- drivers/t/Makefile
obj-m := usb-storage.o
//- drivers/t/usb-storage.c
#include <linux/module.h>

EXPORT_NS_GPL_DEV_PM_OPS(usb_stor_dev_pm_ops, USB_STORAGE) = {};

void *sample(void)
{
	return &usb_stor_dev_pm_ops;
}

MODULE_LICENSE("GPL");

//# a namespace of a sibling module, in a version that is not known
//! version = unknown
//- drivers/t/Makefile
obj-m := provider.o user.o
//- drivers/t/provider.c
#include <linux/module.h>

int provider_open(void)
{
	return 0;
}
EXPORT_SYMBOL_NS(provider_open, "SAMPLE");
//               ^^^^^^^^^^^^^ also: 'provider_open' is exported in namespace 'SAMPLE' by drivers/t/provider
MODULE_LICENSE("GPL");
//- drivers/t/user.c
#include <linux/module.h>

int provider_open(void);

static int __init user_init(void)
{
	return provider_open();
//             ^^^^^^^^^^^^^ error[namespace-not-imported] (fix) module user uses symbol provider_open from namespace SAMPLE, but does not import it.
}
module_init(user_init);
MODULE_LICENSE("GPL");
//= drivers/t/user.c
#include <linux/module.h>

int provider_open(void);

static int __init user_init(void)
{
	return provider_open();
}
module_init(user_init);
MODULE_LICENSE("GPL");
MODULE_IMPORT_NS("SAMPLE");
