import type { Flag } from './build';
import { type FlagViews, flagKey, folders, preprocessorFlags, shellWords, viewFlags } from './flags';
import { type KbuildCall, openScope } from './kbuildscope';
import { matchPattern } from './make/pattern';
import type { Scope } from './make/scope';
import { knownText, literal, type Piece, plain, type Value, words } from './make/value';
import { includeFolder } from './ownplace';
import { type Environment, emptyNotes, type Reading } from './reading';

/** Flags of one object. */
export interface ObjectFlags extends FlagViews {
  readonly flags: readonly Flag[];
  readonly names: readonly Flag[];
}

type Kind = 'c_flags' | 'a_flags';

const nameFlags = ['modfile_flags', 'basename_flags', 'modname_flags'];

/** Tells the flags of the objects of one folder, whose scope was finished. */
export class FolderFlags {
  readonly #reading: Reading;
  readonly #scope: Scope;
  readonly #call: KbuildCall;
  /** Composite objects of the folder by the objects that they are linked from. */
  readonly #owners: ReadonlyMap<string, readonly string[]>;
  readonly #shared = new Map<string, FlagViews & { readonly flags: readonly Flag[] }>();
  readonly #special = new Set<string>();
  /** Which of the variables for names are among the flags, as the last expansion had them. */
  readonly #nameParts = new Map<Kind, readonly string[]>();

  constructor(reading: Reading, scope: Scope, call: KbuildCall, owners: ReadonlyMap<string, readonly string[]>) {
    this.#reading = reading;
    this.#scope = scope;
    this.#call = call;
    this.#owners = owners;
    for (const name of scope.variables.keys()) {
      if (!name.endsWith('.o')) continue;
      for (let at = name.indexOf('_'); at >= 0; at = name.indexOf('_', at + 1)) this.#special.add(name.slice(at + 1));
    }
  }

