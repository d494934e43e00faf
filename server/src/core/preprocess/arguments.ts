import { join } from '../path';
import type { Arguments } from './request';

const separate = /^-(I|D|U|include|iquote|isystem|idirafter)$/;
const joined = /^-(iquote|isystem|idirafter|I|D|U)(?=.)/;

/** Reads the arguments of a compiler called in `folder`; those that do not concern the preprocessor are passed over. */
export function readArguments(list: readonly string[], folder: string): Arguments {
  const definitions: string[] = [];
  const includes: string[] = [];
  const quoteFolders: string[] = [];
  const folders: string[] = [];
  const systemFolders: string[] = [];
  const after: string[] = [];
  for (let i = 0; i < list.length; i++) {
    const argument = list[i] as string;
    let option = separate.exec(argument)?.[1];
    let value = '';
    if (option !== undefined) value = list[++i] ?? '';
    else {
      option = joined.exec(argument)?.[1];
      value = argument.slice((option?.length ?? 0) + 1);
    }
    if (value === '') continue;
    if (option === 'D') definitions.push(definition(value));
    else if (option === 'U') definitions.push(`#undef ${value}`);
    else if (option === 'include') includes.push(value);
    else if (option === 'iquote') quoteFolders.push(absolute(folder, value));
    else if (option === 'I') folders.push(absolute(folder, value));
    else if (option === 'isystem') systemFolders.push(absolute(folder, value));
    else if (option === 'idirafter') after.push(absolute(folder, value));
  }
  return {
    definitions,
    includes: includes.map((path) => absolute(folder, path)),
    quoteFolders,
    folders,
    systemFolders: [...systemFolders, ...after],
  };
}

function definition(value: string): string {
  const equals = value.indexOf('=');
  if (equals < 0) return `#define ${value} 1`;
  return `#define ${value.slice(0, equals)} ${value.slice(equals + 1)}`.replace(/[\r\n]/g, ' ');
}

function absolute(folder: string, path: string): string {
  const full = join(folder, path);
  return full.length > 1 ? full.replace(/\/$/, '') : full;
}
