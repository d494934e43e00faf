/*
 * Streams readings into a buffer that another device shares with us.
 */
#include <linux/dma-buf.h>
#include <linux/err.h>

#include "frost.h"

int frost_capture_start(struct frost *frost, int fd)
{
	struct dma_buf *ring = dma_buf_get(fd);

	if (IS_ERR(ring))
		return PTR_ERR(ring);
	frost->ring = ring;
	return i2c_smbus_write_byte_data(frost->client, FROST_REG_CONFIG, FROST_CONFIG_STREAM);
}

void frost_capture_stop(struct frost *frost)
{
	if (!frost->ring)
		return;
	i2c_smbus_write_byte_data(frost->client, FROST_REG_CONFIG, 0);
	dma_buf_put(frost->ring);
	frost->ring = NULL;
}
