import * as kinds from '../syntax/kinds';
import type { Global } from './globals';
import { noteChange, readExpression } from './read-expression';
import { readInitializer } from './read-initializer';
import { readDeclarator, readSpecifiers, startsType } from './read-type';
import { pointerTo, type Reader } from './reader';
import type { Body, Expr, Local, Stmt, Type } from './tree';
import { flag, word } from './words';

type Block = Extract<Stmt, { kind: 'block' }>;

/** A block, from its opening brace on. */
export function readBlock(r: Reader): Block {
  r.deeper();
  r.expect(kinds.openBrace);
  r.push();
  const body: Stmt[] = [];
  while (!r.accept(kinds.closeBrace)) readInto(r, body);
  r.pop();
  r.shallower();
  return { kind: 'block', body, entry: body.some((s) => s.entry) };
}

/** The parameters and the body of a function whose parameters open at `open`. */
export function readBody(r: Reader, open: number, body: number, returns: Type): Body {
  r.push();
  const params: Local[] = [];
  r.at = open + 1;
  while (r.kind !== kinds.closeParen && r.kind !== kinds.ellipsis) {
    const { type, flags } = readSpecifiers(r);
    const d = readDeclarator(r, type, (flags & flag.constant) !== 0);
    if (d.name !== 0 || d.type.kind !== 'void') {
      const local = makeLocal(d.name, d.token, asParameter(d.type), flags);
      params.push(local);
      if (d.name !== 0) r.bind(d.name, local);
    }
    if (!r.accept(kinds.comma)) break;
  }
  r.at = body;
  const block = readBlock(r);
  r.pop();
  return {
    params,
    body: block,
    returns,
    changed: [...new Set(r.changed)],
    labelAddresses: r.labelAddresses,
    hasLabels: r.hasLabels,
  };
}

function asParameter(type: Type): Type {
  if (type.kind === 'array') return pointerTo(type.of);
  return type.kind === 'function' ? pointerTo(type) : type;
}

function makeLocal(name: number, token: number, type: Type, flags: number): Local {
  return {
    kind: 'local',
    name,
    token,
    type,
    isStatic: (flags & flag.static) !== 0,
    isVolatile: (flags & flag.volatile) !== 0,
    isConst: (flags & flag.constant) !== 0,
    isUsed: (flags & flag.used) !== 0,
    init: undefined,
    assigned: 0,
    addressed: false,
  };
}

function readInto(r: Reader, into: Stmt[]): void {
  if (isDeclaration(r)) readDeclaration(r, into);
  else into.push(readStatement(r));
}

function isDeclaration(r: Reader): boolean {
  const w = r.word;
  if (w === word.none) return startsType(r) && r.kindAt(r.at + 1) !== kinds.colon;
  if (w === word.staticAssert || w === word.label) return true;
  if (w === word.extension) {
    const back = r.at++;
    const is = isDeclaration(r);
    r.at = back;
    return is;
  }
  // `__attribute__((fallthrough));` is a statement, an attribute in front of a type is not.
  if (w === word.attribute) {
    const behind = (r.tokens.match[r.at + 1] as number) + 1;
    return r.kindAt(behind) !== kinds.semicolon;
  }
  return startsType(r);
}

function readDeclaration(r: Reader, into: Stmt[]): void {
  if (r.word === word.label || r.word === word.staticAssert) {
    while (r.kindAt(r.at) !== kinds.semicolon && r.at < r.end)
      r.at = r.kindAt(r.at) === kinds.openParen ? r.close() + 1 : r.at + 1;
    r.expect(kinds.semicolon);
    return;
  }
  const specifiers = readSpecifiers(r);
  if (r.accept(kinds.semicolon)) return;
  for (;;) {
    const d = readDeclarator(r, specifiers.type, (specifiers.flags & flag.constant) !== 0);
    const own = d.isPointer ? specifiers.flags & ~(flag.constant | flag.volatile) : specifiers.flags;
    const flags = own | d.flags;
    if (r.kind === kinds.openBrace && d.type.kind === 'function') {
      readNested(r, d.name, d.token, d.type, into);
      return;
    }
    if ((flags & flag.typedef) !== 0) r.bind(d.name, { kind: 'typedef', type: d.type });
    else if ((flags & flag.extern) !== 0 || d.type.kind === 'function') bindGlobal(r, d.name, d.token, flags, d.type);
    else
      readVariable(
        r,
        makeLocal(d.name, d.token, d.type, flags),
        specifiers.isAuto,
        d.cleanup ?? specifiers.cleanup,
        into,
      );
    if (!r.accept(kinds.comma)) break;
  }
  r.expect(kinds.semicolon);
}

