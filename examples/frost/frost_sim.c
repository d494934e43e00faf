// SPDX-License-Identifier: GPL-2.0-only
/*
 * A sensor that is not there, for trying the driver without hardware.
 */
#include <linux/err.h>
#include <linux/module.h>
#include <linux/platform_device.h>

static struct platform_device *frost_sim;

static int __init frost_sim_init(void)
{
	frost_sim = platform_device_alloc("frost-sim", PLATFORM_DEVID_NONE);
	if (!frost_sim)
		return -ENOMEM;
	return platform_device_add(frost_sim);
}
module_init(frost_sim_init);

static void __exit frost_sim_exit(void)
{
	platform_device_unregister(frost_sim);
}
module_exit(frost_sim_exit);

MODULE_DESCRIPTION("Simulated Frost FT20");
MODULE_LICENSE("GPLv2");
