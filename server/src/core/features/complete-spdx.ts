import type { Snapshot } from '../model/snapshot';
import { allowsGpl, alternatives, isUnderstood } from '../rules/license-families';
import { expressionsFor } from '../rules/licenses';
import { parseSpdx } from '../syntax/spdx';
import { exceptionIds, isKernelException, isOldException, licenseIds, spdxLicense } from '../syntax/spdx-list';
import type { Suggestion } from './complete';
import type { SpdxPlace } from './complete-place';

/** Identifiers, exceptions or operators, whatever may stand next in the expression. */
export function suggestSpdx(snapshot: Snapshot, path: string, { before, word }: SpdxPlace): Suggestion[] {
  const words = before.split(/[\s()]+/).filter((one) => one !== '');
  const last = words.at(-1);
  if (last?.toUpperCase() === 'WITH') return exceptionIds.map((id) => exception(id, word));
  const isOperator = /^(?:AND|OR)$/i.test(last ?? '');
  if (last !== undefined && !isOperator && !/\(\s*$/.test(before)) {
    const isException = words.at(-2)?.toUpperCase() === 'WITH';
    return operators.filter(({ label }) => label !== 'WITH' || !isException).map((one) => ({ ...one, span: word }));
  }
  const whole = last === undefined && !before.includes('(') ? ofModule(snapshot, path, word) : [];
  return [...whole, ...licenseIds.map((id) => license(id, word))];
}

const operators: readonly Omit<Suggestion, 'span'>[] = [
  {
    label: 'OR',
    newText: 'OR',
    kind: 'operator',
    detail: 'whoever uses the file chooses',
  },
  {
    label: 'WITH',
    newText: 'WITH',
    kind: 'operator',
    detail: 'an exception to the license follows',
  },
  {
    label: 'AND',
    newText: 'AND',
    kind: 'operator',
    detail: 'both licenses hold',
  },
];

/** The expressions that say what the file's MODULE_LICENSE says, where that takes more than one word or is private. */
function ofModule(snapshot: Snapshot, path: string, span: Suggestion['span']): Suggestion[] {
  const value = snapshot.file(path)?.licenses[0]?.value;
  const expressions = value === undefined ? [] : expressionsFor(value);
  return expressions
    .filter((expression) => !licenseIds.includes(expression))
    .map((expression) => ({
      label: expression,
      span,
      newText: expression,
      kind: 'license',
      detail: `says what MODULE_LICENSE("${value}") says`,
    }));
}

function license(id: string, span: Suggestion['span']): Suggestion {
  const found = spdxLicense(id);
  const detail = found?.name ?? 'SPDX license';
  const documentation = found && documentationOf(found.kernel, id);
  return {
    label: id,
    span,
    newText: id,
    kind: 'license',
    detail,
    ...(documentation && { documentation }),
    // The kernel goes on to take the short names of its own licenses.
    ...(found?.isDeprecated && found.kernel === undefined && { isOld: true }),
  };
}

function documentationOf(place: 'preferred' | 'dual' | 'deprecated' | undefined, id: string): string | undefined {
  const expression = place && parseSpdx(id);
  const all = expression && alternatives(expression);
  const lines = [
    ...(place ? [inKernel[place]] : []),
    ...(all && isUnderstood(all) && allowsGpl(all) ? ['Goes with `MODULE_LICENSE("GPL")`.'] : []),
  ];
  return lines.length > 0 ? lines.join('\n\n') : undefined;
}

const inKernel = {
  preferred: 'One of the licenses that the kernel prefers.',
  dual: 'The kernel takes it only beside a license that is compatible with GPL version 2, as in `GPL-2.0 OR …`.',
  deprecated: 'In the kernel only for code that exists; not for new files.',
};

function exception(id: string, span: Suggestion['span']): Suggestion {
  return {
    label: id,
    span,
    newText: id,
    kind: 'exception',
    detail: isKernelException(id) ? 'exception, used in the kernel' : 'exception',
    ...(isOldException(id) && { isOld: true }),
  };
}
