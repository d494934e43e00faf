/* SPDX-License-Identifier: LicenseRef-Frost-Proprietary */
#ifndef FROST_H
#define FROST_H

#include <linux/i2c.h>
#include <linux/sysfs.h>

#define FROST_REG_TEMP		0x00
#define FROST_REG_CONFIG	0x01
#define FROST_CONFIG_STREAM	0x80

struct dma_buf;

struct frost {
	struct i2c_client *client;
	struct dma_buf *ring;
	int offset;
};

/* Every attribute of the driver prints its value the same way. */
#define frost_show(buf, value)	sysfs_emit((buf), "%d\n", (value))

int frost_read(struct frost *frost);
int frost_capture_start(struct frost *frost, int fd);
void frost_capture_stop(struct frost *frost);

#endif
