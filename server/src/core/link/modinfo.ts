import * as kinds from '../syntax/kinds';
import type { Global } from './globals';
import { characters } from './integers';
import type { Shared } from './reader';
import { flag } from './words';

/** Tags that a module's license and imports are judged by. */
const wanted = /^(?:license|import_ns)=/;

/**
 * What of the unit goes into a module's `.modinfo`, as `license=GPL` and `import_ns=DMA_BUF`, in the order of the text:
 * MODULE_INFO of `include/linux/moduleparam.h` makes a string in that section, also from within a kernel's header.
 */
export function moduleInfo(shared: Shared, roots: readonly Global[]): string[] {
  const found: { readonly at: number; readonly text: string }[] = [];
  for (const { flags, declared } of roots) {
    const isString =
      (flags & (flag.used | flag.static | flag.initialized)) === (flag.used | flag.static | flag.initialized);
    if (!isString || !isInModinfo(shared, declared)) continue;
    const text = stringAt(shared, declared.value, declared.end);
    if (wanted.test(text)) found.push({ at: declared.start, text });
  }
  return found.sort((a, b) => a.at - b.at).map(({ text }) => text);
}

function isInModinfo({ tokens }: Shared, { start, value }: Global['declared']): boolean {
  for (let i = start; i < value; i++)
    if (tokens.kind[i] === kinds.string && tokens.names.text(tokens.name[i] as number) === '".modinfo"') return true;
  return false;
}

/** Adjacent string literals joined; what is no string ends them. */
function stringAt({ tokens }: Shared, from: number, end: number): string {
  let text = '';
  for (let i = from; i < end && tokens.kind[i] === kinds.string; i++)
    text += String.fromCharCode(...characters(tokens.names.text(tokens.name[i] as number)));
  return text;
}
