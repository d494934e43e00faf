//# an import that nothing needs
//! exact = yes
#include <linux/module.h>

int sample(void)
{
	return _printk("sample");
}

MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(DMA_BUF);
//               ^^^^^^^ hint[unused-namespace-import] (fix) t uses no symbol from namespace DMA_BUF
MODULE_DESCRIPTION("Sample");
//= drivers/t/t.c
#include <linux/module.h>

int sample(void)
{
	return _printk("sample");
}

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample");

//# one of two, and not alone on its line
//! exact = yes
#include <linux/dma-buf.h>
#include <linux/module.h>

void sample(void)
{
	dma_buf_put(NULL);
}

MODULE_LICENSE("GPL"); MODULE_IMPORT_NS(CRYPTO_INTERNAL);
//                                      ^^^^^^^^^^^^^^^ hint[unused-namespace-import] (fix) t uses no symbol from namespace CRYPTO_INTERNAL
MODULE_IMPORT_NS(DMA_BUF);
//= drivers/t/t.c
#include <linux/dma-buf.h>
#include <linux/module.h>

void sample(void)
{
	dma_buf_put(NULL);
}

MODULE_LICENSE("GPL"); 
MODULE_IMPORT_NS(DMA_BUF);

//# not all uses are known
#include <linux/module.h>

int sample(void)
{
	return _printk("sample");
}

MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(DMA_BUF);

//# a source is not there
//! exact = yes
//- drivers/t/Makefile
obj-m := sample.o
sample-y := main.o buffer.o
//- drivers/t/main.c
#include <linux/module.h>

MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(DMA_BUF);

//# used in another configuration
//! exact = yes
//! config = CONFIG_NET
#include <linux/dma-buf.h>
#include <linux/module.h>

#ifdef CONFIG_SAMPLE_DMA
void sample(void)
{
	dma_buf_put(NULL);
}
#endif

MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(DMA_BUF);

//# a namespace that this kernel does not have
//! exact = yes
#include <linux/module.h>

MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(SAMPLE_OF_ANOTHER_KERNEL);

//# a symbol that nobody exports may be of the namespace
//! exact = yes
#include <linux/module.h>
#include <linux/sched.h>

int sample(void)
{
	return set_user_nice(0, 1);
}

MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(DMA_BUF);

//# a symbol of another module of the workspace
//! exact = yes
//! version = 6.13.0
//- drivers/t/Makefile
obj-m := core.o user.o
//- drivers/t/core.c
#include <linux/module.h>

int core_open(void)
{
	return 0;
}
EXPORT_SYMBOL_NS(core_open, "CRYPTO_INTERNAL");

MODULE_LICENSE("GPL");
//- drivers/t/user.c
#include <linux/module.h>

int core_open(void);

int sample(void)
{
	return core_open();
}

MODULE_LICENSE("GPL");
MODULE_IMPORT_NS("CRYPTO_INTERNAL");
