import type { Kernel } from '../kernel/kernel';
import { licenseStrings } from '../kernel/license';
import type { Snapshot } from '../model/snapshot';
import { spdxAlternatives, stringsFor } from '../rules/licenses';
import type { Suggestion } from './complete';
import type { ArgumentPlace } from './complete-place';
import { code } from './markdown';

/** The strings that the kernel takes, those that say what the file's SPDX line says first. */
export function suggestLicenses(snapshot: Snapshot, path: string, place: ArgumentPlace): Suggestion[] {
  const { kernel } = snapshot;
  const file = snapshot.file(path);
  const spdx = file && spdxAlternatives(file);
  const fitting = new Set(spdx ? stringsFor(spdx).map(({ value }) => value) : []);
  const values = [...acceptedBy(kernel), 'Proprietary'];
  return [...values.filter((value) => fitting.has(value)), ...values.filter((value) => !fitting.has(value))].map(
    (value) => {
      const isCompatible = kernel.compatibleLicenses.has(value);
      const string = licenseStrings.find((one) => one.value === value);
      const lines = [
        string?.meaning ?? 'A string of this kernel alone.',
        isCompatible
          ? 'Compatible with the GPL: GPL-only symbols may be used.'
          : 'Not compatible with the GPL: no GPL-only symbol may be used, and loading the module taints the kernel.',
        ...(fitting.has(value) && file?.spdx ? [`Says what the file's SPDX line says: ${code(file.spdx.text)}`] : []),
      ];
      return {
        label: value,
        span: place.content,
        newText: `${place.isString ? '' : '"'}${value}${place.isString ? '' : '"'}${place.closing}`,
        kind: 'license',
        detail: isCompatible ? 'compatible with the GPL' : 'taints the kernel',
        documentation: lines.join('\n\n'),
        ...(string?.isHistoric && { isOld: true }),
      };
    },
  );
}

/** In the order in which they are documented, a tree's own ones behind. */
function acceptedBy({ compatibleLicenses }: Kernel): string[] {
  const documented = licenseStrings.map(({ value }) => value).filter((value) => compatibleLicenses.has(value));
  return [...new Set([...documented, ...compatibleLicenses])];
}
