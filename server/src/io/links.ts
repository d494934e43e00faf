import { isDeepStrictEqual } from 'node:util';
import type { Analysis } from '../core/analysis';
import type { Problem } from '../core/finding';
import type { Build, BuildMember, BuildModule, MadeHeader } from '../core/kbuild/build';
import { preprocessorArguments } from '../core/kbuild/kernelflags';
import { nearby } from '../core/kbuild/madeheaders';
import { loneModule } from '../core/model/graph';
import { dirname } from '../core/path';
import type { CompilerChoice } from '../core/preprocess/compiler';
import { compilerFor, whyNoCompiler } from './compilers';
import type { HeaderFault, LinkRequest, LinkResult } from './linker';
import type { LoadOptions } from './options';
import type { ReaderPool } from './pool';

export interface LinkOptions extends LoadOptions {
  /** Only units of these modules. */
  readonly of?: (module: BuildModule) => boolean;
  /** Only these sources: they are looked up, so that one of a kernel's costs no more than one of a few. */
  readonly among?: Iterable<string>;
  /** Not these sources. */
  readonly except?: ReadonlySet<string>;
  /** For what is open and typed in: in a thread of its own, which remembers. */
  readonly isNear?: boolean;
  /** Waited for before each unit: somebody else may come first. */
  readonly turn?: () => Promise<void>;
  /** Whether a few units may be read in the calling thread, which is the faster way where nobody else needs it. */
  readonly isBlocking?: boolean;
  /** Only which symbols are asked for, not where. */
  readonly isBrief?: boolean;
}

/** So many changed files are told one by one; then everything is read anew. */
const mostChanges = 200;

/** Which units' exact symbol uses are known, and brings those that are not up to date. */
export class LinkState {
  readonly #folder: string;
  readonly #analysis: Analysis;
  readonly #pool: ReaderPool;
  /** Units that are up to date or on their way, by their source. */
  readonly #requests = new Map<string, LinkRequest>();
  /** Units on their way and those whose headers are not all there: what they read is not known. */
  readonly #unknown = new Set<string>();
  /** The first member of each source that a build names. */
  #members: { readonly build: Build; readonly bySource: ReadonlyMap<string, BuildMember> } | undefined;
  /** What is wrong with the kernel's headers: asked for once a unit finds some missing, and then known. */
  #fault: { readonly asked: string; readonly of: HeaderFault | undefined } | undefined;
  /** What the threads are told of the disk. */
  #disk: Pick<LinkRequest, 'generation' | 'changed'> = { generation: 0, changed: [] };

  constructor(folder: string, analysis: Analysis, pool: ReaderPool) {
    this.#folder = folder;
    this.#analysis = analysis;
    this.#pool = pool;
  }

  /** Why exact symbol uses cannot be had; `undefined` if they can. */
  get obstacle(): string | undefined {
    const { kernel } = this.#analysis;
    if (kernel.folder === undefined) return 'an embedded kernel has no headers';
    return compilerFor(kernel) ? undefined : whyNoCompiler(kernel);
  }

  /** Nothing that was read counts any more: every unit is to be read again. */
  forget(): void {
    this.#disk = { generation: this.#disk.generation + 1, changed: [] };
    this.#requests.clear();
  }

