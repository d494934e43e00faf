import * as kinds from '../syntax/kinds';
import type { Int } from './integers';
import { numberOf } from './numbers';
import { readInitializer } from './read-initializer';
import { readEnumerators } from './read-record';
import { readBlock } from './read-statement';
import { readTypeName, startsType } from './read-type';
import { pointerTo, Reader } from './reader';
import { types } from './scalars';
import type { Expr, Type, UnaryOp } from './tree';
import { word } from './words';

/** An expression with commas. */
export function readExpression(r: Reader): Expr {
  let left = readAssignment(r);
  while (r.accept(kinds.comma)) left = { kind: 'comma', first: left, second: readAssignment(r) };
  return left;
}

/** An expression up to a comma. */
export function readAssignment(r: Reader): Expr {
  r.deeper();
  const left = readChoice(r);
  const k = r.kind;
  if (k !== kinds.assign && k !== kinds.compoundAssign) {
    r.shallower();
    return left;
  }
  const op = k === kinds.assign ? '' : r.text(r.at).slice(0, -1);
  r.at++;
  noteChange(r, left);
  const from = readAssignment(r);
  r.shallower();
  return { kind: 'assign', op, to: left, from };
}

/** The local an lvalue is stored in, if any: its members and elements count as itself. */
export function storedIn(e: Expr): Extract<Expr, { kind: 'local' }> | undefined {
  if (e.kind === 'local') return e;
  if (e.kind === 'member') return e.isArrow ? undefined : storedIn(e.of);
  if (e.kind === 'index') return storedIn(e.of);
  if (e.kind === 'cast') return storedIn(e.of);
  return undefined;
}

/** Remembers that an lvalue gets a value here. */
export function noteChange(r: Reader, to: Expr): void {
  const stored = storedIn(to);
  if (stored === undefined) return;
  stored.local.assigned++;
  r.changed.push(stored.local);
}

/** An expression up to a comma or an assignment. */
export function readChoice(r: Reader): Expr {
  const when = readBinary(r, 1);
  if (r.kind !== 0x3f) return when;
  r.at++;
  r.deeper();
  const then = r.kindAt(r.at) === kinds.colon ? undefined : readExpression(r);
  r.expect(kinds.colon);
  const otherwise = readChoice(r);
  r.shallower();
  return { kind: 'choice', when, then, otherwise };
}

const precedence = new Uint8Array(160);
const operators: string[] = [];
for (const [level, list] of [
  [1, [[kinds.orOr, '||']]],
  [2, [[kinds.andAnd, '&&']]],
  [3, [[0x7c, '|']]],
  [4, [[0x5e, '^']]],
  [5, [[0x26, '&']]],
  [
    6,
    [
      [kinds.equal, '=='],
      [kinds.notEqual, '!='],
    ],
  ],
  [
    7,
    [
      [0x3c, '<'],
      [0x3e, '>'],
      [kinds.lessEqual, '<='],
      [kinds.greaterEqual, '>='],
    ],
  ],
  [
    8,
    [
      [kinds.shiftLeft, '<<'],
      [kinds.shiftRight, '>>'],
    ],
  ],
  [
    9,
    [
      [0x2b, '+'],
      [0x2d, '-'],
    ],
  ],
  [
    10,
    [
      [kinds.star, '*'],
      [0x2f, '/'],
      [0x25, '%'],
    ],
  ],
] as [number, [number, string][]][])
  for (const [kind, text] of list) {
    precedence[kind] = level;
    operators[kind] = text;
  }

function readBinary(r: Reader, lowest: number): Expr {
  let left = readUnary(r);
  for (;;) {
    const k = r.kind;
    const level = precedence[k] as number;
    if (level < lowest || level === 0) return left;
    r.at++;
    const right = readBinary(r, level + 1);
    if (level <= 2) left = { kind: 'logic', isAnd: level === 2, left, right };
    else left = { kind: 'binary', op: operators[k] as string, left, right };
  }
}

function readUnary(r: Reader): Expr {
  r.deeper();
  const e = readPrefixed(r);
  r.shallower();
  return e;
}

