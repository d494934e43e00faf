import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const licenseFile = /^(?:licen[cs]e|copying|notice|third-?party-?notices)(?:[.-].*)?$/i;

/**
 * The licenses of what is shipped: one section for each package that the bundles hold or that a copied file comes from.
 * `inputs` are paths of files. A package that brings no license text is named with its license and its author.
 */
export function thirdPartyNotices(inputs) {
  const folders = [...new Set(inputs.map(packageFolder).filter((folder) => folder !== undefined))];
  const sections = new Map();
  for (const folder of folders) {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const title = `${manifest.name} ${manifest.version}`;
    sections.set(title, `${title} (${manifest.license})\n\n${licenseText(folder, manifest)}`);
  }
  const parts = [...sections].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  const line = `\n\n${'-'.repeat(80)}\n\n`;
  return `Untainted contains the following packages.${line}${parts.join(line)}\n`;
}

/** The innermost folder below `node_modules` that a file's package is in. */
function packageFolder(input) {
  const path = input.replaceAll('\\', '/');
  if (!path.includes('node_modules/')) return undefined;
  const rest = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length).split('/');
  const name = rest.slice(0, rest[0]?.startsWith('@') ? 2 : 1).join('/');
  return path.slice(0, path.lastIndexOf('node_modules/')) + join('node_modules', name);
}

function licenseText(folder, { author, repository }) {
  const files = readdirSync(folder).filter((file) => licenseFile.test(file));
  const texts = files.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
  if (texts.length > 0) return texts.join('\n\n');
  const from = typeof repository === 'string' ? repository : repository?.url;
  return `By ${typeof author === 'string' ? author : author?.name}; ${from}`;
}