function readVariable(r: Reader, local: Local, isAuto: boolean, cleanup: Expr | undefined, into: Stmt[]): void {
  r.bind(local.name, local);
  if (r.accept(kinds.assign)) local.init = readInitializer(r);
  if (isAuto && local.init !== undefined) local.type = { kind: 'typeof', of: local.init };
  into.push({ kind: 'declare', local, cleanup, sizes: sizesOf(local.type), entry: false });
}

/** Bounds of arrays whose length is an expression. */
function sizesOf(type: Type): Expr[] {
  const sizes: Expr[] = [];
  for (let t = type; t.kind === 'array'; t = t.of) if (typeof t.length === 'object') sizes.push(t.length);
  return sizes;
}

/** An `extern` declaration in a block speaks of the name of file scope, if that is declared there. */
function bindGlobal(r: Reader, name: number, token: number, flags: number, type: Type): void {
  const { globals } = r.shared;
  let global: Global | undefined = globals.byName.get(name);
  if (global === undefined) {
    const declared = { start: token, declarator: token, token, flags, value: 0, end: token };
    const bits = flags | flag.extern | (type.kind === 'function' ? flag.function : 0);
    global = { name, flags: bits, declared, isDefined: false, label: labelBehind(r, token), alias: undefined, type };
    r.bind(name, { kind: 'global', name, global });
    return;
  }
  r.shared.addFlags(global, flags & (flag.noreturn | flag.weak));
  r.bind(name, { kind: 'global', name, global: undefined });
}

