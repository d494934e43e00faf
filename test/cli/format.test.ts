import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { markdownToText } from '../../server/src/cli/format/markdown';
import { snippet } from '../../server/src/cli/format/snippet';
import { createProgress } from '../../server/src/cli/progress';
import { nearest } from '../../server/src/core/nearest';
import { LineMap } from '../../server/src/core/text';

describe('a snippet', () => {
  const show = (source: string, mark: string, width = 80) => {
    const start = source.indexOf(mark);
    return snippet(source, new LineMap(source), { start, end: start + mark.length }, width);
  };

  it('puts the marks under the text, with tabs at 8', () => {
    expect(show('\tint\tx = y;\n', 'y')).toEqual({ text: '        int     x = y;', marks: `${' '.repeat(20)}^` });
  });

  it('knows wide and combining characters', () => {
    expect(show('/* 漢字 e\u0301 */ x;', 'x').marks).toBe(`${' '.repeat(13)}^`);
  });

  it('shows control characters as pictures and no line end', () => {
    expect(show('a\u001b[0m b\r\nc', 'b')).toEqual({ text: 'a␛[0m b', marks: '      ^' });
  });

  it('cuts long lines round the marks', () => {
    const { text, marks } = show(`${'a '.repeat(3000)}HERE${' b'.repeat(3000)}`, 'HERE', 60);
    expect(text.length).toBeLessThanOrEqual(60);
    expect(text.slice(marks.indexOf('^'), marks.lastIndexOf('^') + 1)).toBe('HERE');
    expect(text).toMatch(/^….*…$/);
  });

  it('marks the first line of a span of several, and the place of an empty one', () => {
    const source = 'ab(\n  cd)\n';
    expect(snippet(source, new LineMap(source), { start: 0, end: 9 }, 80).marks).toBe('^^^');
    expect(snippet(source, new LineMap(source), { start: 3, end: 3 }, 80).marks).toBe('   ^');
    expect(snippet('', new LineMap(''), { start: 0, end: 0 }, 80)).toEqual({ text: '', marks: '^' });
  });

  it('stays small for a span of megabytes', () => {
    const source = 'x'.repeat(5_000_000);
    const { text, marks } = snippet(source, new LineMap(source), { start: 0, end: source.length }, 80);
    expect(text.length).toBeLessThanOrEqual(80);
    expect(marks.length).toBeLessThanOrEqual(80);
  });
});

describe('a page', () => {
  const plain = pc.createColors(false);
  it('is filled, with code left as it is', () => {
    const page = `# a-rule\n\n${'word '.repeat(30)}\n\n- an item that is quite long and has [a link](https://example.org)\n\n\`\`\`c\n\tint x;   y;\n\`\`\`\n`;
    expect(markdownToText(page, plain, 40)).toMatchInlineSnapshot(`
      "a-rule

      word word word word word word word word
      word word word word word word word word
      word word word word word word word word
      word word word word word word

      - an item that is quite long and has [a
        link](https://example.org)

                  int x;   y;
      "
    `);
  });
});

describe('the nearest names', () => {
  const known = ['gpl-only-symbol', 'missing-spdx', 'gpl-v2-spelling'];
  it.each([
    ['gpl-only-symbols', ['gpl-only-symbol']],
    ['SPDX', ['missing-spdx']],
    ['something else entirely', []],
    ['', []],
  ])('of %j are %j', (asked, names) => {
    expect(nearest(asked, known)).toEqual(names);
  });
});

describe('progress', () => {
  const watch = (isInteractive: boolean, isQuiet = false) => {
    let time = 0;
    const notes: string[] = [];
    const write = () => Promise.resolve();
    const terminal = {
      columns: 80,
      isInteractive,
      colors: pc.createColors(false),
      useColors: () => {},
      write,
      note: (text: string) => notes.push(text),
      fail: () => {},
    };
    const progress = createProgress(terminal, isQuiet, () => time);
    for (time = 0; time <= 12_000; time += 50) progress.report({ message: 'Reading', fraction: time / 12_000 });
    progress.clear();
    return notes;
  };

  it('rewrites a line on a screen and wipes it', () => {
    const notes = watch(true);
    expect(notes[0]).toBe('\r\u001b[K  3 % Reading');
    expect(notes.length).toBeGreaterThan(100);
    expect(notes.at(-1)).toBe('\r\u001b[K');
  });

  it('is a plain line every few seconds elsewhere', () => {
    expect(watch(false)).toEqual(['untainted:  41 % Reading\n', 'untainted:  83 % Reading\n']);
  });

  it('is silent when asked to be', () => {
    expect(watch(true, true)).toEqual([]);
  });
});
