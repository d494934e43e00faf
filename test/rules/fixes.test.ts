import { describe, expect, it } from 'vitest';
import type { Edit, Finding } from '../../server/src/core/finding';
import { applyEdits, safeEdits } from '../../server/src/core/rules/fixes';

const edit = (start: number, end: number, newText: string, file = 'a.c'): Edit => ({
  file,
  span: { start, end },
  newText,
});
const finding = (safe: boolean, ...edits: Edit[]): Finding => ({
  rule: 'r',
  severity: 'error',
  at: { file: 'a.c', span: { start: 0, end: 0 } },
  message: 'm',
  related: [],
  fixes: [{ title: 't', safe, edits }],
});

describe('fix all', () => {
  it('applies identical edits once, and only safe ones', () => {
    const findings = [finding(true, edit(3, 3, 'x')), finding(true, edit(3, 3, 'x')), finding(false, edit(0, 1, 'y'))];
    expect(safeEdits(findings)).toEqual([edit(3, 3, 'x')]);
  });

  it('keeps two different insertions at one place in their order', () => {
    const edits = safeEdits([finding(true, edit(3, 3, 'x')), finding(true, edit(3, 3, 'y'))]);
    expect(applyEdits('a.c', 'abcdef', edits)).toBe('abcxydef');
  });

  it('leaves a fix that overlaps an earlier one for the next round, whole', () => {
    const edits = safeEdits([finding(true, edit(1, 4, 'x')), finding(true, edit(3, 5, 'y'), edit(0, 0, 'z'))]);
    expect(edits).toEqual([edit(1, 4, 'x')]);
  });

  it('touches only the file it is asked for', () => {
    expect(applyEdits('a.c', 'abc', [edit(0, 1, 'x', 'b.c'), edit(2, 3, 'y')])).toBe('aby');
  });
});
