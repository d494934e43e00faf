import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import type { Location } from '../core/finding';
import type { KernelConfig, KernelExport } from '../core/kernel/kernel';
import { exportMacro } from '../core/model/exports';
import { basename, dirname, isInside, join, relative } from '../core/path';
import { extractFacts } from '../core/syntax/extract';

/** What is looked for, and for how long at most. */
export interface ExportQuery {
  readonly wanted: KernelExport;
  /** Folders that may hold the kernel's source. */
  readonly roots: readonly string[];
  readonly config: KernelConfig;
  readonly signal?: AbortSignal | undefined;
}

/** Milliseconds that one question may search; the next one goes on where it ended. */
const patience = 3000;
const batchSize = 32;
const maximumFiles = 100_000;
const maximumFolders = 20_000;
const maximumSize = 2 * 1024 * 1024;
/** Milliseconds that a list of files counts as what is there. */
const freshness = 5 * 60 * 1000;
/** Members of a module may lie beside its folder; what is nearer to the top holds too much to look through. */
const narrowDepth = 3;
/** Folders at the top of a kernel that nothing of vmlinux comes from. */
const elsewhere = new Set(['Documentation', 'LICENSES', 'include', 'rust', 'samples', 'scripts', 'tools', 'usr']);
const exportCall = /^[ \t]*(\w*EXPORT_\w+)[ \t]*\([ \t]*(\w+)/gm;

/**
 * Finds the source of kernel exports. The provider narrows the folder, the name says which files come first, and every
 * file is read once: what else it exports is kept for later questions.
 */
export class ExportSources {
  /** Files that export a name, as far as files were read. */
  readonly #files = new Map<string, Set<string>>();
  readonly #scanned = new Set<string>();
  readonly #lists = new Map<string, { readonly files: readonly string[]; readonly at: number }>();

  /** The definition of an export and the line that exports it; none if the source is not at hand. */
  async find({ wanted, roots, config, signal }: ExportQuery): Promise<readonly Location[]> {
    const end = performance.now() + patience;
    for (const root of new Set(roots)) {
      if (!(await isSource(root))) continue;
      for (const [folder, isDeep] of foldersOf(root, wanted.provider)) {
        const isWanted = (path: string) => isCandidate(relative(path, root), wanted.provider, config);
        const files = (await this.#list(folder, isDeep, signal)).filter(isWanted);
        const found = await this.#search(wanted.name, files, root, end, signal);
        if (found.length > 0) return found;
      }
    }
    return [];
  }

  async #search(
    name: string,
    files: readonly string[],
    root: string,
    end: number,
    signal: AbortSignal | undefined,
  ): Promise<readonly Location[]> {
    const within = new Set(files);
    // What an architecture exports itself stands for what the rest of the kernel has for all of them.
    const isFirst = (path: string) => relative(path, root).startsWith('arch/');
    const exporters = () => [...(this.#files.get(name) ?? [])].filter((path) => within.has(path));
    const known = async () => {
      const all = ranked(exporters(), root, name);
      const paths = all.some(isFirst) ? all.filter(isFirst) : all;
      return (await Promise.all(paths.map((path) => this.#places(path, root, name)))).flat();
    };
    const unread = files.filter((path) => !this.#scanned.has(path));
    await this.#scanAll(unread.filter(isFirst), end, signal);
    const before = await known();
    if (before.length > 0) return before;
    const left = ranked(
      unread.filter((path) => !isFirst(path)),
      root,
      name,
    );
    await this.#scanAll(left, end, signal, () => exporters().length > 0);
    return known();
  }

  async #scanAll(
    files: readonly string[],
    end: number,
    signal: AbortSignal | undefined,
    isDone: () => boolean = () => false,
  ): Promise<void> {
    for (let i = 0; i < files.length && performance.now() < end && !isDone(); i += batchSize) {
      signal?.throwIfAborted();
      await Promise.all(files.slice(i, i + batchSize).map((path) => this.#scan(path)));
    }
  }

  async #scan(path: string): Promise<void> {
    this.#scanned.add(path);
    const bytes = await read(path);
    if (!bytes?.includes('EXPORT_')) return;
    for (const [, macro = '', argument = ''] of bytes.toString('latin1').matchAll(exportCall)) {
      for (const name of exportedNames(macro, argument)) {
        const files = this.#files.get(name);
        if (files) files.add(path);
        else this.#files.set(name, new Set([path]));
      }
    }
  }

  /** Read anew: the file may have changed since it was searched. */
  async #places(path: string, root: string, name: string): Promise<Location[]> {
    const bytes = isInside(path, root) ? await read(path) : undefined;
    const facts = bytes && extractFacts(path, bytes.toString('utf8'));
    const calls = (facts?.invocations ?? []).flatMap((call) => {
      const argument = call.arguments[0]?.pieces[0];
      const isIt = argument?.kind === 'name' && exportedNames(call.name, argument.value).includes(name);
      return isIt ? [argument.span] : [];
    });
    if (!facts || calls.length === 0) {
      this.#scanned.delete(path);
      this.#files.get(name)?.delete(path);
      return [];
    }
    const defined = [...facts.functions, ...facts.variables].filter((one) => one.name === name);
    return [...defined.map(({ nameSpan }) => nameSpan), ...calls].map((span) => ({ file: path, span }));
  }

  async #list(folder: string, isDeep: boolean, signal: AbortSignal | undefined): Promise<readonly string[]> {
    const key = isDeep ? `${folder}/**` : folder;
    const known = this.#lists.get(key);
    if (known && performance.now() - known.at < freshness) return known.files;
    const files: string[] = [];
    const queue = [folder];
    for (let visited = 0; queue.length > 0 && visited < maximumFolders && files.length < maximumFiles; ) {
      signal?.throwIfAborted();
      const batch = queue.splice(0, batchSize);
      visited += batch.length;
      const lists = await Promise.all(batch.map(listSources));
      for (const list of lists) {
        files.push(...list.files);
        if (isDeep) queue.push(...list.folders);
      }
    }
    this.#lists.set(key, { files, at: performance.now() });
    return files;
  }
}

/** Names that a call exports; a subsystem's own macro (`ACPI_EXPORT_SYMBOL`) is taken for a wrapper of the kernel's. */
function exportedNames(macro: string, argument: string): string[] {
  const known = exportMacro(macro);
  if (known) return known.symbols.map((pattern) => pattern.replace('{}', argument));
  return macro.includes('EXPORT_SYMBOL') ? [argument] : [];
}

/** Whether a folder is a kernel's whole source, not the headers of one. */
function isSource(root: string): Promise<boolean> {
  return stat(join(root, 'init/main.c')).then(
    (file) => file.isFile(),
    () => false,
  );
}

/** Folders to look in, the likeliest first, and whether what lies below them counts. */
function foldersOf(root: string, provider: string): (readonly [folder: string, isDeep: boolean])[] {
  if (provider === 'vmlinux') return [[root, true]];
  const folder = dirname(join(root, provider));
  // The provider of a module outside of the kernel is a path of its own.
  if (provider.startsWith('/') || !isInside(folder, root) || folder === root) return [];
  const above = dirname(folder);
  const isNarrow = relative(above, root).split('/').length >= narrowDepth;
  return [[folder, false], [folder, true], ...(isNarrow ? [[above, true] as const] : [])];
}

/** An architecture's folder has the name of an option that is set where the kernel is built for it. */
function isCandidate(path: string, provider: string, config: KernelConfig): boolean {
  const [top = '', below = ''] = path.split('/', 2);
  if (top === 'arch') return !config.isKnown || config.get(`CONFIG_${below.toUpperCase()}`) === 'y';
  return provider !== 'vmlinux' || !elsewhere.has(top);
}

/** The architecture's files first, then those whose path shares the most words with a name; drivers come last. */
function ranked(files: readonly string[], root: string, name: string): string[] {
  const wanted = new Set(wordsOf(name));
  const scores = new Map(
    files.map((path) => {
      const own = wordsOf(basename(path)).filter((word) => wanted.has(word)).length;
      const folders = wordsOf(relative(dirname(path), root)).filter((word) => wanted.has(word)).length;
      const top = relative(path, root).split('/', 1)[0];
      return [path, own * 3 + folders + (top === 'arch' ? 100 : top === 'drivers' ? -0.5 : 0)];
    }),
  );
  return [...files].sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0));
}

function wordsOf(text: string): string[] {
  return text.split(/[^a-zA-Z0-9]/).filter((word) => word.length > 1);
}

async function listSources(folder: string): Promise<{ files: string[]; folders: string[] }> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => []);
  const files = entries.filter((entry) => entry.isFile() && /\.[cS]$/.test(entry.name));
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  const path = ({ name }: Dirent) => `${folder}/${name}`;
  return { files: files.map(path), folders: folders.map(path) };
}

async function read(path: string): Promise<Buffer | undefined> {
  try {
    return (await stat(path)).size <= maximumSize ? await readFile(path) : undefined;
  } catch {
    return undefined;
  }
}
