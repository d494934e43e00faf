import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { type EmbeddedKernel, emptyEmbedded, readEmbedded } from '../core/kernel/embedded';
import { type InputFiles, portable } from './headers';

/** One line of `kernels/index.json`: what can be said of an embedded kernel without reading it. */
export interface EmbeddedEntry {
  /** As in the setting `embedded:6.1-amd64`. */
  readonly name: string;
  readonly release: string;
  readonly architecture: string;
  readonly distribution: string;
  readonly exports: number;
  /** When the kernel was built, as in `2026-10-30`. */
  readonly date: string;
}

/** Where the embedded kernels are: beside the bundle, or in the source tree. */
export function embeddedFolder(): string {
  const beside = join(__dirname, 'kernels');
  return existsSync(join(beside, 'index.json')) ? beside : join(__dirname, '../../kernels');
}

/** The embedded kernels, the default first; none if the list cannot be read. */
export function listEmbedded(folder: string): readonly EmbeddedEntry[] {
  try {
    const list: unknown = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'));
    return Array.isArray(list) ? list.filter(isEntry) : [];
  } catch {
    return [];
  }
}

/** Reads an embedded kernel. Its digest changes when its content does; damaged data gives a kernel without claims. */
export async function openEmbedded(
  folder: string,
  name: string,
  inputs: InputFiles,
): Promise<{ kernel: EmbeddedKernel; digest: string }> {
  const file = join(folder, `${name}.bin`);
  const packed = await inputs.readBytes(file);
  if (!packed) {
    const message = `The embedded kernel '${name}' is missing (${file}): nothing is known about the kernel's exports; install Untainted anew or choose a folder of kernel headers.`;
    inputs.report({ message, file: portable(file) });
    return { kernel: emptyEmbedded, digest: 'missing' };
  }
  const { kernel, problems } = readEmbedded(unpack(packed), portable(file));
  inputs.report(...problems);
  return { kernel, digest: createHash('sha256').update(packed).digest('hex').slice(0, 16) };
}

/** Nothing if the data is damaged, which the reader then says. */
function unpack(packed: Buffer): Uint8Array {
  try {
    return brotliDecompressSync(packed, { maxOutputLength: largestUnpacked });
  } catch {
    return new Uint8Array();
  }
}

const largestUnpacked = 64 << 20;

function isEntry(value: Partial<EmbeddedEntry> | null): value is EmbeddedEntry {
  const texts = [value?.release, value?.architecture, value?.distribution, value?.date];
  return (
    /^[\w.+-]{1,100}$/.test(value?.name ?? '') &&
    texts.every((one) => typeof one === 'string') &&
    typeof value?.exports === 'number'
  );
}
