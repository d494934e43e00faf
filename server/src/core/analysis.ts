import type { Problem } from './finding';
import { type Build, noBuild } from './kbuild/build';
import type { Kernel } from './kernel/kernel';
import { ModelBuilder } from './model/build';
import { Links, type UnitLink } from './model/links';
import type { Module, SourceFile } from './model/module';
import { type Snapshot, Stale } from './model/snapshot';
import type { FileFacts } from './syntax/facts';

/** The only writer: takes facts, build and kernel, and hands out snapshots of what follows from them. */
export class Analysis {
  readonly #folder: string;
  readonly #facts = new Map<string, FileFacts>();
  readonly #problems = new Map<string, readonly Problem[]>();
  /** Those of the parts, of the kernel and of the build together, until one of them changes. */
  #allProblems: readonly Problem[] | undefined;
  readonly #links = new Links();
  #kernel: Kernel;
  #build: Build = noBuild;
  #revision = 0;
  /** How many revisions come from links alone. */
  #brought = 0;
  #builder: ModelBuilder | undefined;
  #snapshot: Snapshot | undefined;

  /** `folder` is what the user opened: names of modules are relative to it, includes stay inside. */
  constructor(kernel: Kernel, folder = '/') {
    this.#kernel = kernel;
    this.#folder = folder;
  }

  setKernel(kernel: Kernel): void {
    if (kernel === this.#kernel) return;
    this.#kernel = kernel;
    this.#allProblems = undefined;
    this.#invalidate();
  }

  setBuild(build: Build): void {
    this.#build = build;
    this.#allProblems = undefined;
    this.#invalidate();
  }

  /** Problems of reading, by the file or part they belong to; an empty list forgets them. */
  setProblems(key: string, problems: readonly Problem[]): void {
    if (problems.length === 0 && !this.#problems.has(key)) return;
    if (problems.length === 0) this.#problems.delete(key);
    else this.#problems.set(key, problems);
    this.#allProblems = undefined;
    this.#touch();
  }

  setFacts(path: string, facts: FileFacts): void {
    const before = this.#facts.get(path);
    this.#facts.set(path, facts);
    if (before && this.#builder?.update(path, before, facts)) this.#touch();
    else this.#invalidate();
  }

  removeFacts(path: string): void {
    if (this.#facts.delete(path)) this.#invalidate();
  }

  /** What a unit asks the linker for; `undefined` where that cannot be known. False if nothing follows from it. */
  setLink(source: string, link: UnitLink | undefined): boolean {
    const isNew = link ? this.#links.set(source, link) : this.#links.delete(source);
    if (!isNew) return false;
    this.#relinked([source]);
    this.#brought++;
    return true;
  }

  isLinked(source: string): boolean {
    return this.#links.get(source) !== undefined;
  }

  /** Forgets every unit's link: another kernel answers. */
  clearLinks(): void {
    this.#links.clear();
    this.#invalidate();
  }

  /** A text became another one: links keep their places until `setLink` brings new ones. Gives the sources concerned. */
  moveLinks(path: string, before: string, after: string): readonly string[] {
    const sources = this.#links.edit(path, before, after);
    if (sources.length > 0) this.#relinked(sources);
    return sources;
  }

  /** Sources whose links were read from a file. */
  linkedBy(path: string): readonly string[] {
    return this.#links.readers(path);
  }

  #relinked(sources: readonly string[]): void {
    this.#builder?.relink(sources);
    this.#touch();
  }

  facts(path: string): FileFacts | undefined {
    return this.#facts.get(path);
  }

  get kernel(): Kernel {
    return this.#kernel;
  }

  /** Derives in small steps what the next snapshot's modules need; stop at any step, the rest follows when asked for. */
  *prepare(): Generator<void> {
    const revision = this.#revision;
    for (const _step of this.#currentBuilder().prepare()) {
      yield;
      if (this.#revision !== revision) return;
    }
  }

  snapshot(): Snapshot {
    this.#snapshot ??= this.#take();
    return this.#snapshot;
  }

  #take(): Snapshot {
    const revision = this.#revision;
    const builder = this.#currentBuilder();
    const current = <T>(value: T): T => {
      if (this.#revision !== revision) throw new Stale();
      return value;
    };
    this.#allProblems ??= distinct([
      ...this.#kernel.problems,
      ...this.#build.problems,
      ...[...this.#problems.values()].flat(),
    ]);
    return {
      revision,
      changes: revision - this.#brought,
      kernel: this.#kernel,
      problems: this.#allProblems,
      get modules(): readonly Module[] {
        return current(builder).modules();
      },
      file: (path: string): SourceFile | undefined => current(builder).file(path),
      modulesOf: (path: string): readonly Module[] => current(builder).modulesOf(path),
      files: () => current(this.#facts).keys(),
    };
  }

  #currentBuilder(): ModelBuilder {
    this.#builder ??= new ModelBuilder(this.#folder, this.#facts, this.#kernel, this.#build, this.#links);
    return this.#builder;
  }

  #invalidate(): void {
    this.#builder = undefined;
    this.#touch();
  }

  #touch(): void {
    this.#revision++;
    this.#snapshot = undefined;
  }
}

/** Each once: many units say the same of a header that they share. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  const keyOf = ({ message, file, span }: Problem): string => `${file ?? ''}\n${span?.start ?? ''}\n${message}`;
  return [...new Map(problems.map((problem) => [keyOf(problem), problem])).values()];
}
