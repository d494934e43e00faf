/**
 * Flags that exclude each other have one group, of which a compiler takes the last: `-O2` and `-Os`, `-mfoo` and
 * `-mno-foo`, all of `-march=`. Sanitizers add up.
 */
export function groupOf(flag: string): string {
  for (const [form, group] of groups) if (form.test(flag)) return group;
  if (flag.startsWith('-fsanitize=')) return flag;
  return flag.replace(/=.*$/s, '').replace(/^-([fm])no-/, '-$1');
}

const groups: readonly (readonly [form: RegExp, group: string])[] = [
  [/^-O/, '-O'],
  [/^-(?:std=|ansi$)/, '-std'],
  [/^-f(?:no-)?pi[ce]$/i, '-fpic'],
  [/^-f(?:un)?signed-char$|^-fno-(?:un)?signed-char$/, '-fchar'],
  [/^-f(?:no-)?stack-protector/, '-fstack-protector'],
  [/^-f(?:no-)?(?:hosted|freestanding)$/, '-fhosted'],
  [/^-m(?:big|little)(?:-endian)?$|^-E[BL]$/, '-mendian'],
  [/^-m(?:soft-float|hard-float|float-abi=.*)$/, '-mfloat'],
  [/^-m(?:arm|thumb)$/, '-mthumb'],
  [/^-mlong-double-\d+$/, '-mlong-double'],
];

/** The parts of an ISA string of RISC-V, each as a flag of its own: what it says is the sum of its extensions. */
export function pieces(flag: string): string[] {
  const match = /^-march=(rv\d\d)i([a-z]{0,20})((?:_[a-z0-9]{1,30}){0,40})$/.exec(flag);
  if (match === null) return [];
  const [, base, letters = '', names = ''] = match;
  const all = [...letters.replace(/[ma]/g, ''), ...names.split('_').slice(1)];
  return all.map((name) => `-march=${base}ima+${name.length > 1 ? '_' : ''}${name}`);
}
