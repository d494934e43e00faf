import * as kinds from '../syntax/kinds';
import { kindMask, padding, padShift, pasteLeft, white, whiteAfterNone } from './columns';
import { fromToken, isTight, isWhite, type Machine } from './machine';
import type { Names } from './names';

/** `#`: the string of the tokens `from` to `to` of the arena, as a name. */
export function stringize(machine: Machine, from: number, to: number): number {
  const { arena, names } = machine;
  let text = '"';
  let state = fromToken;
  for (let i = from; i < to; i++) {
    const meta = arena.meta[i] as number;
    if ((meta & padding) !== 0) {
      if (state === fromToken) state = (meta >> padShift) & 3;
      else if (state === isTight) state = (meta >> (padShift + 2)) & 3;
      continue;
    }
    const bit = state === fromToken ? white : whiteAfterNone;
    if (text.length > 1 && (state === isWhite || (meta & bit) !== 0)) text += ' ';
    state = fromToken;
    const kind = meta & kindMask;
    const spelled = names.text(arena.name[i] as number);
    machine.recorder?.stringize(arena.name[i] as number);
    text += kind === kinds.string || kind === kinds.character ? spelled.replace(/["\\]/g, '\\$&') : spelled;
  }
  // A backslash of its own at the end would take the quote with it.
  let slashes = 0;
  while (text.charCodeAt(text.length - 1 - slashes) === 92) slashes++;
  if (slashes % 2 === 1) text = text.slice(0, -1);
  const name = machine.names.range(`${text}"`, 0, text.length + 1, kinds.string);
  machine.grow();
  return name;
}

/** `##`: pastes the current token with those behind it in its context; the outcome is the current token. */
export function pasteAll(machine: Machine, context: number): void {
  const { arena } = machine;
  const end = machine.contextEnd[context] as number;
  let at = machine.contextAt[context] as number;
  let left = machine.name;
  let meta = machine.meta;
  while ((meta & pasteLeft) !== 0) {
    while (at < end && ((arena.meta[at] as number) & padding) !== 0) at++;
    if (at >= end) break;
    const right = arena.name[at] as number;
    const pasted = pasteNames(machine.names, left, right);
    if (pasted < 0) {
      machine.note(
        `'${machine.names.text(left)}' and '${machine.names.text(right)}' do not paste to one token; they stay two.`,
      );
      break;
    }
    machine.recorder?.paste(left, right, pasted);
    left = pasted;
    meta = (arena.meta[at] as number) & pasteLeft;
    at++;
  }
  machine.contextAt[context] = at;
  machine.grow();
  machine.name = left;
  machine.meta = machine.names.kind(left) | (machine.meta & (white | whiteAfterNone));
  machine.expansion = enclosing(machine, context);
}

/** The expansion whose rescan a context belongs to. */
function enclosing(machine: Machine, context: number): number {
  for (let one = context; one >= 0; one--) {
    const expansion = machine.contextExpansion[one] as number;
    if (expansion !== 0) return expansion;
  }
  return machine.expansion;
}

/** What pasting gave before: outcomes by both names, -1 for no single token. */
const pastes = new WeakMap<Names, Map<number, number>>();
const mostPastes = 1 << 20;

function pasteNames(names: Names, left: number, right: number): number {
  if (left === 0 || right === 0) return left === 0 ? right : left;
  let kept = pastes.get(names);
  if (kept === undefined) {
    kept = new Map();
    pastes.set(names, kept);
  }
  const key = left * 0x4000000 + right;
  const before = kept.get(key);
  if (before !== undefined) return before;
  if (kept.size > mostPastes) kept.clear();
  const text = names.text(left) + names.text(right);
  const name = text.length > longestPaste || /^\/[/*]/.test(text) ? -1 : names.intern(text);
  const answer = name >= 0 && names.kind(name) !== kinds.none ? name : -1;
  kept.set(key, answer);
  return answer;
}

const longestPaste = 1 << 20;
