// Counts what held and what did not, and says so on standard output.

export function createTally() {
  let passed = 0;
  let failed = 0;
  const say = (line) => process.stdout.write(`${line}\n`);

  function expect(holds, what, details = '') {
    if (holds) {
      passed++;
      say(`ok    ${what}`);
      return;
    }
    failed++;
    say(`FAIL  ${what}`);
    for (const line of String(details ?? '')
      .trim()
      .split('\n')
      .slice(-20))
      if (line) say(`        ${line}`);
  }

  return {
    expect,
    same(actual, wanted, what) {
      const [a, b] = [actual, wanted].map((value) => JSON.stringify(value));
      expect(a === b, what, `${a} instead of ${b}`);
    },
    table(heads, rows) {
      const cells = [heads, ...rows.map((row) => row.map(String))];
      const widths = heads.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
      say('');
      for (const row of cells)
        say(
          row
            .map((cell, column) => cell.padEnd(widths[column]))
            .join('  ')
            .trimEnd(),
        );
    },
    /** The exit status. */
    finish() {
      say(`\n${passed} passed, ${failed} failed`);
      return failed === 0 ? 0 : 1;
    },
  };
}
