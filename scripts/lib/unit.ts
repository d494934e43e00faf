// Reads translation units as the exact findings do, in a process of its own:
//   node BUNDLE '{"units": [{"path", "arguments": []}], "folder", "compilers", "version", "isWalked", "passes"}'
// `folder` is where gcc would run, `compilers` the folder of compiler data, `version` gcc's. Prints the seconds of each pass as JSON.
import { existsSync } from 'node:fs';
import { linkFacts } from '../../server/src/core/link/link';
import { readArguments } from '../../server/src/core/preprocess/arguments';
import { HeaderCache } from '../../server/src/core/preprocess/cache';
import { recycle } from '../../server/src/core/preprocess/made';
import { preprocess } from '../../server/src/core/preprocess/preprocess';
import { readText } from '../../server/src/io/disk';
import { gccFrom } from './compiler';

const { units, folder, compilers, version, isWalked, passes } = JSON.parse(process.argv[2] ?? '');
const compiler = gccFrom(compilers, version, units[0]?.arguments ?? []);
const read = (path: string) => {
  const result = readText(path);
  return 'text' in result ? result.text : undefined;
};
const cache = new HeaderCache({ read, exists: existsSync });
const seconds: number[] = [];
for (let pass = 0; pass < passes; pass++) {
  const start = performance.now();
  for (const { path, arguments: list } of units) {
    const unit = preprocess({ path, compiler, ...readArguments(list, folder) }, cache);
    if (unit.missingHeaders.length > 0) throw new Error(`${path}: ${unit.missingHeaders[0]} is missing`);
    if (isWalked) linkFacts(unit);
    recycle(unit, cache);
  }
  seconds.push((performance.now() - start) / 1000);
}
console.log(JSON.stringify(seconds));
