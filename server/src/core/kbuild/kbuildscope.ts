import { isAtLeast, type Kernel } from '../kernel/kernel';
import { join } from '../path';
import { standardHead, standardKbuild } from './kernelflags';
import { evaluateFile, evaluateText } from './make/evaluate';
import { Scope } from './make/scope';
import { literal, type Reason, unknownPiece, type Value, withoutPlaces } from './make/value';
import type { Variable } from './make/variable';
import { splitMakefileBuild } from './makefilebuild';
import { configured, type Environment, machineOf, type Notes, type Reading, report } from './reading';

/** How Kbuild is called for one folder. */
export interface KbuildCall {
  readonly path: string;
  /** The folder that `M=` names; `undefined` inside of a kernel's own tree. */
  readonly moduleRoot: string | undefined;
  /** The value of `$(obj)` and `$(src)`. */
  readonly obj: string;
  readonly srctree: string | undefined;
  /** Where the kernel is built; `undefined` if that is not known. */
  readonly objtree: string | undefined;
  readonly commandLine: ReadonlyMap<string, Value>;
  readonly environment: Environment;
  /** Why the folder may not be visited at all. */
  readonly when: Reason | undefined;
  /** Folders visited on the way, this one not among them. */
  readonly above: readonly string[];
}

export interface KbuildScope {
  readonly scope: Scope;
  /** Reads what Kbuild itself reads after a folder's own file: from then on there are `c_flags` and `a_flags`. */
  readonly finish: () => void;
}

/** What Kbuild knows before it reads the file of a folder. Problems of that file go into `notes`. */
export function openScope(reading: Reading, call: KbuildCall, notes: Notes): KbuildScope {
  const { kernel, files } = reading;
  const given = kbuildVariables(reading, call);
  let isOwn = true;
  const scope = new Scope(
    {
      files,
      cwd: workingFolder(reading, call),
      includeFolders: includeFolders(call),
      lookup: (name) => {
        const option = kernel.config.isKnown ? configured(kernel, name) : undefined;
        return given.get(name) ?? option ?? call.environment.get(name) ?? configured(kernel, name);
      },
      machine: machineOf(kernel),
      release: kernel.release,
      report: (problem) => {
        if (isOwn) report(notes, problem);
      },
      budget: reading.budget,
    },
    evaluateText,
  );
  const { variables, tail } = prelude(reading, call.srctree);
  for (const [name, variable] of variables) scope.variables.set(name, copy(variable));
  for (const [name, value] of call.commandLine) {
    scope.variables.set(name, { origin: 'command line', pieces: [...value], raw: [] });
  }
  const finish = (): void => {
    isOwn = false;
    evaluateText(scope, { file: undefined, text: tail });
    if (!scope.variables.has('c_flags')) evaluateText(scope, standardSource);
  };
  return { scope, finish };
}

const standardSource = { file: undefined, text: standardKbuild };

export function copy(variable: Variable): Variable {
  return { origin: variable.origin, pieces: variable.pieces && [...variable.pieces], raw: [...variable.raw] };
}

/** Kbuild runs in the kernel's build folder; for modules outside of it, from 6.13 on, in the module's. */
function workingFolder({ kernel }: Reading, { moduleRoot, srctree }: KbuildCall): string | undefined {
  if (moduleRoot === undefined) return srctree;
  return runsInModule(kernel) ? moduleRoot : kernel.folder;
}

/** The top Makefile hands `--include-dir=$(srctree)` down to every make below it. */
function includeFolders({ srctree, moduleRoot, path }: KbuildCall): string[] {
  return [...(srctree === undefined ? [] : [srctree]), moduleRoot ?? path];
}

/** Whether Kbuild runs in the folder of a module outside of the tree, so that nothing is built out of its sources. */
export function runsInModule({ version }: Kernel): boolean {
  return isAtLeast(version, 6, 13) === true;
}

