import { normalize } from '../path';
import * as kinds from '../syntax/kinds';
import { lex, spelling } from '../syntax/lexer';
import { kindMask } from './columns';
import type { Machine } from './machine';
import { known } from './names';

const pragma = known('pragma');
const once = known('once');
const pushMacro = known('push_macro');
const popMacro = known('pop_macro');
const gcc = known('GCC');
const poison = known('poison');
const systemHeader = known('system_header');

/** A pragma's token where it was written. */
interface Word {
  readonly kind: number;
  readonly name: number;
  readonly file: number;
  readonly offset: number;
}

/** `#pragma`: what concerns the preprocessor is done, everything else is kept in the output. */
export function runPragma(machine: Machine, words: readonly Word[], at: Word, expansion: number): void {
  const first = words[0]?.name ?? 0;
  const second = words[1]?.name ?? 0;
  if (first === once) {
    const source = machine.frame?.source;
    if (source !== undefined && machine.frames.length > 1) machine.once.add(normalize(source.path));
    return;
  }
  if (first === gcc && (second === poison || second === systemHeader)) return;
  if (first === pushMacro || first === popMacro) {
    const text = machine.names.text(words[2]?.name ?? 0);
    if (words[2]?.kind === kinds.string) swap(machine, machine.intern(text.slice(1, -1)), first === pushMacro);
    return;
  }
  const { out } = machine;
  out.push(kinds.hash, kinds.stringize, at.file, at.offset, expansion);
  out.push(kinds.identifier, pragma, at.file, at.offset, expansion);
  for (const word of words) out.push(word.kind, word.name, word.file, word.offset, expansion);
  out.push(kinds.directiveEnd, 0, at.file, at.offset, expansion);
}

/** `push_macro` and `pop_macro`. */
function swap(machine: Machine, name: number, isPush: boolean): void {
  const stack = machine.pushed.get(name) ?? [];
  if (isPush) {
    stack.push(machine.macroOf[name] as number);
    machine.pushed.set(name, stack);
  }
  const before = isPush ? machine.macroOf[name] : stack.pop();
  if (before !== undefined) machine.define(name, before);
}

/** `_Pragma("…")` at the current token. False where gcc leaves it alone: in directives and arguments. */
export function runPragmaOperator(machine: Machine): boolean {
  if (machine.directiveDepth > 0 || machine.argumentDepth > 0) return false;
  const { name, meta, file, offset, expansion } = machine;
  let text: string | undefined;
  if (machine.takesParenthesis()) {
    if (machine.next() && (machine.meta & kindMask) === kinds.string) {
      text = machine.names.text(machine.name);
      if (!machine.next() || (machine.meta & kindMask) !== kinds.closeParen) text = undefined;
    }
  }
  if (text === undefined) {
    machine.note("'_Pragma' wants one string in parentheses.", offset, file);
    machine.name = name;
    machine.meta = meta;
    machine.file = file;
    machine.offset = offset;
    machine.expansion = expansion;
    return false;
  }
  const tokens = lex(text.slice(text.indexOf('"') + 1, -1).replace(/\\(["\\])/g, '$1'));
  const words: Word[] = [];
  for (let i = 0; i < tokens.count; i++) {
    const kind = tokens.kind[i] as number;
    if (kind === kinds.directiveEnd) continue;
    words.push({ kind, name: machine.intern(spelling(tokens, i)), file, offset });
  }
  runPragma(machine, words, { kind: kinds.hash, name: 0, file, offset }, expansion);
  return true;
}