/** The symbol that an asm label behind a declarator gives. */
function labelBehind(r: Reader, token: number): string | undefined {
  for (let i = token; i < r.at; i++)
    if (r.tokens.word[i] === word.asm && r.kindAt(i + 2) === kinds.string)
      return r.text(i + 2).replace(/^[^"]*"|"$/g, '');
  return undefined;
}

/** A nested function: its body counts as part of the function around it. */
function readNested(
  r: Reader,
  name: number,
  token: number,
  type: Extract<Type, { kind: 'function' }>,
  into: Stmt[],
): void {
  const local = makeLocal(name, token, { kind: 'unknown' }, 0);
  local.addressed = true;
  r.bind(name, local);
  const at = r.at;
  const nested = readBody(r, type.open, at, type.returns);
  into.push(nested.body);
}

function readStatement(r: Reader): Stmt {
  r.deeper();
  const s = readOne(r);
  r.shallower();
  return s;
}

function readOne(r: Reader): Stmt {
  if (r.kind === kinds.openBrace) return readBlock(r);
  if (r.accept(kinds.semicolon)) return { kind: 'block', body: [], entry: false };
  switch (r.word) {
    case word.none: {
      if (r.kindAt(r.at) !== kinds.identifier || r.kindAt(r.at + 1) !== kinds.colon) break;
      const name = r.name;
      r.at += 2;
      r.hasLabels = true;
      while (r.tokens.word[r.at] === word.attribute && r.kindAt(r.at + 1) === kinds.openParen)
        r.at = (r.tokens.match[r.at + 1] as number) + 1;
      return { kind: 'label', name, body: readLabeled(r), entry: true };
    }
    case word.attribute:
      r.at++;
      if (r.kind === kinds.openParen) r.at = r.close() + 1;
      r.accept(kinds.semicolon);
      return { kind: 'block', body: [], entry: false };
    case word.if: {
      r.at++;
      const when = readCondition(r);
      const then = readStatement(r);
      const otherwise = r.acceptWord(word.else) ? readStatement(r) : undefined;
      return { kind: 'if', when, then, otherwise, entry: then.entry || otherwise?.entry === true };
    }
    case word.while:
    case word.do:
    case word.for:
      return readLoop(r);
    case word.switch: {
      r.at++;
      const on = readCondition(r);
      const before = r.cases.splice(0);
      const body = readStatement(r);
      const cases = r.cases.splice(0);
      r.cases.push(...before);
      return { kind: 'switch', on, body, cases, entry: body.entry };
    }
    case word.case:
    case word.default: {
      const isDefault = r.word === word.default;
      r.at++;
      const low = isDefault ? undefined : readExpression(r);
      const high = r.accept(kinds.ellipsis) ? readExpression(r) : undefined;
      r.expect(kinds.colon);
      const place = r.cases.length;
      const body = readLabeled(r);
      const made = { kind: 'case', low, high, body, entry: true } as const;
      r.cases.splice(place, 0, made);
      return made;
    }
    case word.goto: {
      r.at++;
      if (r.accept(kinds.star)) {
        const to = readExpression(r);
        r.expect(kinds.semicolon);
        return { kind: 'jump', to, entry: false };
      }
      const to = r.name;
      r.expect(kinds.identifier);
      r.expect(kinds.semicolon);
      return { kind: 'goto', to, entry: false };
    }
    case word.break:
    case word.continue: {
      const kind = r.word === word.break ? 'break' : 'continue';
      r.at++;
      r.expect(kinds.semicolon);
      return { kind, entry: false };
    }
    case word.return: {
      r.at++;
      const value = r.kind === kinds.semicolon ? undefined : readExpression(r);
      r.expect(kinds.semicolon);
      return { kind: 'return', value, entry: false };
    }
    case word.asm:
      return readAsm(r);
  }
  const of = readExpression(r);
  r.expect(kinds.semicolon);
  return { kind: 'expr', of, entry: false };
}

/** The statement behind a label; C2x and macros leave a declaration or nothing there. */
function readLabeled(r: Reader): Stmt {
  if (r.kind === kinds.closeBrace) return { kind: 'block', body: [], entry: false };
  if (!isDeclaration(r)) return readStatement(r);
  const body: Stmt[] = [];
  readDeclaration(r, body);
  return { kind: 'block', body, entry: false };
}

function readCondition(r: Reader): Expr {
  r.expect(kinds.openParen);
  const e = readExpression(r);
  r.expect(kinds.closeParen);
  return e;
}

function readLoop(r: Reader): Stmt {
  const first = r.changed.length;
  const code = r.word;
  let init: Stmt | undefined;
  let when: Expr | undefined;
  let step: Expr | undefined;
  let body: Stmt;
  r.at++;
  if (code === word.do) {
    body = readStatement(r);
    if (!r.acceptWord(word.while)) r.fail();
    when = readCondition(r);
    r.accept(kinds.semicolon);
  } else if (code === word.while) {
    when = readCondition(r);
    body = readStatement(r);
  } else {
    r.push();
    r.expect(kinds.openParen);
    const start: Stmt[] = [];
    if (startsType(r)) readDeclaration(r, start);
    else {
      if (r.kind !== kinds.semicolon) start.push({ kind: 'expr', of: readExpression(r), entry: false });
      r.expect(kinds.semicolon);
    }
    init = { kind: 'block', body: start, entry: false };
    if (r.kind !== kinds.semicolon) when = readExpression(r);
    r.expect(kinds.semicolon);
    if (r.kind !== kinds.closeParen) step = readExpression(r);
    r.expect(kinds.closeParen);
    body = readStatement(r);
    r.pop();
  }
  const changed = [...new Set(r.changed.slice(first))];
  return { kind: 'loop', init, when, step, body, isDo: code === word.do, changed, entry: body.entry };
}

/** An asm statement: template, outputs, inputs, clobbers, labels. */
function readAsm(r: Reader): Stmt {
  r.at++;
  let isVolatile = false;
  for (; r.word !== word.none; r.at++) isVolatile ||= r.word === word.volatile || r.word === word.goto;
  const close = r.close();
  r.expect(kinds.openParen);
  const template: number[] = [];
  while (r.kind === kinds.string) template.push(r.at++);
  const operands: Expr[] = [];
  const outputs: Expr[] = [];
  const labels: number[] = [];
  for (let part = 1; r.at < close && r.kind === kinds.colon; part++) {
    r.at++;
    while (r.at < close && r.kind !== kinds.colon) {
      if (part === 4 && r.kind === kinds.identifier) {
        labels.push(r.name);
        r.at++;
      } else if (part <= 2) {
        if (r.kind === kinds.openBracket) r.at = r.close() + 1;
        const constraint = r.kind === kinds.string ? r.text(r.at) : '';
        while (r.kind === kinds.string) r.at++;
        r.expect(kinds.openParen);
        const e = readExpression(r);
        r.expect(kinds.closeParen);
        if (part === 1) {
          outputs.push(e);
          noteChange(r, e);
          if (constraint.includes('+')) operands.push(e);
        } else operands.push(e);
      } else r.at++;
      r.accept(kinds.comma);
    }
  }
  r.at = close;
  r.expect(kinds.closeParen);
  r.accept(kinds.semicolon);
  return { kind: 'asm', isVolatile, template, operands, outputs, labels, entry: false };
}
