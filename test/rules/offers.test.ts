import { expect, it } from 'vitest';
import { extractFacts } from '../../server/src/core/syntax/extract';
import { parseCase } from '../harness/fixture';
import { applied, caseFiles, lint } from '../harness/run';

/** What the case's file becomes by the fix of this title. */
function offered(rule: string, title: string, text: string): string | undefined {
  const one = parseCase(`//# case\n${text}`);
  const fix = lint(one, rule, extractFacts)
    .flatMap(({ fixes }) => fixes)
    .find((candidate) => candidate.title.startsWith(title));
  return fix && [...applied(caseFiles(one), fix.edits).values()][0];
}

it('a namespace is spelled for both kinds of kernels, with the header that tells them apart', () => {
  const text = `#include <linux/module.h>
#ifdef SAMPLE
#include <linux/slab.h>
#endif

EXPORT_SYMBOL_NS_GPL(sample_open,
		     "SAMPLE");
int more;
`;
  expect(offered('namespace-spelling', 'Spell it for both', text)).toBe(`#include <linux/module.h>
#include <linux/version.h>
#ifdef SAMPLE
#include <linux/slab.h>
#endif

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
EXPORT_SYMBOL_NS_GPL(sample_open, "SAMPLE");
#else
EXPORT_SYMBOL_NS_GPL(sample_open, SAMPLE);
#endif
int more;
`);
  expect(offered('namespace-spelling', 'Spell it for both', 'MODULE_IMPORT_NS("A"); int more;\n')).toBeUndefined();
});

it('a function stays exported without its mark, or the mark without the export', () => {
  const text = 'int __init f(void)\n{\n\treturn 0;\n}\nEXPORT_SYMBOL(f);\n\nint more;\n';
  expect(offered('export-of-init', 'Remove __init', text)).toBe(text.replace('__init ', ''));
  expect(offered('export-of-init', 'Remove EXPORT', text)).toBe(text.replace('EXPORT_SYMBOL(f);\n', ''));
});
