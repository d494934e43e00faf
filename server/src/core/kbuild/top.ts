import type { Problem } from '../finding';
import type { Kernel } from '../kernel/kernel';
import { join } from '../path';
import { exportsOf, runsInModule } from './kbuildscope';
import { standardTop } from './kernelflags';
import { evaluateFile, evaluateText } from './make/evaluate';
import { Scope } from './make/scope';
import { literal, type Piece, space, unknownPiece, type Value, words } from './make/value';
import { configured, type Environment, emptyEnvironment, machineOf, type Reading, report } from './reading';
import { standardParts } from './standardtop';

/** What a kernel's top Makefile makes of a tree. */
export interface Top {
  /** What it hands down to every folder. */
  readonly environment: Environment;
  /** The folder below `arch` that the configuration is for. */
  readonly arch: string | undefined;
  readonly scope: Scope;
  /** Why a part of the standard layout is taken instead of what the Makefile says. */
  readonly problem: Problem | undefined;
}

export interface TopCall {
  readonly srctree: string;
  readonly objtree: string;
  /** Folder of modules outside of the tree; empty for the kernel itself. */
  readonly moduleRoot: string;
}

/** Reads the top Makefile of a kernel as make does that builds modules. */
export function readTop(reading: Reading, call: TopCall): Top {
  const arch = architecture(reading, call.srctree);
  const missing = unknownPiece({ text: 'the architecture', at: undefined });
  const arches: Value = [arch === undefined ? missing : literal(arch)];
  const scope = topScope(reading, call, arches);
  evaluateFile(scope, join(call.srctree, 'Makefile'));
  const environment = new Map(exportsOf(scope, emptyEnvironment));
  environment.set('SRCARCH', arches);
  if (!environment.has('ARCH')) environment.set('ARCH', arches);
  const { values, problem } = standardParts(reading, { ...call, arch }, scope);
  for (const [name, value] of values) environment.set(name, value);
  return { environment, arch, scope, problem };
}

/** What Kbuild finds in its environment for modules outside of a kernel's tree. */
export function moduleEnvironment(reading: Omit<Reading, 'base'>): Environment {
  const { srctree, kernel, files, folder, memory } = reading;
  const bare: Reading = { ...reading, base: emptyEnvironment };
  const isCurrent = (): boolean => true;
  const found = memory.recall<Pick<Top, 'environment' | 'problem'>>(files, 'modules', isCurrent, () => {
    if (srctree !== undefined) {
      const top = readTop(bare, { srctree, objtree: kernel.folder ?? srctree, moduleRoot: folder });
      const { environment, problem } = top;
      if (environment.has('KBUILD_CFLAGS')) {
        return { environment: memory.environment('modules', environment), problem };
      }
    }
    const scope = new Scope(topWorld(bare, folder, folder), evaluateText);
    evaluateText(scope, { file: undefined, text: standardTop });
    scope.isAllExported = true;
    return { environment: exportsOf(scope, emptyEnvironment), problem: undefined };
  });
  if (found.problem) report(reading, found.problem);
  return found.environment;
}

/** Variables for the top Makefile that flags are added from, and the ones they are added to. */
const userFlags = [
  ['KCPPFLAGS', 'KBUILD_CPPFLAGS'],
  ['KCFLAGS', 'KBUILD_CFLAGS'],
  ['KAFLAGS', 'KBUILD_AFLAGS'],
] as const;

/** The environment of Kbuild when a makefile calls it with variables of its own. */
export function calledEnvironment(
  reading: Reading,
  caller: Environment,
  commandLine: ReadonlyMap<string, Value>,
  key: string,
): Environment {
  const added = userFlags.filter(([name]) => commandLine.has(name) || caller.has(name));
  if (caller.size === 0 && added.length === 0) return reading.base;
  const environment = new Map([...caller, ...reading.base]);
  for (const [name, into] of added) {
    const more = commandLine.get(name) ?? caller.get(name) ?? [];
    environment.set(into, [...(environment.get(into) ?? []), space, ...more]);
  }
  return reading.memory.environment(key, environment);
}

/** Folders below `arch` whose option has another name. User mode comes first: it has the machine's own option besides. */
const otherFolders: readonly (readonly [option: string, folder: string])[] = [
  ['CONFIG_UML', 'um'],
  ['CONFIG_PPC', 'powerpc'],
  ['CONFIG_SUPERH', 'sh'],
];