function kbuildVariables(reading: Reading, call: KbuildCall): Map<string, Value> {
  const { kernel } = reading;
  const { version } = kernel;
  const text = (value: string): Value => [literal(value)];
  const tree = (value: string | undefined): Value =>
    value === undefined ? [unknownPiece({ text: "the kernel's folder", at: undefined })] : text(value);
  const given = new Map<string, Value>([
    ['src', text(call.obj)],
    ['obj', text(call.obj)],
    ['srctree', tree(call.srctree)],
    ['objtree', tree(call.objtree)],
    ['KERNELRELEASE', text(kernel.release)],
    ['MAKE', text('make')],
    // Of Kbuild's own definitions, those that makefiles use where a character would be taken as syntax.
    ['comma', text(',')],
    ['empty', []],
    ['space', text(' ')],
    ['quote', text('"')],
    ['squote', text("'")],
    ['pound', text('#')],
    ['CURDIR', tree(workingFolder(reading, call))],
    ['PWD', call.moduleRoot === undefined ? tree(call.srctree) : text(call.moduleRoot)],
  ]);
  if (version) {
    given.set('VERSION', text(String(version.major)));
    given.set('PATCHLEVEL', text(String(version.minor)));
    given.set('SUBLEVEL', text(String(version.patch)));
    given.set('KERNELVERSION', text(`${version.major}.${version.minor}.${version.patch}`));
  }
  if (call.moduleRoot !== undefined) {
    given.set('M', text(call.moduleRoot));
    given.set('KBUILD_EXTMOD', text(call.moduleRoot));
  }
  return given;
}

/** Flags are no places that a reader looks at, and they are the same wherever they are written. */
const placeless = /FLAGS|INCLUDE/;

/** What sub-makes get: exported variables, and those from above with the values they have now. */
export function exportsOf(scope: Scope, outer: Environment): Environment {
  let values: Map<string, Value> | undefined;
  for (const name of scope.variables.keys()) {
    const isExported = scope.isAllExported ? /^\w+$/.test(name) : scope.exported.has(name);
    if (scope.unexported.has(name) || !(isExported || outer.has(name))) continue;
    const value = scope.value(name);
    values ??= new Map(outer);
    values.set(name, placeless.test(name) ? withoutPlaces(value) : value);
  }
  return values ?? outer;
}

/** What a kernel's own files have around the file of a folder. */
interface Prelude {
  /** What Kbuild defines before it reads a folder: `cc-option`, `test-ge` and the like. */
  readonly variables: ReadonlyMap<string, Variable>;
  /** What it reads after the folder's file. */
  readonly tail: string;
}

function prelude(reading: Reading, srctree: string | undefined): Prelude {
  const { kernel, files, memory } = reading;
  const isCurrent = (): boolean => true;
  return memory.recall<Prelude>(files, `prelude ${srctree ?? ''}`, isCurrent, () => {
    const folder = srctree ?? reading.folder;
    const scope = new Scope(
      {
        files,
        cwd: folder,
        includeFolders: [folder],
        lookup: (name) => configured(kernel, name),
        machine: machineOf(kernel),
        release: kernel.release,
        report: () => undefined,
        budget: reading.budget,
      },
      evaluateText,
    );
    const build = srctree === undefined ? undefined : join(srctree, 'scripts/Makefile.build');
    const text = build === undefined || !files.exists(build) ? undefined : files.read(build);
    const own = text === undefined ? undefined : splitMakefileBuild(text);
    evaluateText(scope, { file: undefined, text: own?.head ?? standardHead });
    for (const name of ['src', 'obj', 'srcroot', 'objroot']) scope.variables.delete(name);
    const names = srctree === undefined ? [] : ['Kbuild.include', 'Makefile.compiler'];
    for (const name of names) evaluateFile(scope, join(folder, `scripts/${name}`));
    return { variables: scope.variables, tail: own?.tail ?? '' };
  });
}