  /** Flags for the object that the makefile names with `word`. */
  of(word: string, source: string | undefined): ObjectFlags {
    const kind: Kind = source?.endsWith('.S') ? 'a_flags' : 'c_flags';
    const own = this.#own(word);
    const isSpecial =
      own.some(([, value]) => plain(value) === undefined) ||
      this.#special.has(word) ||
      this.#special.has(word.slice(word.lastIndexOf('/') + 1));
    const key = [kind, isSpecial ? word : '', ...own.map(([name, value]) => `${name}=${knownText(value)}`)].join('\n');
    let shared = this.#shared.get(key);
    if (!shared) {
      const flags = this.#expand(kind, isSpecial ? word : '?.o', own).map((flag) => this.#marked(flag));
      shared = { flags, ...viewFlags(flags) };
      this.#shared.set(key, shared);
    }
    return { ...shared, names: this.#names(kind, word) };
  }

  /** Variables that have another value for this object. */
  #own(word: string): (readonly [string, Value])[] {
    const names = [word, `${this.#call.obj}/${word}`];
    const isMeant = ({ unknown, text }: Piece): boolean =>
      !unknown &&
      names.some((name) => matchPattern(name, text.replaceAll('//', '/').replace(/^\.\//, '')) !== undefined);
    const values = new Map<string, Value>();
    for (const { targets, name, operator, source, start, end, when } of this.#scope.targetVariables) {
      if (!words(targets).some(isMeant)) continue;
      const before = values.get(name) ?? this.#scope.value(name);
      if (operator === '?=' && before.length > 0) continue;
      const value = this.#scope.expand(source, start, end).map((piece) => (when ? { ...piece, when } : piece));
      values.set(name, operator === '+=' ? [...before, literal(' '), ...value] : value);
    }
    return [...values];
  }

  #marked(flag: Flag): Flag {
    return kernelFlags(this.#reading, this.#call).keys.has(flagKey(flag)) ? { ...flag, isKernels: true } : flag;
  }

  #placed(flag: Flag): Flag {
    if (!folders.has(flag.option)) return flag;
    const value = includeFolder(flag.value, this.#reading, this.#call);
    return value === flag.value ? flag : { ...flag, value };
  }

  /** What names the object and its module; which of it there is differs between versions, and in assembler sources. */
  #names(kind: Kind, word: string): readonly Flag[] {
    const parts = this.#nameParts.get(kind) ?? [];
    const stem = word.replace(/\.o$/, '');
    const owners = this.#owners.get(word) ?? [stem.slice(stem.lastIndexOf('/') + 1)];
    // Older kernels have one variable for the names, which are joined in it already.
    const [name, between] = this.#scope.variables.has('__modname') ? ['__modname', ' '] : ['modname', ':'];
    const locals = this.#locals(word, [[name, [literal(owners.join(between))]]]);
    const value = this.#scope.withLocals(locals, () =>
      parts.flatMap((part) => [literal(' '), ...this.#scope.value(part)]),
    );
    return preprocessorFlags(shellWords(value), undefined, () => false);
  }

  #expand(kind: Kind, word: string, more: readonly (readonly [string, Value])[]): Flag[] {
    const probes = nameFlags.map((name): [string, Value] => [name, [literal(` -DPROBE_${name} `)]]);
    const value = this.#scope.withLocals(this.#locals(word, [...probes, ...more]), () => this.#scope.value(kind));
    const { files } = this.#reading;
    const all = preprocessorFlags(shellWords(value), this.#scope.world.cwd, (path) => files.exists(path));
    const isProbe = ({ value }: Flag, name: string): boolean => value === `PROBE_${name}`;
    const parts = nameFlags.filter((name) => all.some((flag) => isProbe(flag, name)));
    this.#nameParts.set(kind, parts);
    const flags = parts.length === 0 ? all : all.filter((flag) => !parts.some((name) => isProbe(flag, name)));
    return flags.map((flag) => this.#placed(flag));
  }

  #locals(word: string, more: readonly (readonly [string, Value])[]): Map<string, Value> {
    const text = (value: string): Value => [literal(value)];
    return new Map<string, Value>([
      ['@', text(`${this.#call.obj}/${word}`)],
      ['*', text(word.replace(/\.o$/, ''))],
      ['part-of-module', text('y')],
      ...more,
    ]);
  }
}

/** The composite objects among the given ones, by the objects they are linked from. */
export function ownersOf(scope: Scope, objects: readonly Piece[]): Map<string, readonly string[]> {
  const owners = new Map<string, string[]>();
  for (const object of objects) {
    if (object.unknown || !object.text.endsWith('.o')) continue;
    const stem = object.text.slice(0, -2);
    for (const suffix of ['-objs', '-y', '-m']) {
      for (const part of words(scope.value(stem + suffix))) {
        const known = owners.get(part.text);
        if (!known) owners.set(part.text, [stem]);
        else if (!known.includes(stem)) known.push(stem);
      }
    }
  }
  for (const list of owners.values()) list.sort();
  return owners;
}

interface KernelFlags {
  /** Of C sources. */
  readonly flags: readonly Flag[];
  /** Of assembler sources. */
  readonly assemblerFlags: readonly Flag[];
  readonly keys: ReadonlySet<string>;
}

const ofEnvironment = new WeakMap<Environment, KernelFlags>();

/** What a folder without any flags of its own is compiled with. */
export function kernelFlags(reading: Reading, call: KbuildCall): KernelFlags {
  const { base } = reading;
  const known = ofEnvironment.get(base);
  if (known) return known;
  const bare = { ...call, obj: '.', environment: base, commandLine: new Map() };
  const { scope, finish } = openScope(reading, bare, emptyNotes());
  finish();
  // Held against a ring: the flags of the bare folder are all the kernel's.
  ofEnvironment.set(base, { flags: [], assemblerFlags: [], keys: new Set() });
  const folder = new FolderFlags(reading, scope, bare, new Map());
  const flagsOf = (source: string): Flag[] =>
    folder.of('?.o', source).flags.map((flag) => ({ ...flag, isKernels: true }));
  const flags = flagsOf('?.c');
  const assemblerFlags = flagsOf('?.S');
  const found = { flags, assemblerFlags, keys: new Set([...flags, ...assemblerFlags].map(flagKey)) };
  ofEnvironment.set(base, found);
  return found;
}
