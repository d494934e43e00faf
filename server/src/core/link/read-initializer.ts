import * as kinds from '../syntax/kinds';
import { readAssignment, readChoice } from './read-expression';
import type { Reader } from './reader';
import type { Expr, ListItem } from './tree';

/** An initializer: an expression or a list in braces. */
export function readInitializer(r: Reader): Expr {
  if (r.kind !== kinds.openBrace) return readAssignment(r);
  r.deeper();
  r.at++;
  const items: ListItem[] = [];
  while (!r.accept(kinds.closeBrace)) {
    items.push(readItem(r));
    if (!r.accept(kinds.comma) && r.kindAt(r.at) !== kinds.closeBrace) r.fail();
  }
  r.shallower();
  return { kind: 'list', items };
}

function readItem(r: Reader): ListItem {
  const path: (number | Expr)[] = [];
  let isRange = false;
  // GNU's old `name: value`.
  if (r.kind === kinds.identifier && r.kindAt(r.at + 1) === kinds.colon) {
    path.push(r.name);
    r.at += 2;
    return { path, isRange, value: readInitializer(r) };
  }
  for (;;) {
    if (r.accept(kinds.dot)) {
      if (r.kind !== kinds.identifier) r.fail();
      path.push(r.name);
      r.at++;
    } else if (r.accept(kinds.openBracket)) {
      path.push(readChoice(r));
      if (r.accept(kinds.ellipsis)) {
        isRange = true;
        readChoice(r);
      }
      r.expect(kinds.closeBracket);
    } else break;
  }
  if (path.length > 0) r.accept(kinds.assign);
  return { path, isRange, value: readInitializer(r) };
}
