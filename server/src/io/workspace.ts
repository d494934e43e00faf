import { existsSync } from 'node:fs';
import { Analysis } from '../core/analysis';
import { type Build, type BuildModule, noBuild } from '../core/kbuild/build';
import { BuildReader } from '../core/kbuild/read';
import { noKernel } from '../core/kernel/none';
import { includeCandidates } from '../core/model/includes';
import type { Snapshot } from '../core/model/snapshot';
import { basename, isInside, normalize } from '../core/path';
import type { Settings } from '../core/settings';
import { extractFacts } from '../core/syntax/extract';
import { type FileFacts, useIsUncertain } from '../core/syntax/facts';
import type { StructureReader } from '../core/syntax/structure';
import type { LineMap } from '../core/text';
import { buildPattern, diskBuildFiles } from './buildfiles';
import { readText, stampOf } from './disk';
import { createStructureReader } from './grammar';
import { openKernel } from './kernels';
import { LineMaps } from './lines';
import { type LinkOptions, LinkState } from './links';
import type { LoadOptions, WorkspaceOptions } from './options';
import { ReaderPool } from './pool';
import { type Project, readProject } from './project';
import type { ReadFile } from './reader';
import { excluder, moduleMatcher, type Scan, scanFolder } from './scan';
import { inSlices } from './slices';

const sourcePattern = /\.(?:[chS]|rs)$/;

/**
 * One folder on disk with the open texts laid over it, and the analysis of both. Used by the terminal and the server
 * alike. Every path is absolute with `/`.
 */
