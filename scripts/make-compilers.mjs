// make-compilers.mjs [--chroot DIR]... [--family gcc|clang]: makes server/compilers/*.json from the compilers of this machine and of chroots:
// what gcc and clang predefine for each target under the flags with which a kernel is built, how these answers change
// with other flags and from version to version, and what `__has_attribute` and its kin answer. gcc's cross compilers are
// those of Debian (gcc-12-aarch64-linux-gnu; of other versions cpp-14-aarch64-linux-gnu is enough). All data is made anew, so
// run it with every compiler there that CONTRIBUTING.md names.
//
// gcc.json and clang.json have what holds for most targets, gcc-arm.json and its like only what is different there.
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { changesLayout, factsOf, namesOf, run } from './compilers/ask.mjs';
import { commonBase, commonSwitches, targets } from './compilers/targets.mjs';

const folder = 'server/compilers';
const chroots = process.argv.flatMap((word, i) => (process.argv[i - 1] === '--chroot' ? word : []));
const majors = Array.from({ length: 20 }, (_, i) => i + 8);

/** The compilers of a target by their major version; the first that is found of each. */
function compilersOf(family, target) {
  const found = new Map();
  for (const root of [undefined, ...chroots]) {
    for (const major of ['', ...majors]) {
      for (const kind of family === 'gcc' ? ['gcc', 'cpp'] : ['clang']) {
        const name = family === 'gcc' ? `${target.gcc}-${kind}` : kind;
        const compiler = { family, root, command: major === '' ? name : `${name}-${major}` };
        const folders = root ? [`${root}/usr/bin`] : (process.env.PATH ?? '').split(':');
        if (!folders.some((one) => existsSync(`${one}/${compiler.command}`))) continue;
        const version = run(compiler, [family === 'gcc' ? '-dumpfullversion' : '-dumpversion']);
        if (version.error || version.status !== 0) continue;
        const [full, number] = /^(\d+)\.\d+\.\d+/.exec(version.stdout) ?? [];
        if (number === undefined || found.has(Number(number))) continue;
        found.set(Number(number), { ...compiler, full, assembler: assemblerOf(compiler, target) });
      }
    }
  }
  return new Map([...found].sort(([a], [b]) => a - b));
}

/** What makes assembler of C: the compiler itself, or the compiler proper where only the preprocessor is installed. */
function assemblerOf(compiler, target) {
  if (compiler.family === 'clang' || compiler.command.includes('-gcc'))
    return { ...compiler, flags: ['-S', '-x', 'c'] };
  // Of a target that gcc 12 does not have.
  if (target.name !== 'loongarch64') return undefined;
  const proper = run(compiler, ['-print-prog-name=cc1']).stdout.trim();
  return { ...compiler, command: proper, flags: ['-quiet'] };
}

/** The flags without those that the compiler names as unknown to it. */
function acceptedBy(compiler, flags) {
  let left = flags;
  for (;;) {
    const { stderr } = run(compiler, [...left, '-dM', '-E', '-x', 'c', '-'], '');
    const fewer = left.filter((flag) => !stderr.includes(`'${flag}'`) && !stderr.includes(`‘${flag}’`));
    if (fewer.length === left.length) return left;
    left = fewer;
  }
}

/** What turns facts into others: a removed one has no value. */
function difference(from, to) {
  const changes = new Map();
  for (const key of new Set([...from.keys(), ...to.keys()])) {
    if (from.get(key) !== to.get(key)) changes.set(key, to.get(key));
  }
  return changes;
}

function applied(facts, changes) {
  const made = new Map(facts);
  for (const [key, value] of changes) {
    if (value === undefined) made.delete(key);
    else made.set(key, value);
  }
  return made;
}

/** What most of the maps say of each key. */
function majority(maps) {
  const votes = new Map();
  for (const map of maps) {
    for (const [key, value] of map) {
      const of = votes.get(key) ?? new Map();
      votes.set(key, of.set(value, (of.get(value) ?? 0) + 1));
    }
  }
  const kept = new Map();
  for (const [key, of] of votes) {
    const [value, count] = [...of].sort((a, b) => b[1] - a[1])[0];
    if (count * 2 > maps.length) kept.set(key, value);
  }
  return kept;
}

