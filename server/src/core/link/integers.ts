/** An integer constant with its type's size and sign; pointers are unsigned. */
export interface Int {
  readonly kind: 'int';
  readonly value: bigint;
  /** In bytes. */
  readonly size: number;
  readonly unsigned: boolean;
}

/** An integer of a type, wrapped to its size. */
export function int(value: bigint, size = 4, unsigned = false): Int {
  const bits = size * 8;
  const wrapped = unsigned ? BigInt.asUintN(bits, value) : BigInt.asIntN(bits, value);
  return { kind: 'int', value: wrapped, size, unsigned };
}

export const zero = int(0n);
export const one = int(1n);

/** `a op b` as C computes it; undefined where C does not say. */
export function binary(op: string, a: Int, b: Int): Int | undefined {
  if (op === '<<' || op === '>>') {
    const left = promoted(a);
    if (b.value < 0n || b.value >= BigInt(left.size * 8)) return undefined;
    return int(op === '<<' ? left.value << b.value : left.value >> b.value, left.size, left.unsigned);
  }
  const size = Math.max(4, a.size, b.size);
  const unsigned = (a.unsigned && a.size === size) || (b.unsigned && b.size === size);
  const x = int(a.value, size, unsigned).value;
  const y = int(b.value, size, unsigned).value;
  switch (op) {
    case '+':
      return int(x + y, size, unsigned);
    case '-':
      return int(x - y, size, unsigned);
    case '*':
      return int(x * y, size, unsigned);
    case '/':
      return y === 0n ? undefined : int(x / y, size, unsigned);
    case '%':
      return y === 0n ? undefined : int(x % y, size, unsigned);
    case '&':
      return int(x & y, size, unsigned);
    case '|':
      return int(x | y, size, unsigned);
    case '^':
      return int(x ^ y, size, unsigned);
    case '==':
      return x === y ? one : zero;
    case '!=':
      return x !== y ? one : zero;
    case '<':
      return x < y ? one : zero;
    case '>':
      return x > y ? one : zero;
    case '<=':
      return x <= y ? one : zero;
    case '>=':
      return x >= y ? one : zero;
    default:
      return undefined;
  }
}

/** `op a` for `-`, `+`, `~` and `!`. */
export function unary(op: string, a: Int): Int {
  if (op === '!') return a.value === 0n ? one : zero;
  const p = promoted(a);
  return int(op === '-' ? -p.value : op === '~' ? ~p.value : p.value, p.size, p.unsigned);
}

function promoted(a: Int): Int {
  return a.size < 4 ? int(a.value, 4, false) : a;
}

/** The value of a preprocessing number where `long` has so many bytes; undefined for a floating one. */
export function parseNumber(text: string, long = 8): Int | undefined {
  const match = /^(0[xX][0-9a-fA-F]+|0[bB][01]+|[0-9]+)([uUlL]*)$/.exec(text.replaceAll("'", ''));
  if (match === null) return undefined;
  const digits = match[1] as string;
  const suffix = (match[2] as string).toLowerCase();
  const isOctal = /^0[0-7]+$/.test(digits);
  if (!isOctal && /^0[0-9]+$/.test(digits)) return undefined;
  const value = isOctal ? BigInt(`0o${digits.slice(1)}`) : BigInt(digits);
  const isDecimal = /^[1-9]/.test(digits);
  const least = suffix.includes('ll') ? 8 : suffix.includes('l') ? long : 4;
  const isUnsigned = suffix.includes('u');
  if (least === 4 && !isUnsigned && value < 1n << 31n) return int(value);
  if (least === 4 && (isUnsigned || !isDecimal) && value < 1n << 32n) return int(value, 4, true);
  return int(value, 8, isUnsigned || value >= 1n << 63n);
}

const escapes: Readonly<{ [letter: string]: number }> = { n: 10, t: 9, r: 13, a: 7, b: 8, f: 12, v: 11, e: 27, E: 27 };

/** The characters between the quotes of a string or character constant, escapes resolved, one number each. */
export function characters(literal: string): number[] {
  const out: number[] = [];
  const open = literal.search(/["']/);
  let i = open + 1;
  const end = literal.length > i && literal.endsWith(literal.charAt(open)) ? literal.length - 1 : literal.length;
  while (i < end) {
    if (literal[i] !== '\\') {
      const code = literal.codePointAt(i) as number;
      i += code > 0xffff ? 2 : 1;
      if (code < 0x80) out.push(code);
      else for (const byte of new TextEncoder().encode(String.fromCodePoint(code))) out.push(byte);
      continue;
    }
    const rest = /^(?:x([0-9a-fA-F]+)|([0-7]{1,3}))/.exec(literal.slice(i + 1, i + 12));
    if (rest !== null) {
      out.push(Number.parseInt((rest[1] ?? rest[2]) as string, rest[1] !== undefined ? 16 : 8) & 0xff);
      i += 1 + rest[0].length;
    } else {
      const c = literal.charAt(i + 1);
      out.push(escapes[c] ?? c.charCodeAt(0));
      i += 2;
    }
  }
  return out;
}

/** The value of a character constant. */
export function parseCharacter(text: string, isUnsigned = false): Int | undefined {
  const codes = characters(text);
  if (!/^L?'/.test(text) || codes.length !== 1) return undefined;
  const code = BigInt(codes[0] as number);
  return int(isUnsigned || text.startsWith('L') ? code : BigInt.asIntN(8, code));
}