/** The folder below `arch` that the configuration is for: the option of its name is on. */
function architecture(reading: Reading, folder: string): string | undefined {
  const { config } = reading.kernel;
  const folders = reading.files.list(join(folder, 'arch')).filter((name) => name.endsWith('/'));
  const names = folders.map((name) => name.slice(0, -1));
  const other = otherFolders.find(([option, name]) => config.get(option) === 'y' && names.includes(name));
  return other?.[1] ?? names.find((name) => config.get(`CONFIG_${name.toUpperCase()}`) === 'y');
}

/**
 * Questions to the compiler, answered as one that knows all the options it is asked for: none of these options concerns
 * the preprocessor, and what an assembler knew in the days of `as-instr` every assembler knows now.
 */
const compilerAnswers = Object.entries({
  'cc-option': '$(1)',
  'cc-option-yn': 'y',
  'cc-disable-warning': '',
  'as-option': '$(1)',
  'as-instr': '$(2)',
  'ld-option': '$(1)',
  'rustc-option': '',
});

/** What the top Makefile of a kernel before 4.20 asks the compiler for and the configuration says as well. */
function compilerNames({ config }: Kernel): [name: string, value: string][] {
  const is = (option: string): boolean => config.get(option) === 'y';
  // As clang says of itself to who asks for the version of gcc.
  if (is('CONFIG_CC_IS_CLANG'))
    return [
      ['cc-name', 'clang'],
      ['cc-version', '0402'],
    ];
  const [, major, minor] = /^(\d{1,2})(\d\d)\d\d$/.exec(config.get('CONFIG_GCC_VERSION') ?? '') ?? [];
  if (!is('CONFIG_CC_IS_GCC') || major === undefined || minor === undefined) return [];
  return [
    ['cc-name', 'gcc'],
    ['cc-version', major.padStart(2, '0') + minor],
  ];
}

function topScope(reading: Reading, call: TopCall, arches: Value): Scope {
  const { kernel } = reading;
  const { srctree, objtree, moduleRoot } = call;
  const cwd = moduleRoot !== '' && runsInModule(kernel) ? moduleRoot : objtree;
  const fixed = Object.entries({
    srctree,
    objtree,
    abs_srctree: srctree,
    abs_objtree: objtree,
    // Before 5.3, what tells a build out of the sources; later top Makefiles do not ask.
    KBUILD_SRC: objtree === srctree ? '' : srctree,
    sub_make_done: '1',
    MAKECMDGOALS: 'modules',
    // The flags of the make that the top Makefile calls for itself.
    MAKEFLAGS: 'rR --no-print-directory',
    CURDIR: cwd,
    srcroot: cwd === objtree ? srctree : cwd,
    KERNELRELEASE: kernel.release,
    KBUILD_EXTMOD: moduleRoot,
  });
  const scope = new Scope(topWorld(reading, objtree, srctree), evaluateText);
  const set = (name: string, pieces: Piece[]): void => {
    scope.variables.set(name, { origin: 'command line', pieces, raw: [] });
  };
  for (const [name, value] of fixed) set(name, value === '' ? [] : [literal(value)]);
  for (const name of ['ARCH', 'SRCARCH']) set(name, [...arches]);
  for (const [name, value] of compilerNames(kernel)) set(name, [literal(value)]);
  for (const [name, text] of compilerAnswers) {
    const fragment = { source: { file: undefined, text }, start: 0, end: text.length, when: undefined };
    scope.variables.set(name, { origin: 'command line', pieces: undefined, raw: [fragment] });
  }
  return scope;
}

/** The top Makefile runs where the kernel is built and includes what lies in its sources. */
function topWorld(reading: Reading, cwd: string, source: string): Scope['world'] {
  const { kernel, files, budget } = reading;
  return {
    files,
    cwd,
    includeFolders: [source],
    lookup: (name) => configured(kernel, name),
    machine: machineOf(kernel),
    release: kernel.release,
    // The top Makefile asks for much that has no bearing on modules.
    report: () => undefined,
    budget,
  };
}

/** The folders that the top Makefile begins with; those that a top Kbuild file lists are left to it. */
export function topFolders(scope: Scope, isListedByKbuild: boolean): Piece[] {
  // Before 5.19 the top Makefile lists the folders; since then the top Kbuild file does.
  const listed = words(scope.value('vmlinux-dirs'));
  const lists = ['init-', 'core-', 'drivers-', 'net-', 'libs-', 'virt-'];
  const all = listed.length > 0 ? listed : lists.flatMap((name) => words(scope.value(`${name}y`)));
  const modular = lists.flatMap((name) => words(scope.value(`${name}m`)));
  const roots = isListedByKbuild ? [literal('.'), ...modular] : [...all, ...modular];
  const isFolder = (root: Piece): boolean => isListedByKbuild || root.text.endsWith('/') || listed.length > 0;
  return roots.filter((root) => !root.unknown && isFolder(root));
}
