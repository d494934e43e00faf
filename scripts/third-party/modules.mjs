// What real builds say: the .modinfo section of a .ko, modpost's errors, the variables that DKMS passes to make.
import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';

/** Name, licenses and imported namespaces of a built module (64-bit little-endian ELF). */
export function readModinfo(file) {
  const data = readFileSync(file);
  if (data.readUInt32BE(0) !== 0x7f454c46 || data[4] !== 2 || data[5] !== 1) {
    throw new Error(`${file} is no 64-bit little-endian ELF file`);
  }
  const table = Number(data.readBigUInt64LE(40));
  const [size, count, names] = [58, 60, 62].map((at) => data.readUInt16LE(at));
  const section = (index) => {
    const at = table + index * size;
    const [offset, length] = [24, 32].map((field) => Number(data.readBigUInt64LE(at + field)));
    return { name: data.readUInt32LE(at), content: data.subarray(offset, offset + length) };
  };
  const nameOf = ({ name }) => section(names).content.subarray(name).toString('latin1').split('\0', 1)[0];
  const sections = Array.from({ length: count }, (_, index) => section(index));
  const info = sections.find((one) => nameOf(one) === '.modinfo')?.content.toString('utf8') ?? '';
  const pairs = info.split('\0').map((pair) => /^([^=]+)=(.*)$/s.exec(pair) ?? []);
  const get = (key) => pairs.filter((pair) => pair[1] === key).map((pair) => pair[2]);
  return { name: get('name')[0] ?? '', licenses: get('license'), namespaces: get('import_ns').sort() };
}

/** GPL-only symbols that modpost refuses, by module. */
export function modpostErrors(log) {
  const named = new Map();
  for (const [, module, symbol] of log.matchAll(/GPL-incompatible module (\S+)\.ko uses GPL-only symbol '([^']+)'/g)) {
    const name = module.replaceAll('-', '_');
    named.set(name, (named.get(name) ?? new Set()).add(symbol));
  }
  return named;
}

/** What dkms.conf passes to make besides the folders: `HDAPS=1`. */
export function buildVariables(dkms) {
  const make = /^MAKE\[0\]="([^"\n]*)"/m.exec(dkms)?.[1] ?? '';
  return make.split(/\s+/).filter((word) => /^\w+=[^$]*$/.test(word));
}

/** Sources of a built module relative to its folder, from the list of objects that Kbuild leaves beside it. */
export function membersOf(ko, folder) {
  const objects = readFileSync(ko.replace(/\.ko$/, '.mod'), 'utf8')
    .split(/\s+/)
    .filter((word) => word.endsWith('.o'));
  return objects.map((object) => relative(folder, resolve(folder, object)).replace(/\.o$/, '.c'));
}
