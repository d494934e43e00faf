// What one compiler answers: everything as facts, a map from a name with its section in front (`macros __GNUC__`,
// `has __has_builtin abs`, `layout align long long`) to a text.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { questions } from './questions.mjs';

/** Written from the kernel's configuration, so they are no facts. */
const versionMacros =
  /^(?:__GNUC__|__GNUC_MINOR__|__GNUC_PATCHLEVEL__|__VERSION__|__clang_(?:major|minor|patchlevel|version)__)$/;
const gccNumbers = /^__GNUC/;

/** Flags after which scalars may lie otherwise. */
export const changesLayout =
  /^-(?:f(?:no-)?short-enums|mabi=|malign-|mlong-double|fms-|m(?:big|little)-endian$|E[BL]$)/;

/** Runs a compiler, in its chroot if it has one. */
export function run({ root, command }, list, input) {
  const [program, first] = root ? ['chroot', [root, command]] : [command, []];
  return spawnSync(program, [...first, ...list], { input, encoding: 'utf8', maxBuffer: 1 << 26 });
}

/** Facts under `flags`, or `undefined` if the compiler refuses one of them; the full ones with the `names` that it may know. */
export function factsOf(compiler, flags, names) {
  const macros = run(compiler, [...flags, '-dM', '-E', '-x', 'c', '-'], '');
  // clang warns of what it does not use, and goes on.
  if (macros.error || macros.status !== 0 || /unused during|unknown (?:argument|warning)/.test(macros.stderr))
    return undefined;
  const facts = new Map();
  for (const line of macros.stdout.split('\n')) {
    const match = /^#define (\w+)(\([^)]*\))?(?: (.*))?$/.exec(line);
    if (match === null) continue;
    const [, name, parameters = '', value = ''] = match;
    if (compiler.family === 'gcc' ? versionMacros.test(name) : versionMacros.test(name) && !gccNumbers.test(name))
      continue;
    facts.set(`macros ${name}`, `${parameters} ${value}`);
  }
  for (const [operator, list] of Object.entries(questions)) {
    // What a flag changes of them are features; a sanitizer is one.
    if (names === undefined && !(operator === '__has_feature' && /sanitize/.test(flags.at(-1)))) continue;
    answers(compiler, flags, operator, [...list.split(/\s+/), ...(names?.[operator] ?? [])], facts);
  }
  if (names !== undefined || changesLayout.test(flags.at(-1))) layout(compiler, flags, facts);
  return facts;
}

/** What an operator answers for each name, zeros left out; nothing if the compiler does not know the operator. */
function answers(compiler, flags, operator, names, facts) {
  const list = [...new Set(names)].filter((name) => name !== '').sort();
  // Each in a condition of its own: an operand that the compiler dislikes must not spoil the others.
  const asked = list.map((name, i) => `#if ${operator}(${name})\nQ${i} ${operator}(${name})\n#endif\n`).join('');
  const text = `#ifdef ${operator}\nK\n${asked}#endif\n`;
  const { stdout } = run(compiler, [...flags, '-w', '-x', 'c', '-E', '-P', '-'], text);
  if (!/^K$/m.test(stdout)) return;
  facts.set(`has ${operator} `, '1');
  for (const [, i, value] of stdout.matchAll(/^Q(\d+)\s+(\d+)L?$/gm)) facts.set(`has ${operator} ${list[i]}`, value);
}

const scalars = ['short', 'int', 'long', 'long long', 'float', 'double', 'long double', 'void *', '__int128'];
/** Sizes that say how structs are laid out: name and an expression, with what is usual. */
const layouts = [
  ...scalars.flatMap((type) => [
    [`align ${type}`, `_Alignof(struct { ${type} x; })`, `sizeof(${type})`, type],
    [`prefer ${type}`, `__alignof__(${type})`, `_Alignof(struct { ${type} x; })`, type],
  ]),
  ['enum', 'sizeof(enum { A })', '4', 'int'],
  ['aligned', '_Alignof(struct { char x; } __attribute__((aligned)))', '__BIGGEST_ALIGNMENT__', 'int'],
  ['unnamed field', '_Alignof(struct { char x; int : 5; })', '1', 'int'],
  ['zero field', '_Alignof(struct { char x; int : 0; })', '1', 'int'],
];