export class Workspace {
  readonly folder: string;
  readonly #isRecursive: boolean;
  readonly #isWanted: (module: BuildModule) => boolean;
  readonly #analysis: Analysis;
  readonly #pool = new ReaderPool();
  readonly #links: LinkState;
  readonly #open = new Map<string, string>();
  readonly #lines = new LineMaps({
    text: (path) => this.text(path),
    stamp: (path) => this.#open.get(path) ?? stampOf(path),
  });
  #options: WorkspaceOptions;
  #project: Project;
  #build: Build = noBuild;
  #buildReader: BuildReader | undefined;
  #scan: Scan = { files: new Set(), problems: [] };
  #structure: Promise<StructureReader> | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #isBuildRead = false;

  constructor(folder: string, options: WorkspaceOptions) {
    this.folder = normalize(folder);
    this.#options = options;
    this.#project = { settings: options.settings, problems: [], inputs: [] };
    this.#isRecursive = options.isRecursive ?? true;
    this.#isWanted = moduleMatcher(this.folder, options.modules);
    this.#analysis = new Analysis(noKernel, this.folder);
    this.#links = new LinkState(this.folder, this.#analysis, this.#pool);
  }

  /** The last snapshot; empty before the first `load`. */
  get snapshot(): Snapshot {
    return this.#analysis.snapshot();
  }

  get build(): Build {
    return this.#build;
  }

  /** The user's, joined with those of the project's own file. */
  get settings(): Settings {
    return this.#project.settings;
  }

  /** What the project says of itself. */
  get project(): Project {
    return this.#project;
  }

  /** Reads the folder: build files, kernel, sources. Rejects only with the signal's reason. */
  load(options: LoadOptions = {}): Promise<Snapshot> {
    return this.#enqueue(async () => {
      this.#readProject();
      await this.#readAll(options, true);
      return this.snapshot;
    });
  }

  /** Lays an editor's text over the file and brings the snapshot up to date; a few milliseconds. */
  async openText(path: string, text: string): Promise<Snapshot> {
    const isNew = !this.#open.has(path);
    const known = this.text(path) ?? '';
    this.#open.set(path, text);
    this.#links.edit(path, known, text);
    if (buildPattern.test(basename(path))) {
      if (this.#analysis.facts(path)) this.#analysis.setFacts(path, extractFacts(path, text));
      return this.#enqueue(() => this.#buildChanged(path));
    }
    if (!sourcePattern.test(path)) return this.snapshot;
    this.#structure ??= createStructureReader();
    const reader = await this.#structure;
    // A later text may have come in the meantime: it is the one that counts.
    const current = this.#open.get(path);
    if (current === undefined) return this.snapshot;
    const before = this.#analysis.facts(path);
    const facts = reader.follow(path, current);
    this.#analysis.setFacts(path, facts);
    this.#analysis.setProblems(path, facts.problems);
    // A file that nobody knows of may be a member or a header that was missing.
    if (isNew && this.#isBuildRead && isInside(path, this.folder) && !this.#scan.files.has(path)) {
      return this.#enqueue(() => this.#follow([path], {}));
    }
    const hasNewIncludes = isNew || before?.shape !== facts.shape;
    if (hasNewIncludes && this.#isBuildRead) await this.#readUnits(new Map([[path, this.#foldersOf(path)]]), {});
    return this.snapshot;
  }

  /** Goes back to what is on disk. */
  async closeText(path: string): Promise<Snapshot> {
    const open = this.#open.get(path);
    if (open === undefined) return this.snapshot;
    this.#open.delete(path);
    this.#structure?.then((reader) => reader.forget(path)).catch(() => undefined);
    const saved = this.text(path);
    if (saved === open) return this.snapshot;
    // What is known of the open text keeps its places in the saved one until that is read.
    if (saved !== undefined) this.#links.edit(path, open, saved);
    return this.filesChanged([path]);
  }

  /** Files made, changed or deleted on disk; of those that an open text covers only whether they are there counts. */
  filesChanged(paths: readonly string[], options: LoadOptions = {}): Promise<Snapshot> {
    return this.#enqueue(async () => {
      const isOfProject = (path: string) => this.#project.inputs.includes(path);
      if (paths.some(isOfProject)) await this.#applySettings(options);
      const cameOrWent = (path: string) =>
        isInside(path, this.folder) && this.#scan.files.has(path) !== existsSync(path);
      const isNews = (path: string) => !isOfProject(path) && (!this.#open.has(path) || cameOrWent(path));
      return this.#follow(paths.filter(isNews), options);
    });
  }

  async #follow(changed: readonly string[], options: LoadOptions): Promise<Snapshot> {
    if (changed.length === 0) return this.snapshot;
    // A folder that came or went stands for files that nobody names.
    const isOnlyFiles = changed.every((path) => sourcePattern.test(path) || buildPattern.test(basename(path)));
    const wasThere = (path: string) => sourcePattern.test(path) && this.#scan.files.has(path);
    if (isOnlyFiles) this.#links.filesChanged(changed, wasThere);
    else this.#links.forget();
    if (changed.some((path) => this.#analysis.kernel.inputs.includes(path))) await this.#readKernel();
    const isExcluded = excluder(this.folder, this.settings);
    const known = changed.filter((path) => isInside(path, this.folder) && !isExcluded(path, false));
    const isKnownSource = (path: string) =>
      sourcePattern.test(path) && this.#scan.files.has(path) && this.#analysis.facts(path) && existsSync(path);
    const isOnlySources = known.every(isKnownSource);
    if (!isOnlySources) this.#rescan(await this.#scanFolder(options));
    // A source that is new or gone can make a member of a Makefile real, or unreal.
    if (!isOnlySources || known.some((path) => this.#build.inputs.includes(path))) {
      this.#readBuildFiles(isOnlyFiles ? changed : undefined);
    }
    const sources = known.filter((path) => this.#analysis.facts(path));
    await this.#readInto(sources, { depth: 'tokens' }, options);
    await this.#readSources(options);
    return this.snapshot;
  }

  /** New settings: reads again what they change (the kernel, the excluded files, nothing). */
  setSettings(settings: Settings, options: LoadOptions = {}): Promise<Snapshot> {
    return this.#enqueue(async () => {
      this.#options = { ...this.#options, settings };
      await this.#applySettings(options);
      return this.snapshot;
    });
  }

  /**
   * Why exact symbol uses cannot be had; `undefined` if they can. Then the uses in the modules' own files are all that
   * is known.
   */
  get linkObstacle(): string | undefined {
    return this.#links.obstacle;
  }

  /**
   * Follows the headers: brings the exact symbol uses of units up to date that are not, and says whether any are others
   * now. Nothing else waits for it. Rejects only with the signal's reason.
   */
  link(options: LinkOptions = {}): Promise<boolean> {
    return this.#links.bring(this.#build, this.#open, options);
  }

  /** Sources of the modules that a file belongs to. */
  sourcesBeside(path: string): string[] {
    return this.snapshot.modulesOf(path).flatMap((module) => module.members.map((member) => member.path));
  }

  /** The text the facts of a file come from (open over disk); also of a kernel's file that a related location names. */
  text(path: string): string | undefined {
    const open = this.#open.get(path);
    if (open !== undefined) return open;
    const { kernel } = this.#analysis;
    const roots = [this.folder, kernel.folder, kernel.sourceFolder];
    const root = roots.find((folder) => folder !== undefined && isInside(path, folder));
    if (root === undefined && ![...kernel.inputs, ...this.#project.inputs].includes(path)) return undefined;
    const result = readText(path, root);
    return 'text' in result ? result.text : undefined;
  }

  /** Line map of `text(path)`, kept while the text stays the same. */
  lines(path: string): LineMap | undefined {
    return this.#lines.get(path);
  }

  /** Ends worker threads. */
  async dispose(): Promise<void> {
    await this.#pool.dispose();
    if (this.#structure) (await this.#structure).dispose();
  }

  /** One reading at a time; a failed one does not stop the next. */
  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async #readAll(options: LoadOptions, isFirst: boolean): Promise<void> {
    options.onProgress?.({ message: 'Listing files', fraction: undefined });
    this.#rescan(await this.#scanFolder(options));
    if (isFirst || !this.#isBuildRead) await this.#readKernelAndBuild(options);
    else this.#readBuildFiles();
    await this.#readSources(options);
  }

  async #applySettings(options: LoadOptions): Promise<void> {
    const before = this.settings;
    this.#readProject();
    const isSame = (read: (settings: Settings) => unknown) =>
      JSON.stringify(read(before)) === JSON.stringify(read(this.settings));
    if (!this.#isBuildRead) return;
    if (!isSame(({ exclude, project }) => [exclude, project?.exclude])) await this.#readAll(options, false);
    if (isSame(({ kernel, extraSymvers }) => [kernel, extraSymvers])) return;
    await this.#readKernelAndBuild(options);
    await this.#readSources(options);
  }

  #readProject(): void {
    this.#project = readProject(this.folder, this.#options);
    this.#analysis.setProblems('project', this.#project.problems);
  }

  #scanFolder({ signal }: LoadOptions): Promise<Scan> {
    const isExcluded = excluder(this.folder, this.settings);
    return scanFolder(this.folder, isExcluded, { isRecursive: this.#isRecursive, ...(signal && { signal }) });
  }

  #rescan(scan: Scan): void {
    for (const path of this.snapshot.files()) {
      if (!scan.files.has(path) && !this.#open.has(path)) this.#analysis.removeFacts(path);
    }
    this.#scan = scan;
    this.#analysis.setProblems('scan', scan.problems);
  }

  /** The build names the kernel (KDIR) and the kernel's configuration decides the build: read twice at most. */
  async #readKernelAndBuild(options: LoadOptions): Promise<void> {
    options.onProgress?.({ message: 'Reading Makefiles', fraction: undefined });
    if (this.settings.kernel === '') this.#readBuildFiles();
    await this.#readKernel();
    this.#readBuildFiles();
    if (this.#build.extraSymvers.length > 0) await this.#readKernel();
    this.#isBuildRead = true;
  }

  async #readKernel(): Promise<void> {
    const extraSymvers = [...new Set([...this.settings.extraSymvers, ...this.#build.extraSymvers])];
    const hints = this.#build.kernelFolders;
    const before = this.#analysis.kernel.id;
    this.#analysis.setKernel(await openKernel({ setting: this.settings.kernel, hints, extraSymvers }));
    if (this.#analysis.kernel.id === before) return;
    this.#links.forget();
    this.#analysis.clearLinks();
  }

  /** Reads what the changed files reach, or everything. */
  #readBuildFiles(changed?: readonly string[]): void {
    const { kernel } = this.#analysis;
    const folders = [this.folder, kernel.folder, kernel.sourceFolder].filter((folder) => folder !== undefined);
    const closed = this.#isRecursive ? undefined : this.folder;
    const files = diskBuildFiles(folders, this.#open, closed);
    if (this.#buildReader?.kernel !== kernel) this.#buildReader = new BuildReader(this.folder, kernel);
    const build = this.#buildReader.read(files, changed);
    this.#build = { ...build, modules: build.modules.filter(this.#isWanted) };
    this.#analysis.setBuild(this.#build);
  }

  async #buildChanged(path: string): Promise<Snapshot> {
    if (!this.#isBuildRead) return this.snapshot;
    this.#readBuildFiles([path]);
    await this.#readSources({});
    return this.snapshot;
  }

  /** Members of modules, then what may be a module of its own; each with the `-I` folders it is compiled with. */
  async #readSources(options: LoadOptions): Promise<void> {
    const members = new Map<string, readonly string[]>();
    for (const module of this.#build.modules) {
      for (const { source, includes } of module.members) {
        if (source && sourcePattern.test(source)) members.set(source, includes);
      }
    }
    await this.#readUnits(members, options);
    const makefiles = new Set(this.#build.modules.flatMap((module) => module.at?.file ?? []));
    const unread = [...makefiles].filter((path) => !this.#analysis.facts(path));
    await this.#readInto(unread, { depth: 'tokens' }, options);
    if (!this.#build.isKernelTree && !this.#options.modules) await this.#readLoneSources(members, options);
    // A large workspace's modules piece by piece, so that the editor's questions come in between.
    await inSlices(this.#analysis.prepare(), options.signal);
  }

  async #readLoneSources(members: ReadonlyMap<string, unknown>, options: LoadOptions): Promise<void> {
    const lone = [...this.#scan.files].filter((path) => path.endsWith('.c') && !members.has(path));
    const unread = lone.filter((path) => !this.#analysis.facts(path));
    await this.#readInto(unread, { depth: 'tokens', needle: 'MODULE_LICENSE' }, options);
    // Those that were opened before the folder was read are among them: what they include is not known yet.
    await this.#readUnits(
      new Map(lone.filter((path) => this.#analysis.facts(path)).map((path) => [path, []])),
      options,
    );
  }

  /** Reads what of the sources and of the local files they include is not known yet, then what tokens left open. */
  async #readUnits(sources: ReadonlyMap<string, readonly string[]>, options: LoadOptions): Promise<void> {
    const folders = new Map(sources);
    let pending = [...sources.keys()];
    while (pending.length > 0) {
      const unread = pending.filter((path) => !this.#analysis.facts(path));
      await this.#readInto(unread, { depth: 'tokens' }, options);
      const next: string[] = [];
      for (const path of pending) {
        const from = folders.get(path) ?? [];
        for (const found of this.#localIncludes(path, from)) {
          if (folders.has(found)) continue;
          folders.set(found, from);
          next.push(found);
        }
      }
      pending = next;
    }
    await this.#refine(folders.keys(), options);
  }

  /** `-I` folders of the first member that reaches a file. */
  #foldersOf(path: string): readonly string[] {
    const member = this.#build.modules.flatMap((module) => module.members).find(({ source }) => source === path);
    return member?.includes ?? [];
  }

  #localIncludes(path: string, folders: readonly string[]): string[] {
    return (this.#analysis.facts(path)?.includes ?? []).flatMap((include) => {
      const candidates = includeCandidates(path, include, folders, this.folder);
      return candidates.find((file) => this.#scan.files.has(file) || this.#open.has(file)) ?? [];
    });
  }

  /** Files where a name that tokens cannot tell from a local is one that somebody exports are read with structure. */
  async #refine(paths: Iterable<string>, options: LoadOptions): Promise<void> {
    const { exports } = this.#analysis.kernel;
    const open = [...paths].filter((path) => {
      const uses = this.#analysis.facts(path)?.uses;
      return uses?.flags.some((flags, i) => flags & useIsUncertain && exports.get(uses.names[uses.name[i] ?? 0] ?? ''));
    });
    await this.#readInto(open, { depth: 'structure' }, options);
  }

  async #readInto(
    paths: readonly string[],
    how: { readonly depth: FileFacts['depth']; readonly needle?: string },
    { signal, onProgress }: LoadOptions,
  ): Promise<void> {
    const closed = paths.filter((path) => !this.#open.has(path));
    if (closed.length === 0) return;
    const what = how.depth === 'tokens' ? 'Reading' : 'Resolving names in';
    const message = `${what} ${closed.length.toLocaleString('en')} files`;
    let done = 0;
    const onRead = (files: readonly ReadFile[]) => {
      for (const file of files) this.#store(file);
      done += files.length;
      onProgress?.({ message, fraction: done / closed.length });
    };
    await this.#pool.read({ paths: closed, root: this.folder, ...how, onRead, signal });
  }

  #store({ path, facts, problem, isSkipped }: ReadFile): void {
    if (isSkipped || this.#open.has(path)) return;
    if (facts) this.#analysis.setFacts(path, facts);
    else this.#analysis.removeFacts(path);
    this.#analysis.setProblems(path, problem ? [problem] : (facts?.problems ?? []));
  }
}
