//# a function that is gone after the start
#include <linux/module.h>

int __init sample_setup(void)
//         ^^^^^^^^^^^^ also: 'sample_setup' is marked __init
{
	return 0;
}
EXPORT_SYMBOL(sample_setup);
//            ^^^^^^^^^^^^ warning[export-of-init] (fix?) t.o: EXPORT_SYMBOL used for init/exit symbol: sample_setup (section: .init.text)
//  offers: Remove __init
//  offers: Remove EXPORT_SYMBOL(sample_setup)

//# as modpost says it from 6.5 on
//! version = 6.6.0
#include <linux/module.h>

int __init sample_setup(void)
//         ^^^^^^^^^^^^ also: 'sample_setup' is marked __init
{
	return 0;
}
EXPORT_SYMBOL_GPL(sample_setup);
//                ^^^^^^^^^^^^ warning[export-of-init] (fix?) t: sample_setup: EXPORT_SYMBOL used for init symbol. Remove __init or EXPORT_SYMBOL.
//  offers: Remove __init
//  offers: Remove EXPORT_SYMBOL_GPL(sample_setup)

//# a function that is only there at the end
//! version = 6.6.0
#include <linux/module.h>

void __exit sample_teardown(void)
//          ^^^^^^^^^^^^^^^ also: 'sample_teardown' is marked __exit
{
}
EXPORT_SYMBOL(sample_teardown);
//            ^^^^^^^^^^^^^^^ warning[export-of-init] (fix?) t: sample_teardown: EXPORT_SYMBOL used for exit symbol. Remove __exit or EXPORT_SYMBOL.
//  offers: Remove __exit
//  offers: Remove EXPORT_SYMBOL(sample_teardown)

//# a mark that may mean nothing
#include <linux/module.h>

int __net_init sample_net(void)
{
	return 0;
}
EXPORT_SYMBOL(sample_net);

int __meminit sample_memory(void)
{
	return 0;
}
EXPORT_SYMBOL(sample_memory);

//# not exported, or not marked
#include <linux/module.h>

int __init sample_setup(void)
{
	return 0;
}

int sample_open(void)
{
	return 0;
}
EXPORT_SYMBOL(sample_open);

//# a static one is another mistake
#include <linux/module.h>

static int __init sample_setup(void)
{
	return 0;
}
EXPORT_SYMBOL(sample_setup);

//# marked only where it is not a module
#include <linux/module.h>

#ifdef MODULE
int sample_setup(void)
#else
int __init sample_setup(void)
#endif
{
	return 0;
}
EXPORT_SYMBOL(sample_setup);