/** How scalars lie where that is not by their size; nothing of a compiler that only preprocesses. */
function layout(compiler, flags, facts) {
  const { assembler } = compiler;
  for (const key of facts.keys()) if (key.startsWith('layout ')) facts.delete(key);
  if (assembler === undefined) return;
  const has128 = facts.has('macros __SIZEOF_INT128__');
  const asked = layouts.filter(([, , , type]) => has128 || type !== '__int128');
  const text = asked.map(([, is, usual], i) => `char q${i}[${is}]; char u${i}[${usual}];\n`).join('');
  // What only the driver knows is nothing to the compiler proper.
  const given = assembler.flags[0] === '-quiet' ? flags.filter((flag) => flag !== '-msoft-float') : flags;
  const { stdout, status, stderr } = run(
    assembler,
    [...assembler.flags, ...given, '-w', '-fno-common', '-fno-lto', '-o', '-', '-'],
    text,
  );
  if (status !== 0) throw new Error(`${assembler.command}: ${stderr}`);
  const sizes = new Map([...stdout.matchAll(/\.size\s+([qu]\d+),\s*(\d+)/g)].map(([, name, size]) => [name, size]));
  if (sizes.size !== asked.length * 2) throw new Error(`${assembler.command} tells no sizes under ${flags.join(' ')}`);
  for (const [i, [name]] of asked.entries()) {
    if (sizes.get(`q${i}`) !== sizes.get(`u${i}`)) facts.set(`layout ${name}`, sizes.get(`q${i}`));
  }
}

/**
 * Words that the files of any of the compilers contain, by the operator that may know them; builtins of single instructions
 * and what other languages have are left out.
 */
export function namesOf(compilers) {
  const builtins = new Set();
  const words = new Set();
  for (const file of new Set(compilers.flatMap(filesOf))) {
    const text = readFileSync(file, 'latin1');
    for (const [name] of text.matchAll(/\b__(?:builtin|sync|atomic)_[A-Za-z0-9_]{2,60}(?=\0)/g)) {
      if (!ofInstructions.test(name)) builtins.add(name);
    }
    for (const [word] of text.matchAll(/\b[a-z][a-z0-9_]{1,59}(?=\0)/g)) {
      if (!ofOtherLanguages.test(word)) words.add(word);
    }
  }
  return { __has_builtin: builtins, __has_attribute: words, __has_feature: words, __has_extension: words };
}

const ofOtherLanguages =
  /^(?:objc|opencl|swift|sycl|cuda|cxx|ns|cf|os|hlsl|amdgpu|transaction|arc|attribute_(?:cf|ns|ext))_|^(?:unix|linux)$/;

const ofInstructions =
  /^__builtin_(ia32|aarch64|arm|neon|sve|altivec|vsx|HEXAGON|hexagon|mips|msa|s390|s390x|ptx|amdgcn|nv|nvvm|ppc|tx|ve|wasm|riscv|r600|loongarch|lsx|lasx|bpf|spirv|hlsl|sme|arc|elementwise|reduce|ms|rx|dx|mma|vec|msp430|avr|bfin|sh|nds32|pa|gcn|power|rvv|sf|quad|spu|x86|amdgcn)_/i;

/** Where a table of builtins can be: gcc's compiler proper; clang's program and the library beside it. */
function filesOf(compiler) {
  const { root, family } = compiler;
  const inside = (path) => (root ? join(root, path) : path);
  if (family === 'gcc') return [inside(run(compiler, ['-print-prog-name=cc1']).stdout.trim())];
  const which = root
    ? inside(`/usr/bin/${compiler.command}`)
    : spawnSync('which', [compiler.command], { encoding: 'utf8' }).stdout.trim();
  const folder = join(dirname(realpathSync(which)), '../lib');
  const libraries = readdirSync(folder).filter((name) => /^libclang-cpp\.so/.test(name));
  return [realpathSync(which), ...libraries.map((name) => realpathSync(join(folder, name)))];
}