function readPrefixed(r: Reader): Expr {
  const k = r.kind;
  switch (k) {
    case 0x21:
    case 0x7e:
    case 0x2d:
    case 0x2b:
      r.at++;
      return { kind: 'unary', op: String.fromCharCode(k) as UnaryOp, of: readUnary(r) };
    case kinds.star:
      r.at++;
      return { kind: 'deref', of: readUnary(r) };
    case 0x26: {
      r.at++;
      const of = readUnary(r);
      const stored = storedIn(of);
      if (stored !== undefined) {
        stored.local.addressed = true;
        r.changed.push(stored.local);
      }
      return { kind: 'address', of };
    }
    case kinds.andAnd: {
      r.at++;
      if (r.kind !== kinds.identifier) r.fail();
      r.labelAddresses.push(r.name);
      r.at++;
      return { kind: 'opaque', parts: [], type: pointerTo(types.void) };
    }
    case kinds.increment:
    case kinds.decrement: {
      r.at++;
      const of = readUnary(r);
      noteChange(r, of);
      return { kind: 'step', by: k === kinds.increment ? 1n : -1n, isPostfix: false, of };
    }
    case kinds.openParen:
      return readParenthesized(r);
  }
  switch (r.word) {
    case word.extension:
    case word.real:
      r.at++;
      return readUnary(r);
    case word.sizeof:
    case word.alignof:
      return readSize(r);
  }
  return readPostfix(r, readPrimary(r));
}

/** What begins with a parenthesis: cast, compound literal, statement expression or plain parentheses. */
function readParenthesized(r: Reader): Expr {
  r.at++;
  if (r.kindAt(r.at) === kinds.openBrace) {
    const body = readBlock(r);
    r.expect(kinds.closeParen);
    return readPostfix(r, { kind: 'block', body });
  }
  if (startsType(r) && r.word !== word.extension) {
    const type = readTypeName(r);
    r.expect(kinds.closeParen);
    if (r.kindAt(r.at) === kinds.openBrace) return readPostfix(r, { kind: 'literal', type, init: readInitializer(r) });
    return { kind: 'cast', type, of: readUnary(r) };
  }
  const inner = readExpression(r);
  r.expect(kinds.closeParen);
  return readPostfix(r, inner);
}

function readSize(r: Reader): Expr {
  const isAlign = r.word === word.alignof;
  // The older spelling asks for what is best, the standard's for what a struct keeps to.
  const isPreferred = isAlign && r.text(r.at).startsWith('__');
  r.at++;
  if (r.kind === kinds.openParen) {
    const open = r.at++;
    if (startsType(r)) {
      const type = readTypeName(r);
      r.expect(kinds.closeParen);
      if (r.kindAt(r.at) !== kinds.openBrace) return { kind: 'size', of: undefined, type, isAlign, isPreferred };
    }
    r.at = open;
  }
  return { kind: 'size', of: readUnevaluated(() => readUnary(r), r), type: undefined, isAlign, isPreferred };
}

/** Reads what is never run: it changes no variable. */
function readUnevaluated(read: () => Expr, r: Reader): Expr {
  const before = r.changed.length;
  const e = read();
  r.changed.length = before;
  return e;
}

function readPostfix(r: Reader, first: Expr): Expr {
  let e = first;
  for (;;) {
    const k = r.kind;
    if (k === kinds.openParen) {
      const token = r.at++;
      const args: Expr[] = [];
      while (r.kind !== kinds.closeParen) {
        args.push(readAssignment(r));
        if (!r.accept(kinds.comma) && r.kind !== kinds.closeParen) r.fail();
      }
      r.at++;
      e = { kind: 'call', callee: e, args, token };
    } else if (k === kinds.openBracket) {
      r.at++;
      const at = readExpression(r);
      r.expect(kinds.closeBracket);
      e = { kind: 'index', of: e, at };
    } else if (k === kinds.dot || k === kinds.arrow) {
      r.at++;
      if (r.kind !== kinds.identifier) r.fail();
      e = { kind: 'member', of: e, name: r.name, isArrow: k === kinds.arrow };
      r.at++;
    } else if (k === kinds.increment || k === kinds.decrement) {
      r.at++;
      noteChange(r, e);
      e = { kind: 'step', by: k === kinds.increment ? 1n : -1n, isPostfix: true, of: e };
    } else return e;
  }
}