/** Changes as they are written: sections with their lines, a minus in front of what is removed. */
function written(changes) {
  const macros = [];
  const has = {};
  const layout = [];
  for (const [key, value] of [...changes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [section, ...rest] = key.split(' ');
    const name = rest.join(' ');
    if (section === 'macros') macros.push(value === undefined ? `-${name}` : `${name}${value}`.trimEnd());
    else if (section === 'layout') layout.push(value === undefined ? `-${name}` : `${name} ${value}`);
    else {
      has[rest[0]] ??= [];
      if (rest[1] === '') {
        if (value === undefined) has[rest[0]].unshift('-');
      } else has[rest[0]].push(value === undefined ? `-${rest[1]}` : value === '1' ? rest[1] : `${rest[1]}=${value}`);
    }
  }
  return {
    ...(macros.length > 0 && { macros }),
    ...(Object.keys(has).length > 0 && {
      has: Object.fromEntries(Object.entries(has).map(([name, list]) => [name, list.join(' ')])),
    }),
    ...(layout.length > 0 && { layout }),
  };
}

/** The flag as the compiler gets it: an extension of a RISC-V ISA string is written with a plus in the data. */
const spelt = (flag) => flag.replace(/^(-march=rv\d\dima)\+/, '$1');

function save(name, data) {
  const text = JSON.stringify(data, undefined, 1);
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/${name}.json`, `${text}\n`);
  console.log(`${name}: ${(text.length / 1000).toFixed(1)} kB`);
}

function make(family) {
  const compilers = new Map(targets.map((target) => [target, compilersOf(family, target)]));
  const names = namesOf([...compilers.values()].flatMap((one) => [...one.values()]));
  /** Facts of each target by version, and what flags change in the newest version that takes them. */
  const all = targets
    .map((target) => {
      const own = family === 'clang' ? [`--target=${target.clang}`] : [];
      const base = [...own, ...commonBase, ...target.base];
      const byVersion = new Map();
      const switches = new Map();
      for (const [version, compiler] of compilers.get(target)) {
        const flags = acceptedBy(compiler, base);
        const facts = factsOf(compiler, flags, names);
        if (facts === undefined) {
          console.error(
            `${family} ${version} ${target.name}: ${run(compiler, [...flags, '-E', '-x', 'c', '-'], '').stderr}`,
          );
          continue;
        }
        fulls.set(version, compiler.full);
        if (compiler.assembler === undefined) {
          const before = [...byVersion.values()].at(-1) ?? new Map();
          for (const [key, value] of before) if (key.startsWith('layout ')) facts.set(key, value);
        }
        byVersion.set(version, facts);
        const plain = factsOf(compiler, flags);
        const layoutOf = (map) => [...map].filter(([key]) => key.startsWith('layout '));
        for (const flag of [...commonSwitches, ...target.switches]) {
          // Of two byte orders gcc's driver for MIPS takes not the last.
          const others = /^-E[BL]$/.test(flag) ? flags.filter((one) => !/^-E[BL]$/.test(one)) : flags;
          const changed = factsOf(compiler, [...others, spelt(flag)]);
          if (changed === undefined) continue;
          const changes = difference(plain, changed);
          // Of what `__has_feature` answers only a sanitizer's flag is asked.
          for (const [key, value] of changes) {
            if (key.startsWith('layout ') || (key.startsWith('has ') && facts.get(key) === value)) changes.delete(key);
          }
          if (compiler.assembler === undefined)
            for (const [key, value] of layoutOf(switches.get(flag) ?? [])) changes.set(key, value);
          else if (changesLayout.test(flag)) {
            const layouts = difference(new Map(layoutOf(facts)), new Map(layoutOf(changed)));
            for (const [key, value] of layouts) changes.set(key, value);
          }
          switches.set(flag, changes);
        }
      }
      return { target, byVersion, switches };
    })
    .filter(({ byVersion }) => byVersion.size > 0);

  const versions = [...new Set(all.flatMap(({ byVersion }) => [...byVersion.keys()]))].sort((a, b) => a - b);
  const shared = new Map(
    versions.map((version) => [version, majority(all.flatMap(({ byVersion }) => byVersion.get(version) ?? []))]),
  );
  const flags = commonSwitches.filter((flag) => all.some(({ switches }) => switches.has(flag)));
  const sharedSwitches = new Map(
    flags
      .map((flag) => [flag, majority(all.flatMap(({ switches }) => switches.get(flag) ?? []).map(texts))])
      .filter(([flag, changes]) => changes.size > 0 && all.filter(({ switches }) => switches.has(flag)).length > 2)
      .map(([flag, changes]) => [flag, untexts(changes)]),
  );
  let before = new Map();
  const steps = versions.map((version) => {
    const changes = difference(before, shared.get(version));
    before = shared.get(version);
    return { version: fulls.get(version), ...written(changes) };
  });
  save(family, { name: family, versions: steps, switches: writtenSwitches(sharedSwitches) });
  for (const { target, byVersion, switches } of all) {
    let own = new Map();
    const steps = [];
    for (const [version, facts] of byVersion) {
      const changes = difference(applied(shared.get(version), own), facts);
      own = applied2(own, changes);
      if (changes.size > 0 || steps.length === 0) steps.push({ version: fulls.get(version), ...written(changes) });
    }
    const different = new Map();
    for (const flag of new Set([...sharedSwitches.keys(), ...switches.keys()])) {
      const mine = switches.get(flag) ?? new Map();
      const common = sharedSwitches.get(flag) ?? new Map();
      if (difference(texts(common), texts(mine)).size > 0) different.set(flag, mine);
    }
    save(`${family}-${target.name}`, {
      name: `${family}-${target.name}`,
      versions: steps,
      switches: writtenSwitches(different),
    });
  }
}

/** Changes on top of changes: a removal stays one. */
function applied2(own, changes) {
  return new Map([...own, ...changes]);
}

/** Removals as values of their own, so that they can be compared and counted. */
const texts = (changes) => new Map([...changes].map(([key, value]) => [key, value ?? '\0']));
const untexts = (changes) => new Map([...changes].map(([key, value]) => [key, value === '\0' ? undefined : value]));

function writtenSwitches(switches) {
  return Object.fromEntries(
    [...switches].sort(([a], [b]) => (a < b ? -1 : 1)).map(([flag, changes]) => [flag, written(changes)]),
  );
}

mkdirSync(folder, { recursive: true });
const only = process.argv[process.argv.indexOf('--family') + 1];
const families = ['gcc', 'clang'].filter((family) => !process.argv.includes('--family') || family === only);
for (const name of readdirSync(folder)) {
  if (families.some((family) => name.startsWith(family))) rmSync(`${folder}/${name}`);
}
const fulls = new Map();
for (const family of families) {
  fulls.clear();
  make(family);
}
