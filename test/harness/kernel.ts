import type { Kernel, KernelExport, KernelVersion } from '../../server/src/core/kernel/kernel';
import { knownCompatibleLicenses } from '../../server/src/core/kernel/license';
import type { Setting } from './fixture';

/** Exports of every kind, as `name[*][@namespace][:provider]`: `*` is GPL-only, the provider `vmlinux` if not named. */
const standardExports = `
_printk __kmalloc kfree misc_register misc_deregister mutex_lock_nested ioremap iounmap msleep kernel_read
debugfs_create_dir* debugfs_remove* ktime_get* hrtimer_cancel* sysfs_create_group* sysfs_remove_group*
__platform_driver_register* platform_driver_unregister* rcu_read_unlock_strict* register_kprobe*
dma_buf_get*@DMA_BUF dma_buf_put*@DMA_BUF crypto_cipher_setkey*@CRYPTO_INTERNAL
usb_stor_probe1*@USB_STORAGE:drivers/usb/storage/usb-storage
mana_gd_send_request@NET_MANA:drivers/net/ethernet/microsoft/mana/mana
kvm_enable_virtualization*@module:kvm-intel,kvm_amd vfio_group_open*@module:vfio-*,t
`;

/** A small kernel: 6.1 with the standard exports, and what the settings say. */
export function caseKernel(settings: readonly Setting[]): Kernel {
  const all = (key: string) => settings.filter((one) => one.key === key).map((one) => one.value);
  const version = all('version').at(-1) ?? '6.1.0';
  const exports = new Map<string, KernelExport>();
  for (const word of [standardExports, ...all('export')].join(' ').split(/\s+/)) {
    const one = parseExport(word);
    if (one) exports.set(one.name, one);
  }
  const config = new Map<string, string>();
  for (const word of all('config').join(' ').split(/\s+/)) {
    const [name = '', value = 'y'] = word.split('=');
    if (name !== '') config.set(name, value);
  }
  return {
    id: `fixture ${version}`,
    release: version === 'unknown' ? 'unknown' : `${version}-t`,
    version: parseVersion(version),
    origin: 'embedded',
    folder: undefined,
    sourceFolder: undefined,
    exports: { size: exports.size, get: (name) => exports.get(name), [Symbol.iterator]: () => exports.values() },
    config: { isKnown: config.size > 0, get: (name) => config.get(name) },
    compatibleLicenses: new Set([...knownCompatibleLicenses, ...all('license')]),
    chosenBecause: 'the case says so',
    inputs: [],
    problems: [],
  };
}

function parseExport(word: string): KernelExport | undefined {
  const match = /^(\w+)(\*?)(?:@((?:module:)?[\w,*-]+))?(?::([\w/-]+))?$/.exec(word);
  if (!match) return undefined;
  const [, name = '', star, namespace = '', provider = 'vmlinux'] = match;
  return { name, isGplOnly: star === '*', namespace, provider };
}

function parseVersion(text: string): KernelVersion | undefined {
  const [major, minor, patch = 0] = text.split('.').map(Number);
  return major !== undefined && minor !== undefined && major >= 0 ? { major, minor, patch } : undefined;
}
