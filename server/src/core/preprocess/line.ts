import * as kinds from '../syntax/kinds';
import { kindMask } from './columns';
import { readList } from './include';
import type { Frame, Machine } from './machine';

/** `#line NUMBER "file"`: what `__LINE__` and `__FILE__` say from the next line on. */
export function computedLine(machine: Machine, frame: Frame, d: number): void {
  const { source } = frame;
  const { from, to } = source.directives;
  readList(machine, source, from[d] as number, to[d] as number, () => {
    if (!machine.next() || (machine.meta & kindMask) !== kinds.number) return;
    const line = Number.parseInt(machine.names.text(machine.name), 10);
    if (!(line >= 0)) return;
    const end = source.offset[to[d] as number] ?? source.text.length + source.base;
    frame.lineShift = line - source.line(end) - 1;
    if (machine.next() && (machine.meta & kindMask) === kinds.string) {
      frame.presumed = machine.names.text(machine.name).slice(1, -1).replace(/\\(.)/g, '$1');
    }
  });
}