function readPrimary(r: Reader): Expr {
  const token = r.at;
  switch (r.kind) {
    case kinds.number:
      r.at++;
      return numberOf(r.text(token), r.shared.target);
    case kinds.character:
      r.at++;
      return numberOf(r.text(token), r.shared.target);
    case kinds.string: {
      let count = 0;
      while (r.kind === kinds.string) {
        r.at++;
        count++;
      }
      return { kind: 'string', first: token, count };
    }
    case kinds.identifier:
      break;
    default:
      r.fail();
  }
  switch (r.word) {
    case word.none:
      break;
    case word.generic:
      return readGeneric(r);
    case word.builtinOffsetof:
      return readOffset(r);
    case word.builtinTypesCompatible: {
      r.at++;
      r.expect(kinds.openParen);
      const left = readTypeName(r);
      r.expect(kinds.comma);
      const right = readTypeName(r);
      r.expect(kinds.closeParen);
      return { kind: 'compatible', left, right };
    }
    case word.builtinVaArg: {
      r.at++;
      r.expect(kinds.openParen);
      const list = readAssignment(r);
      r.expect(kinds.comma);
      const type = readTypeName(r);
      r.expect(kinds.closeParen);
      return { kind: 'opaque', parts: [list], type };
    }
    default:
      r.fail();
  }
  r.at++;
  return named(r, token);
}

/** What a name stands for here. */
function named(r: Reader, token: number): Expr {
  const name = r.tokens.name[token] as number;
  const binding = r.lookup(name);
  if (binding !== undefined) {
    if (binding.kind === 'local') return { kind: 'local', local: binding, token };
    if (binding.kind === 'constant') return { kind: 'constant', value: binding.value };
    if (binding.kind === 'global') return { kind: 'global', name: binding.name, token, of: binding.global };
    return r.fail();
  }
  if (!r.shared.globals.byName.has(name)) {
    const open = r.shared.globals.enumerators.get(name);
    if (open !== undefined) return { kind: 'constant', value: () => enumerator(r, open, name) };
    const { words } = r.tokens;
    if (name === words.true) return numberOf('1', r.shared.target);
    if (name === words.false) return numberOf('0', r.shared.target);
    if (name === words.nullptr)
      return { kind: 'cast', type: pointerTo(types.void), of: numberOf('0', r.shared.target) };
  }
  return { kind: 'global', name, token };
}

/** The value of an enumerator of file scope. */
function enumerator(r: Reader, open: number, name: number): Int | undefined {
  const { shared } = r;
  return shared.reading(open, () => {
    let values = shared.enums.get(open);
    if (values === undefined) {
      values = new Map();
      shared.enums.set(open, values);
      const inner = new Reader(shared, open, (shared.tokens.match[open] as number) + 1);
      try {
        for (const [n, value] of readEnumerators(inner)) values.set(n, value);
      } catch {
        return undefined;
      }
    }
    return values.get(name)?.();
  });
}

function readGeneric(r: Reader): Expr {
  r.at++;
  r.expect(kinds.openParen);
  const of = readUnevaluated(() => readAssignment(r), r);
  const arms: { type: Type | undefined; value: Expr }[] = [];
  while (r.accept(kinds.comma)) {
    const type = r.acceptWord(word.default) ? undefined : readTypeName(r);
    r.expect(kinds.colon);
    arms.push({ type, value: readAssignment(r) });
  }
  r.expect(kinds.closeParen);
  return { kind: 'generic', of, arms };
}

function readOffset(r: Reader): Expr {
  r.at++;
  r.expect(kinds.openParen);
  const type = readTypeName(r);
  r.expect(kinds.comma);
  const path: (number | Expr)[] = [];
  do {
    if (r.kind === kinds.identifier) {
      path.push(r.name);
      r.at++;
    } else if (r.accept(kinds.openBracket)) {
      path.push(readExpression(r));
      r.expect(kinds.closeBracket);
    } else r.fail();
  } while (r.accept(kinds.dot) || r.kind === kinds.openBracket);
  r.expect(kinds.closeParen);
  return { kind: 'offset', type, path };
}
