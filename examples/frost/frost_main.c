// SPDX-License-Identifier: LicenseRef-Frost-Proprietary
/*
 * Frost FT20 temperature sensor: readings through hwmon, an offset and a stream to memory through sysfs.
 */
#include <linux/err.h>
#include <linux/hwmon.h>
#include <linux/i2c.h>
#include <linux/kernel.h>
#include <linux/module.h>

#include "frost.h"

/* The sensor counts sixteenths of a degree. */
int frost_read(struct frost *frost)
{
	int raw = i2c_smbus_read_word_data(frost->client, FROST_REG_TEMP);

	if (raw < 0)
		return raw;
	return (s16)swab16(raw) * 1000 / 16 + frost->offset;
}

static umode_t frost_is_visible(const void *data, enum hwmon_sensor_types type, u32 attr, int channel)
{
	return 0444;
}

static int frost_hwmon_read(struct device *dev, enum hwmon_sensor_types type, u32 attr, int channel, long *value)
{
	int millidegrees = frost_read(dev_get_drvdata(dev));

	if (millidegrees < 0)
		return millidegrees;
	*value = millidegrees;
	return 0;
}

static const struct hwmon_ops frost_hwmon_ops = {
	.is_visible = frost_is_visible,
	.read = frost_hwmon_read,
};

static const struct hwmon_channel_info *frost_hwmon_info[] = {
	HWMON_CHANNEL_INFO(temp, HWMON_T_INPUT),
	NULL
};

static const struct hwmon_chip_info frost_chip_info = {
	.ops = &frost_hwmon_ops,
	.info = frost_hwmon_info,
};

static ssize_t offset_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct frost *frost = dev_get_drvdata(dev);

	return frost_show(buf, frost->offset);
}

static ssize_t offset_store(struct device *dev, struct device_attribute *attr, const char *buf, size_t count)
{
	struct frost *frost = dev_get_drvdata(dev);
	int error = kstrtoint(buf, 0, &frost->offset);

	return error ? error : count;
}
static DEVICE_ATTR_RW(offset);

static ssize_t stream_store(struct device *dev, struct device_attribute *attr, const char *buf, size_t count)
{
	struct frost *frost = dev_get_drvdata(dev);
	int fd, error;

	error = kstrtoint(buf, 0, &fd);
	if (error)
		return error;
	error = frost_capture_start(frost, fd);
	return error ? error : count;
}
static DEVICE_ATTR_WO(stream);

static struct attribute *frost_attrs[] = {
	&dev_attr_offset.attr,
	&dev_attr_stream.attr,
	NULL
};
ATTRIBUTE_GROUPS(frost);

static int frost_probe(struct i2c_client *client)
{
	struct device *dev = &client->dev;
	struct device *hwmon;
	struct frost *frost;

	frost = devm_kzalloc(dev, sizeof(*frost), GFP_KERNEL);
	if (!frost)
		return -ENOMEM;
	frost->client = client;
	i2c_set_clientdata(client, frost);

	hwmon = devm_hwmon_device_register_with_info(dev, "ft20", frost, &frost_chip_info, frost_groups);
	return PTR_ERR_OR_ZERO(hwmon);
}

static void frost_remove(struct i2c_client *client)
{
	frost_capture_stop(i2c_get_clientdata(client));
}

static const struct i2c_device_id frost_ids[] = {
	{ "ft20", 0 },
	{ }
};
MODULE_DEVICE_TABLE(i2c, frost_ids);

static struct i2c_driver frost_driver = {
	.driver = {
		.name = "frost",
	},
	.probe_new = frost_probe,
	.remove = frost_remove,
	.id_table = frost_ids,
};
module_i2c_driver(frost_driver);

MODULE_DESCRIPTION("Frost FT20 temperature sensor");
MODULE_AUTHOR("Frost Instruments");
MODULE_LICENSE("Proprietary");