  /** Files on disk changed: what depends on them is to be read again. `wasThere` tells sources and headers of before. */
  filesChanged(paths: readonly string[], wasThere: (path: string) => boolean): void {
    const { generation, changed } = this.#disk;
    if (changed.length + paths.length > mostChanges) {
      this.forget();
      return;
    }
    this.#disk = { generation, changed: [...changed, ...paths] };
    for (const path of paths) {
      const readers = this.#analysis.linkedBy(path);
      // A file that is new may be found from now on; a Makefile says how all is compiled.
      if (readers.length === 0 && !wasThere(path) && !isLinkable(path)) this.#requests.clear();
      for (const source of [path, ...readers, ...this.#unknown]) this.#requests.delete(source);
    }
  }

  /** An open text became another one: its units are to be read again, and keep what is known of them until then. */
  edit(path: string, before: string, after: string): void {
    this.#requests.delete(path);
    if (before === after) return;
    for (const source of this.#analysis.moveLinks(path, before, after)) this.#requests.delete(source);
    // What is on its way may have been sent with the text of before.
    if (!isLinkable(path)) for (const source of this.#unknown) this.#requests.delete(source);
  }

  /** Reads the units that are not up to date; true if anything follows from what was read. An edit meanwhile makes its unit's result void. */
  async bring(build: Build, open: ReadonlyMap<string, string>, options: LinkOptions): Promise<boolean> {
    const compiler = this.obstacle === undefined ? compilerFor(this.#analysis.kernel) : undefined;
    if (compiler === undefined) return false;
    let isAnyNew = false;
    this.#followFlags(build);
    const requests = this.#missing(compiler, build, open, options);
    const message = `Following the headers of ${requests.length.toLocaleString('en')} sources`;
    const left = new Set(requests);
    const lacking = new Map<LinkRequest, LinkResult>();
    const onLinked = (request: LinkRequest, result: LinkResult) => {
      left.delete(request);
      if ('missingHeaders' in result) lacking.set(request, result);
      if (this.#requests.get(request.path) === request) {
        if (this.#store(request.path, result)) isAnyNew = true;
      }
      options.onProgress?.({ message, fraction: 1 - left.size / requests.length });
    };
    for (const { path } of requests) this.#unknown.add(path);
    try {
      await this.#pool.link(requests, onLinked, options);
    } finally {
      // What was not reached is for the next time.
      for (const request of left) if (this.#requests.get(request.path) === request) this.#requests.delete(request.path);
    }
    await this.#checkKernel(build, requests[0], lacking, options);
    return isAnyNew;
  }

  /** Says once of the kernel what would else be said of each unit that lacks headers. */
  async #checkKernel(
    build: Build,
    like: LinkRequest | undefined,
    lacking: ReadonlyMap<LinkRequest, LinkResult>,
    options: LinkOptions,
  ): Promise<void> {
    const { folder, release } = this.#analysis.kernel;
    const asked = `${this.#disk.generation} ${this.#disk.changed.length}`;
    const isWorthIt = lacking.size > 0 || this.#fault?.of !== undefined;
    if (like === undefined || folder === undefined || !isWorthIt || this.#fault?.asked === asked) return;
    const path = `${folder}/untainted-check.c`;
    const flags = loneModule(path).members.map((member) => preprocessorArguments(member, build))[0];
    if (!flags) return;
    const of = await this.#pool.check({ ...like, path, arguments: flags, open: {} }, options);
    this.#fault = { asked, of };
    this.#analysis.setProblems('kernel headers', of ? [faultProblem(of, folder, release)] : []);
    for (const [{ path: source }, result] of lacking) this.#tell(source, result);
  }

  /** Tells what is not known of a unit, but for what is told of the kernel. */
  #tell(source: string, result: LinkResult): void {
    const ofKernel = this.#fault?.of?.missing ?? [];
    const missing = 'missingHeaders' in result ? result.missingHeaders.filter((name) => !ofKernel.includes(name)) : [];
    const own = 'missingHeaders' in result ? { missingHeaders: missing } : result;
    const isTold = 'missingHeaders' in result && missing.length === 0;
    this.#analysis.setProblems(`link ${source}`, isTold ? [] : problemsOf(source, own));
  }

  /** False if nothing is known that was not before. */
  #store(source: string, result: LinkResult): boolean {
    if ('facts' in result) this.#unknown.delete(source);
    // Half-typed code says nothing of what it will be: what was known of it before is as good as can be had.
    if ('unclosed' in result && this.#analysis.isLinked(source)) return false;
    const isNew = this.#analysis.setLink(source, 'facts' in result ? result : undefined);
    this.#tell(source, result);
    return isNew || !('facts' in result);
  }

  #missing(
    compiler: CompilerChoice,
    build: Build,
    texts: ReadonlyMap<string, string>,
    { of, among, except, isBrief = false }: LinkOptions,
  ): LinkRequest[] {
    const { kernel } = this.#analysis;
    const roots = [this.#folder, kernel.folder, kernel.sourceFolder].filter((folder) => folder !== undefined);
    const open = Object.fromEntries(texts);
    const requests: LinkRequest[] = [];
    for (const member of among ? this.#lookUp(among) : this.#all(build, of)) {
      const { source } = member;
      if (source === undefined || !isLinkable(source) || except?.has(source)) continue;
      if (this.#requests.has(source) || !this.#analysis.facts(source)) continue;
      const flags = preprocessorArguments(member, build);
      const made = nearby(build.madeHeaders, [dirname(source), ...flags.includes.map(({ path }) => path)]);
      const request = { path: source, arguments: flags, compiler, roots, open, made, isBrief, ...this.#disk };
      this.#requests.set(source, request);
      requests.push(request);
    }
    return requests;
  }

  #all(build: Build, of: (module: BuildModule) => boolean = () => true): BuildMember[] {
    const lone = this.#analysis.snapshot().modules.filter((module) => module.at === undefined);
    const modules = [...build.modules, ...lone.map(({ path }) => loneModule(`${path}.c`))];
    return modules.filter(of).flatMap((module) => module.members);
  }

  /** An edit of a Makefile can give a unit other flags: it is to be read again. */
  #followFlags(build: Build): void {
    if (build === this.#members?.build) return;
    const members = build.modules.flatMap((module) => module.members);
    const bySource = new Map(members.toReversed().map((member) => [member.source ?? '', member]));
    this.#members = { build, bySource };
    for (const [source, known] of this.#requests) {
      const member = bySource.get(source);
      if (member && !isDeepStrictEqual(preprocessorArguments(member, build), known.arguments))
        this.#requests.delete(source);
    }
  }

  #lookUp(sources: Iterable<string>): BuildMember[] {
    return [...sources].flatMap((source) => this.#members?.bySource.get(source) ?? this.#lone(source));
  }

  #lone(source: string): readonly BuildMember[] {
    const isLone = this.#analysis
      .snapshot()
      .modulesOf(source)
      .some(({ at, path }) => !at && `${path}.c` === source);
    return isLone ? loneModule(source).members : [];
  }
}

/** Whether it is a source that can be preprocessed and read to the end. */
function isLinkable(path: string): boolean {
  return path.endsWith('.c') || path.endsWith('.S');
}

function problemsOf(source: string, result: LinkResult): Problem[] {
  if ('facts' in result) return result.unmade.map(unmadeProblem);
  const then = 'only its direct uses are known';
  if ('unclosed' in result) {
    return [{ message: `A bracket of '${source}' is never closed: ${then}`, ...result.unclosed }];
  }
  if ('unknownAssembler' in result) {
    const message = `The assembler of '${result.unknownAssembler}' is not known, so nothing is known of '${source}'.`;
    return [{ message, file: source }];
  }
  const message = `'${result.missingHeaders[0]}', which '${source}' includes, was not found: ${then}`;
  return [{ message, file: source }];
}

function faultProblem({ missing, error, unclosed }: HeaderFault, folder: string, release: string): Problem {
  const [header] = missing;
  const isMade =
    header !== undefined && /^(?:generated|asm|config)\/|(?:^|\/)(?:autoconf|bounds|asm-offsets)\.h$/.test(header);
  const what =
    header !== undefined ? `'${header}' is not there` : (error?.message ?? 'a bracket in them is never closed');
  const advice = isMade
    ? `run 'make modules_prepare' in '${folder}', or install the whole package of its headers`
    : 'install the whole package of its headers, or choose another kernel';
  const at = header === undefined ? (unclosed ?? error) : undefined;
  return {
    message: `The headers of ${release} cannot be followed from <linux/module.h> on: ${what}. Only direct uses are known of all modules; ${advice}.`,
    file: at?.file ?? folder,
    ...(at?.span && { span: at.span }),
  };
}

/** The same for every unit that includes the header. */
function unmadeProblem({ path, at }: MadeHeader): Problem {
  const message = `'${path}' is made by the build and is not there: what only it brings in is not known. Build once.`;
  return { message, ...at };
}
