import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findGlobals } from '../../server/src/core/link/globals';
import { lengthOf } from '../../server/src/core/link/layout';
import { readTokens } from '../../server/src/core/link/tokens';
import { makeShared } from '../../server/src/core/link/types';
import type { CompilerChoice } from '../../server/src/core/preprocess/compiler';
import { preprocess } from '../../server/src/core/preprocess/preprocess';
import { loadCompiler } from '../../server/src/io/compilers';
import { cacheOf, request } from '../preprocess/try';

const read = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8');
/** What most compilers answer, and who answers otherwise. */
const expected: Record<string, Record<string, number> & { readonly most: number }> = JSON.parse(
  read('expected-layouts.json'),
);
const cases = read('layouts.txt')
  .split(/^=== /m)
  .slice(1)
  .map((text) => text.split('\n'))
  .map(([title = '', ...lines]) => ({ title, lines: lines.filter((line) => line !== '') }));

const targets = [
  ...['x86_64', 'i386', 'aarch64', 'arm', 'riscv64', 'riscv32', 'powerpc64', 'powerpc64le', 'powerpc', 's390x', 'mips'],
  ...['mips64', 'loongarch64'],
];

/** The expression of a case, with what stands above it in front. */
function sourceOf(lines: readonly string[]): string {
  const isBranched = lines.some((line) => line.startsWith('#'));
  const answer = (line: string) => `char answer[(${line}) + 1];`;
  const isAnswer = (line: string, i: number) => (isBranched ? !line.startsWith('#') : i === lines.length - 1);
  return lines.map((line, i) => (isAnswer(line, i) ? answer(line) : line)).join('\n');
}

describe.each(['gcc', 'clang'] as const)('layouts of %s', (family) => {
  it.each(targets)('for %s', (target) => {
    const version = family === 'gcc' ? '12.2.0' : '19.1.7';
    const choice: CompilerChoice = { family, target, version, flags: [] };
    const compiler = loadCompiler(choice);
    if (compiler === undefined) throw new Error(`there is no data of ${family} for ${target}`);
    const cache = cacheOf();
    const ours: Record<string, number> = {};
    const theirs: Record<string, number | undefined> = {};
    for (const { title, lines } of cases) {
      const tokens = readTokens(preprocess({ ...request(sourceOf(lines)), compiler }, cache));
      const globals = findGlobals(tokens);
      const shared = makeShared(tokens, globals, compiler.target);
      const global = globals.byName.get(tokens.names.intern('answer'));
      const type = global && shared.typeOf(global);
      ours[title] = (type?.kind === 'array' ? (lengthOf(shared, type) ?? 0) : 0) - 1;
      theirs[title] = expected[title]?.[`${family} ${target}`] ?? expected[title]?.most;
    }
    expect(ours).toEqual(theirs);
  });
});
