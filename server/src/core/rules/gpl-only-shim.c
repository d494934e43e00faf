//# a wrapper that returns what it gets
#include <linux/module.h>

int shim_create_group(struct kobject *object, const struct attribute_group *group)
//  ^^^^^^^^^^^^^^^^^ also: 'shim_create_group' hands its arguments on
{
	return sysfs_create_group(object, group);
}
EXPORT_SYMBOL(shim_create_group);
//            ^^^^^^^^^^^^^^^^^ warning[gpl-only-shim] (fix?) 'shim_create_group' is exported plainly and only calls GPL-only symbol 'sysfs_create_group'
//  offers: Change to EXPORT_SYMBOL_GPL(shim_create_group)
//  also: 'sysfs_create_group' is exported GPL-only by vmlinux (kernel 6.1.0-t)

MODULE_LICENSE("GPL");

//# a wrapper with a constant, exported in another file
//- drivers/t/Makefile
obj-m := shim.o
shim-y := main.o wrap.o
//- drivers/t/main.c
#include <linux/module.h>

void shim_create_dir(const char *name);
EXPORT_SYMBOL_NS(shim_create_dir, SHIM);
//               ^^^^^^^^^^^^^^^ warning[gpl-only-shim] (fix?) 'shim_create_dir' is exported plainly and only calls GPL-only symbol 'debugfs_create_dir'
//  offers: Change to EXPORT_SYMBOL_NS_GPL(shim_create_dir)
//  also: 'debugfs_create_dir' is exported GPL-only by vmlinux (kernel 6.1.0-t)

MODULE_LICENSE("Dual MIT/GPL");
//- drivers/t/wrap.c
#include <linux/module.h>

void shim_create_dir(const char *name)
//   ^^^^^^^^^^^^^^^ also: 'shim_create_dir' hands its arguments on
{
	debugfs_create_dir(name, NULL);
}

//# exported GPL-only
#include <linux/module.h>

int shim_create_group(struct kobject *object, const struct attribute_group *group)
{
	return sysfs_create_group(object, group);
}
EXPORT_SYMBOL_GPL(shim_create_group);

MODULE_LICENSE("GPL");

//# more than a wrapper
#include <linux/module.h>

int sample_add(struct sample *sample)
{
	return sysfs_create_group(&sample->object, &sample_group);
}
EXPORT_SYMBOL(sample_add);

int sample_remove(struct kobject *object)
{
	if (!object)
		return -1;
	return sysfs_remove_group(object);
}
EXPORT_SYMBOL(sample_remove);

MODULE_LICENSE("GPL");

//# a wrapper round a plain export
#include <linux/module.h>

void sample_free(const void *object)
{
	kfree(object);
}
EXPORT_SYMBOL(sample_free);

MODULE_LICENSE("GPL");

//# a wrapper round the author's own symbol
//- drivers/t/Makefile
obj-m := core.o shim.o
//- drivers/t/core.c
#include <linux/module.h>

int core_open(void)
{
	return 0;
}
EXPORT_SYMBOL_GPL(core_open);

MODULE_LICENSE("GPL");
//- drivers/t/shim.c
#include <linux/module.h>

int core_open(void);

int shim_open(void)
{
	return core_open();
}
EXPORT_SYMBOL(shim_open);

MODULE_LICENSE("GPL");

//# an incompatible module has another error
#include <linux/module.h>

int shim_create_group(struct kobject *object, const struct attribute_group *group)
{
	return sysfs_create_group(object, group);
}
EXPORT_SYMBOL(shim_create_group);

MODULE_LICENSE("Proprietary");
