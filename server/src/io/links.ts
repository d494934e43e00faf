import type { Analysis } from '../core/analysis';
import type { Build, BuildModule } from '../core/kbuild/build';
import { preprocessorArguments } from '../core/kbuild/kernelflags';
import { loneModule } from '../core/model/graph';
import { compilerFor } from './compilers';
import type { LinkRequest, LinkResult } from './linker';
import type { LoadOptions } from './options';
import type { ReaderPool } from './pool';

export interface LinkOptions extends LoadOptions {
  /** Only units of these modules. */
  readonly of?: (module: BuildModule) => boolean;
  /** Sources to begin with. */
  readonly first?: (source: string) => boolean;
  /** Whether a few units may be read in the calling thread, which is the faster way where nobody else needs it. */
  readonly isBlocking?: boolean;
}

/** Which units' exact symbol uses are known, and brings those that are not up to date. */
export class LinkState {
  readonly #folder: string;
  readonly #analysis: Analysis;
  readonly #pool: ReaderPool;
  /** Units that are up to date or on their way, by their source. */
  readonly #requests = new Map<string, LinkRequest>();
  #generation = 0;

  constructor(folder: string, analysis: Analysis, pool: ReaderPool) {
    this.#folder = folder;
    this.#analysis = analysis;
    this.#pool = pool;
  }

  /** Why exact symbol uses cannot be had; `undefined` if they can. */
  get obstacle(): string | undefined {
    const { kernel } = this.#analysis;
    if (kernel.folder === undefined) return 'an embedded kernel has no headers';
    return compilerFor(kernel) ? undefined : "the kernel's architecture is not known or has no compiler data";
  }

  /** Files on disk changed: every unit is to be read again. */
  forget(): void {
    this.#generation++;
    this.#requests.clear();
  }

  /** An open text became another one: its units are to be read again, and keep what is known of them until then. */
  edit(path: string, before: string, after: string): void {
    this.#requests.delete(path);
    if (before === after) return;
    for (const source of this.#analysis.moveLinks(path, before, after)) this.#requests.delete(source);
  }

  /** Reads the units that are not up to date. An edit meanwhile makes the result of its unit void. */
  async bring(build: Build, open: ReadonlyMap<string, string>, options: LinkOptions): Promise<void> {
    const compiler = this.obstacle === undefined ? compilerFor(this.#analysis.kernel) : undefined;
    if (compiler === undefined) return;
    const requests = this.#missing(compiler, build, open, options.of ?? (() => true));
    const { first } = options;
    if (first) requests.sort((a, b) => Number(first(b.path)) - Number(first(a.path)));
    const message = `Following the headers of ${requests.length.toLocaleString('en')} sources`;
    const left = new Set(requests);
    const onLinked = (request: LinkRequest, result: LinkResult) => {
      left.delete(request);
      if (this.#requests.get(request.path) === request) this.#store(request.path, result);
      options.onProgress?.({ message, fraction: 1 - left.size / requests.length });
    };
    const { isBlocking = false, signal } = options;
    try {
      await this.#pool.link(requests, onLinked, { isBlocking, signal });
    } finally {
      // What was not reached is for the next time.
      for (const request of left) if (this.#requests.get(request.path) === request) this.#requests.delete(request.path);
    }
  }

  #store(source: string, result: LinkResult): void {
    this.#analysis.setLink(source, 'facts' in result ? result : undefined);
    const missing = 'facts' in result ? undefined : result.missingHeaders[0];
    const message = `'${missing}', which '${source}' includes, was not found: only its direct uses are known`;
    this.#analysis.setProblems(`link ${source}`, missing === undefined ? [] : [{ message, file: source }]);
  }

  #missing(
    compiler: string,
    build: Build,
    texts: ReadonlyMap<string, string>,
    isWanted: (module: BuildModule) => boolean,
  ): LinkRequest[] {
    const { kernel } = this.#analysis;
    const roots = [this.#folder, kernel.folder, kernel.sourceFolder].filter((folder) => folder !== undefined);
    const open = Object.fromEntries(texts);
    const lone = this.#analysis.snapshot().modules.filter((module) => module.at === undefined);
    const modules = [...build.modules, ...lone.map(({ path }) => loneModule(`${path}.c`))].filter(isWanted);
    const requests: LinkRequest[] = [];
    for (const member of modules.flatMap((module) => module.members)) {
      const { source } = member;
      if (!source?.endsWith('.c') || this.#requests.has(source) || !this.#analysis.facts(source)) continue;
      const flags = preprocessorArguments(member, build);
      const request = { path: source, arguments: flags, compiler, roots, open, generation: this.#generation };
      this.#requests.set(source, request);
      requests.push(request);
    }
    return requests;
  }
}
