import type { Build, BuildFiles } from '../../server/src/core/kbuild/build';
import { readBuild } from '../../server/src/core/kbuild/read';
import type { Kernel } from '../../server/src/core/kernel/kernel';

/** Files in memory, by their path below `/w`, or absolute. Remembers what was asked for. */
export class MemoryFiles implements BuildFiles {
  readonly asked: string[] = [];
  readonly #files = new Map<string, string>();
  readonly #times: Readonly<Record<string, number>> | undefined;

  /** `times` says when files were written, 1 for those not in it; without it nobody knows. */
  constructor(files: Readonly<Record<string, string>>, times?: Readonly<Record<string, number>>) {
    this.#times = times;
    for (const [path, text] of Object.entries(files)) this.#files.set(path.startsWith('/') ? path : `/w/${path}`, text);
  }

  read(path: string): string | undefined {
    this.asked.push(path);
    return this.#files.get(path);
  }

  exists(path: string): boolean {
    this.asked.push(path);
    return this.#files.has(path) || [...this.#files.keys()].some((each) => each.startsWith(`${path}/`));
  }

  list(folder: string): readonly string[] {
    this.asked.push(folder);
    const names = new Set<string>();
    for (const path of this.#files.keys()) {
      if (!path.startsWith(`${folder}/`)) continue;
      const rest = path.slice(folder.length + 1);
      const slash = rest.indexOf('/');
      names.add(slash < 0 ? rest : rest.slice(0, slash + 1));
    }
    return [...names].sort();
  }

  modified(path: string): number | undefined {
    this.asked.push(path);
    return this.#times && this.#files.has(path) ? (this.#times[path.replace('/w/', '')] ?? 1) : undefined;
  }

  text(path: string): string {
    return this.#files.get(path) ?? '';
  }
}

/** A kernel with the given options; `undefined` for one whose configuration is not known. */
export function kernelWith(config: Readonly<Record<string, string>> | undefined): Kernel {
  return {
    id: 'test',
    release: '6.1.0-test',
    version: { major: 6, minor: 1, patch: 7 },
    origin: 'headers',
    folder: '/kernel',
    exports: { size: 0, get: () => undefined, [Symbol.iterator]: () => [][Symbol.iterator]() },
    config: { isKnown: config !== undefined, get: (name) => config?.[name] },
    compatibleLicenses: new Set(['GPL']),
    sourceFolder: undefined,
    chosenBecause: 'a test',
    inputs: [],
    problems: [],
  };
}

export function build(
  files: Readonly<Record<string, string>>,
  config: Readonly<Record<string, string>> | 'unknown' = {},
): Build {
  return readBuild('/w', new MemoryFiles(files), kernelWith(config === 'unknown' ? undefined : config));
}

/** One line for each module: `path: members`, a `?` behind what is only possible. */
export function summary(found: Build): string[] {
  return found.modules.map((module) => {
    const members = module.members.map((member) => {
      const path = (member.source ?? `${member.object}!`).replace('/w/', '');
      return path + (member.dependsOn === undefined ? '' : '?');
    });
    return `${module.path.replace('/w/', '')}${module.dependsOn === undefined ? '' : '?'}: ${members.join(' ')}`;
  });
}

/** Problems as `file:word: message`. */
export function problems(found: Build, files: Readonly<Record<string, string>> = {}): string[] {
  return found.problems.map(({ file, span, message }) => {
    const name = file?.replace('/w/', '') ?? '';
    const text = files[name] ?? '';
    return `${name}:${span ? text.slice(span.start, span.end) : ''}: ${message}`;
  });
}
