/** One case of a fixture: a tree of its own, with what is to be found in it cut out. */
export interface FixtureCase {
  readonly title: string;
  /** `//! key = value` lines in order; a key may come several times. */
  readonly settings: readonly Setting[];
  readonly files: readonly FixtureFile[];
  /** The case as it stands in the fixture, marks included, without the blank line behind it. */
  readonly source: string;
}

export interface Setting {
  readonly key: string;
  readonly value: string;
}

export interface FixtureFile {
  readonly path: string;
  /** Without marks. */
  readonly text: string;
  /** The case's first file, where no `//-` line names it. */
  readonly isImplicit: boolean;
}

export interface Fixture {
  /** Lines before the first case, as they are. */
  readonly preamble: string;
  readonly cases: readonly FixtureCase[];
}

/** Where a case's text goes if no line names a file. */
export const defaultPath = 'drivers/t/t.c';

const mark =
  /^(?:\/\/|#)(?:\^line|\^file|<-*(?:\.\.\.)?|[ ]*\^+(?:\.\.\.)?|[ ])[ ]+(?:(?:error|warning|info|hint)\[|also: |offers: )/;

/** Splits annotated C into its cases. */
export function parseFixture(text: string): Fixture {
  const [preamble = '', ...parts] = text.split(/^(?=\/\/# )/m);
  const hasPreamble = !preamble.startsWith('//# ');
  return {
    preamble: hasPreamble ? preamble : '',
    cases: (hasPreamble ? parts : [preamble, ...parts]).map(parseCase),
  };
}

/** Reads one case; marks and the texts after the fixes (`//= path`) are cut out. */
export function parseCase(text: string): FixtureCase {
  const lines = text.trimEnd().split('\n');
  const settings: Setting[] = [];
  const files: { path: string; lines: string[]; isImplicit: boolean }[] = [];
  let title = '';
  let isFixed = false;
  for (const line of lines) {
    const setting = /^\/\/! ([\w-]+) = (.*)$/.exec(line);
    if (line.startsWith('//# ')) title = line.slice(4);
    else if (setting) settings.push({ key: setting[1] ?? '', value: setting[2] ?? '' });
    else if (line.startsWith('//- ')) {
      files.push({ path: line.slice(4), lines: [], isImplicit: false });
      isFixed = false;
    } else if (line.startsWith('//= ')) isFixed = true;
    else if (!isFixed && !mark.test(line)) {
      if (files.length === 0) files.push({ path: defaultPath, lines: [], isImplicit: true });
      files.at(-1)?.lines.push(line);
    }
  }
  return {
    title,
    settings,
    files: files.map(({ path, lines: own, isImplicit }) => ({ path, isImplicit, text: joined(own) })),
    source: lines.join('\n'),
  };
}

/** Blank lines at the end belong to the fixture, not to the file. */
function joined(lines: readonly string[]): string {
  const text = lines.join('\n').trimEnd();
  return text === '' ? '' : `${text}\n`;
}
