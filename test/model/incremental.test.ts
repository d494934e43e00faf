import { describe, expect, it } from 'vitest';
import { Analysis } from '../../server/src/core/analysis';
import { type Build, noBuild } from '../../server/src/core/kbuild/build';
import { exportTable } from '../../server/src/core/kernel/exports';
import type { Kernel } from '../../server/src/core/kernel/kernel';
import type { Snapshot } from '../../server/src/core/model/snapshot';
import { Stale } from '../../server/src/core/model/snapshot';
import { extractFacts } from '../../server/src/core/syntax/extract';

const kernel: Kernel = {
  id: 'test',
  release: '6.1.0-test',
  version: { major: 6, minor: 1, patch: 0 },
  origin: 'embedded',
  folder: undefined,
  sourceFolder: undefined,
  exports: exportTable([{ name: 'gpl_only', isGplOnly: true, namespace: '', provider: 'vmlinux' }]),
  config: { isKnown: true, get: () => undefined },
  compatibleLicenses: new Set(['GPL']),
  chosenBecause: 'a test',
  inputs: [],
  problems: [],
};
const member = (name: string) => ({ object: `/w/${name}.o`, source: `/w/${name}.c`, defines: {}, includes: [] });
const build: Build = {
  ...noBuild,
  buildFiles: ['/w/Makefile'],
  modules: [
    { name: 'one', path: '/w/one', at: undefined, members: [member('a'), member('b')] },
    { name: 'two', path: '/w/two', at: undefined, members: [member('c')] },
  ],
};
const files: Record<string, string> = {
  '/w/a.c':
    '#include "h.h"\nint shared(void) { return LOCAL(1); }\nEXPORT_SYMBOL_GPL(shared);\nMODULE_LICENSE(NAME);\n',
  '/w/b.c': 'static void g(void) { gpl_only(); }\n',
  '/w/c.c': '#include "h.h"\nvoid f(void) { shared(); }\nMODULE_LICENSE(NAME);\n',
  '/w/h.h': '#define NAME "GPL"\n#define LOCAL(x) (x)\n',
  '/w/new.h': '#define NAME "MIT"\n',
  '/w/lone/d.c': 'void g(void) { gpl_only(); }\n',
};

function summary(snapshot: Snapshot): unknown {
  return snapshot.modules.map((module) => ({
    name: module.name,
    verdict: module.verdict,
    licenses: module.licenses.map((tag) => [tag.value, tag.at]),
    files: module.files.map((file) => file.path),
    symbols: module.symbols().map(({ name, export: from, sites }) => [name, from, sites]),
  }));
}

function analysisOf(texts: Record<string, string>): Analysis {
  const analysis = new Analysis(kernel, '/w');
  analysis.setBuild(build);
  for (const [path, text] of Object.entries(texts)) analysis.setFacts(path, extractFacts(path, text));
  return analysis;
}

describe('an edit gives what starting anew gives', () => {
  it.each([
    ['in a body', '/w/b.c', 'static void g(void) { int x; gpl_only(); shared(); }\n'],
    ['of a license in a header', '/w/h.h', '#define NAME "MIT"\n#define LOCAL(x) (x)\n'],
    ['of a macro in a header', '/w/h.h', '\n#define NAME "GPL"\n#define LOCAL(x) gpl_only(x)\n'],
    ['of an export', '/w/a.c', 'int other(void) { return 1; }\nEXPORT_SYMBOL(other);\nMODULE_LICENSE("GPL");\n'],
    ['of an export that moves', '/w/a.c', `\n\n${files['/w/a.c']}`],
    ['of an include', '/w/c.c', '#include "new.h"\nvoid f(void) { shared(); }\nMODULE_LICENSE(NAME);\n'],
    ['that drops an include', '/w/c.c', 'void f(void) { shared(); }\nMODULE_LICENSE("GPL");\n'],
    ['that makes a function static', '/w/a.c', 'static int shared(void) { return 1; }\nMODULE_LICENSE("GPL");\n'],
    ['that tells of a license where no Makefile is', '/x/e.c', 'MODULE_LICENSE("MIT");\n'],
    ['to an empty file', '/w/a.c', ''],
  ])('%s', (_what, path, text) => {
    const analysis = analysisOf(files);
    summary(analysis.snapshot());
    analysis.setFacts(path, extractFacts(path, text));
    expect(summary(analysis.snapshot())).toEqual(summary(analysisOf({ ...files, [path]: text }).snapshot()));
    if (files[path] === undefined) analysis.removeFacts(path);
    else analysis.setFacts(path, extractFacts(path, files[path]));
    expect(summary(analysis.snapshot())).toEqual(summary(analysisOf(files).snapshot()));
  });

  it('derives in steps what the modules need', () => {
    const analysis = analysisOf(files);
    expect([...analysis.prepare()].length).toBeGreaterThan(2);
    expect(summary(analysis.snapshot())).toEqual(summary(analysisOf(files).snapshot()));
  });
});

it('does not let a snapshot be read after a later write', () => {
  const analysis = analysisOf(files);
  const snapshot = analysis.snapshot();
  analysis.setFacts('/w/b.c', extractFacts('/w/b.c', ''));
  expect(() => snapshot.modules).toThrow(Stale);
});
