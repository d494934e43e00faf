import type { Problem } from '../finding';
import { compareTexts } from '../text';
import { configOf, unknownConfig } from './config';
import { exportTable, noExports } from './exports';
import type { ExportTable, KernelConfig, KernelExport, KernelVersion } from './kernel';
import { knownCompatibleLicenses } from './license';

/** A kernel as it travels with the product, for machines without headers. */
export interface EmbeddedKernel {
  readonly release: string;
  readonly version: KernelVersion | undefined;
  /** As in `x86_64`. */
  readonly architecture: string;
  /** As in `Debian 6.1.192-2`. */
  readonly distribution: string;
  readonly exports: ExportTable;
  readonly config: KernelConfig;
  readonly compatibleLicenses: ReadonlySet<string>;
}

/** What `writeEmbedded` needs: the same with everything that can be listed. */
export interface EmbeddedSource extends Omit<EmbeddedKernel, 'exports' | 'config'> {
  readonly exports: Iterable<KernelExport>;
  readonly options: ReadonlyMap<string, string>;
}

/** Claims nothing: what is left where the data cannot be read. */
export const emptyEmbedded: EmbeddedKernel = {
  release: 'unknown',
  version: undefined,
  architecture: '',
  distribution: '',
  exports: noExports,
  config: unknownConfig,
  compatibleLicenses: knownCompatibleLicenses,
};

/**
 * The form of an embedded kernel before compression: a line `untainted-kernel VERSION CHECKSUM`, then a `Columns` as
 * JSON. Exports are sorted by provider and name, so that equal neighbors compress to almost nothing.
 */
export function writeEmbedded(kernel: EmbeddedSource): Uint8Array {
  const exports = [...exportTable(kernel.exports)].sort(
    (a, b) => compareTexts(a.provider, b.provider) || compareTexts(a.name, b.name),
  );
  const kinds = new Map<string, number>();
  const providers: [string, number][] = [];
  const kindOf: number[] = [];
  for (const one of exports) {
    const kind = JSON.stringify([one.isGplOnly, one.namespace]);
    const index = kinds.get(kind) ?? kinds.size;
    kinds.set(kind, index);
    kindOf.push(index);
    const last = providers.at(-1);
    if (last?.[0] === one.provider) last[1]++;
    else providers.push([one.provider, 1]);
  }
  const columns: Columns = {
    release: kernel.release,
    version: kernel.version ? [kernel.version.major, kernel.version.minor, kernel.version.patch] : null,
    architecture: kernel.architecture,
    distribution: kernel.distribution,
    licenses: [...kernel.compatibleLicenses],
    providers,
    kinds: [...kinds.keys()].map((kind) => JSON.parse(kind)),
    kindOf,
    names: exports.map((one) => one.name).join(' '),
    options: Object.fromEntries([...kernel.options].sort(([a], [b]) => compareTexts(a, b))),
  };
  const body = new TextEncoder().encode(JSON.stringify(columns));
  const head = new TextEncoder().encode(`${magic} ${formatVersion} ${checksum(body)}\n`);
  const whole = new Uint8Array(head.length + body.length);
  whole.set(head);
  whole.set(body, head.length);
  return whole;
}

/** Reads what `writeEmbedded` wrote. Anything else gives a kernel that claims nothing, and a problem. */
export function readEmbedded(bytes: Uint8Array, file: string): { kernel: EmbeddedKernel; problems: Problem[] } {
  const refuse = (why: string) => {
    const message = `The embedded kernel '${file}' ${why}: nothing is known about the kernel's exports; install the extension anew or choose a folder of kernel headers.`;
    return { kernel: emptyEmbedded, problems: [{ message, file }] };
  };
  const newline = bytes.subarray(0, 64).indexOf(10);
  const [name, version, sum] = new TextDecoder().decode(bytes.subarray(0, Math.max(0, newline))).split(' ');
  if (name !== magic) return refuse('is not in the form of an embedded kernel');
  if (version !== String(formatVersion))
    return refuse(`has the format ${version} where ${formatVersion} is understood`);
  const body = bytes.subarray(newline + 1);
  if (sum !== checksum(body)) return refuse('is damaged');
  const columns = parseColumns(new TextDecoder().decode(body));
  const exports = columns && exportsOf(columns);
  if (!exports) return refuse('is damaged');
  const [major, minor, patch] = columns.version ?? [];
  return {
    kernel: {
      release: columns.release,
      version: major !== undefined && minor !== undefined && patch !== undefined ? { major, minor, patch } : undefined,
      architecture: columns.architecture,
      distribution: columns.distribution,
      exports: exportTable(exports),
      config: configOf(new Map(Object.entries(columns.options))),
      compatibleLicenses: new Set(columns.licenses),
    },
    problems: [],
  };
}

const magic = 'untainted-kernel';
const formatVersion = 1;

interface Columns {
  readonly release: string;
  readonly version: readonly number[] | null;
  readonly architecture: string;
  readonly distribution: string;
  readonly licenses: readonly string[];
  /** Each provider with the number of its exports, in the order of `names`. */
  readonly providers: readonly (readonly [string, number])[];
  /** The different pairs of GPL-only and namespace; `kindOf` has an index into it per export. */
  readonly kinds: readonly (readonly [boolean, string])[];
  readonly kindOf: readonly number[];
  /** Apart by spaces. */
  readonly names: string;
  readonly options: Readonly<Record<string, string>>;
}

/** The checksum stands for the content, so only the outline is looked at. */
function parseColumns(text: string): Columns | undefined {
  try {
    const value: Partial<Columns> | null = JSON.parse(text);
    const lists = [value?.licenses, value?.providers, value?.kinds, value?.kindOf];
    const texts = [value?.release, value?.architecture, value?.distribution, value?.names];
    const isWhole =
      lists.every(Array.isArray) && texts.every((one) => typeof one === 'string') && typeof value?.options === 'object';
    return isWhole ? (value as Columns) : undefined;
  } catch {
    return undefined;
  }
}

/** `undefined` if the columns do not fit together. */
function exportsOf(columns: Columns): KernelExport[] | undefined {
  const names = columns.names === '' ? [] : columns.names.split(' ');
  const exports: KernelExport[] = [];
  for (const [provider, count] of columns.providers) {
    for (let i = 0; i < count; i++) {
      const name = names[exports.length];
      const kind = columns.kinds[columns.kindOf[exports.length] ?? -1];
      if (name === undefined || kind === undefined) return undefined;
      exports.push({ name, isGplOnly: kind[0], namespace: kind[1], provider });
    }
  }
  return exports.length === names.length ? exports : undefined;
}

/** Order of code units: the same on every machine, whatever its language. */

/** FNV-1a over the bytes: against damage, not against forgery. */
function checksum(bytes: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
