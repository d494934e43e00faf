// SPDX-License-Identifier: GPL-2.0-only
/*
 * Blinks when a reading comes in. Everything here is in order; only the spelling of the license is an old one.
 */
#include <linux/leds.h>
#include <linux/module.h>

DEFINE_LED_TRIGGER(frost_led_trigger);

void frost_led_blink(void)
{
	unsigned long on = 30, off = 30;

	led_trigger_blink_oneshot(frost_led_trigger, &on, &off, 0);
}
EXPORT_SYMBOL_GPL(frost_led_blink);

static int __init frost_led_init(void)
{
	led_trigger_register_simple("frost", &frost_led_trigger);
	return 0;
}
module_init(frost_led_init);

static void __exit frost_led_exit(void)
{
	led_trigger_unregister_simple(frost_led_trigger);
}
module_exit(frost_led_exit);

MODULE_DESCRIPTION("Frost FT20 activity light");
MODULE_LICENSE("GPL v2");
