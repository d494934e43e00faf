import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ConditionContext,
  evaluateCondition,
  isDefined,
  type MacroKnowledge,
} from '../../server/src/core/model/conditions';
import { expand } from '../preprocess/try';

const config = new Map([
  ['CONFIG_ACPI', 'y'],
  ['CONFIG_DUMMY', 'm'],
  ['CONFIG_HZ', '250'],
]);
const own: Record<string, MacroKnowledge> = {
  DEBUG: { isDefined: true, value: '1' },
  LEVEL: { isDefined: true, value: '(2 + 1)' },
  GONE: { isDefined: false },
  EITHER: { isDefined: undefined },
  LOOP: { isDefined: true, value: 'LOOP' },
};
const context: ConditionContext = {
  config: { isKnown: true, get: (name) => config.get(name) },
  version: { major: 6, minor: 1, patch: 192 },
  lookup: (name) => own[name],
};
const unconfigured: ConditionContext = {
  ...context,
  config: { isKnown: false, get: () => undefined },
  version: undefined,
};

/** Expressions of literals and operators. */
const literals = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('0', '1', '2', '3u', '0x7fffffff', '0x80000000', '0xffffffffffffffff', '31', "'a'", '~0u', '-1'),
    fc
      .tuple(
        tie('expression'),
        fc.constantFrom('+', '-', '*', '&', '|', '^', '<<', '>>', '<', '>', '<=', '>=', '==', '!=', '&&', '||'),
        tie('expression'),
      )
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    fc.tuple(fc.constantFrom('!', '~', '-'), tie('expression')).map(([operator, of]) => `${operator}(${of})`),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([when, yes, no]) => `(${when} ? ${yes} : ${no})`),
  ),
})).expression;

/** What the preprocessor makes of a condition. */
function preprocessed(condition: string): boolean {
  const text = `#if ${condition}\nyes\n#endif\n`;
  return expand(text) === 'yes';
}

it('conditions without names are what the preprocessor makes of them', () => {
  fc.assert(
    fc.property(literals, (text) => {
      expect(evaluateCondition(text, context), text).toBe(preprocessed(text));
    }),
  );
});

describe('evaluateCondition', () => {
  it.each([
    ['0', false],
    ['1', true],
    ['0x10 == 16', true],
    ['010 == 8', true],
    ['1 ? 0 : 1', false],
    ['!0 && 2 > 1', true],
    ['(1 << 31) > 0', true],
    ['(0xFFFFFFFF & 0x80000000) > 0', true],
    ['~0u > 0', true],
    ['-1 > 0u', true],
    ['(0x100000000 >> 4) == 0x10000000', true],
    ['-1 > 0', false],
    ['(-1 >> 1) == -1', true],
    ["'ab' == 0x6162 && '\\n' == 10 && 0b101 == 5 && 1'000 == 1000", true],
    ['(0 ? 1 : -1) > 0u', true],
    ['1.5 > 1', undefined],
    ['-1 < 0', true],
    ["'A' == 65", true],
    ['(1 + 2) * 3 == 9', true],
    ['LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0)', true],
    ['LINUX_VERSION_CODE < KERNEL_VERSION(5,4,0)', false],
    ['defined(CONFIG_ACPI)', true],
    ['defined CONFIG_DUMMY', false],
    ['defined(CONFIG_DUMMY_MODULE)', true],
    ['IS_ENABLED(CONFIG_DUMMY)', true],
    ['IS_BUILTIN(CONFIG_DUMMY)', false],
    ['IS_MODULE(CONFIG_DUMMY)', true],
    ['IS_ENABLED(CONFIG_NOT_THERE)', false],
    ['CONFIG_HZ == 250', true],
    ['CONFIG_NOT_THERE', false],
    ['LEVEL == 3', true],
    ['defined(GONE) || DEBUG', true],
    ['defined(MODULE_LICENSE)', true],
  ])('%s is %s', (text, want) => {
    expect(evaluateCondition(text, context)).toBe(want);
  });

  it.each([
    ['HAVE_FOO'],
    ['defined(HAVE_FOO)'],
    ['EITHER'],
    ['LOOP'],
    ['RHEL_RELEASE_VERSION(8, 1) > 0'],
    ['1 +'],
    ['(1'],
    ['1 / 0'],
    ['@'],
    [''],
  ])('%s is not known', (text) => {
    expect(evaluateCondition(text, context)).toBeUndefined();
  });

  it('decides what an unknown part cannot change', () => {
    expect(evaluateCondition('0 && HAVE_FOO', context)).toBe(false);
    expect(evaluateCondition('HAVE_FOO || 1', context)).toBe(true);
    expect(evaluateCondition('HAVE_FOO ? 1 : 1', context)).toBe(true);
  });

  it('claims nothing without a configuration', () => {
    expect(evaluateCondition('defined(CONFIG_ACPI)', unconfigured)).toBeUndefined();
    expect(evaluateCondition('IS_ENABLED(CONFIG_ACPI)', unconfigured)).toBeUndefined();
    expect(evaluateCondition('LINUX_VERSION_CODE > 0', unconfigured)).toBeUndefined();
    expect(isDefined('LINUX_VERSION_CODE', unconfigured)).toBe(true);
  });

  it('survives any text', () => {
    fc.assert(fc.property(fc.string(), (text) => void evaluateCondition(text, context)));
    const pieces = fc.constantFrom('(', ')', '!', 'defined', '&&', '?', ':', '1', 'X', ',', 'KERNEL_VERSION');
    fc.assert(fc.property(fc.array(pieces), (parts) => void evaluateCondition(parts.join(' '), context)));
    expect(evaluateCondition('('.repeat(4000), context)).toBeUndefined();
    expect(evaluateCondition('!'.repeat(4000), context)).toBeUndefined();
    expect(evaluateCondition('1?'.repeat(1300), context)).toBeUndefined();
  });
});
