import type { BuildModule } from '../kbuild/build';
import type { Module } from '../model/module';
import { basename, dirname, relative } from '../path';
import { describeKernel, describeSymbols } from './describe';
import type { Hover } from './hover';
import { code } from './markdown';
import type { Known, Subject } from './place';

const mostNamed = 12;

/** An object that a Makefile names: the module that it makes or belongs to, with license and members. */
export function hoverBuild({ snapshot }: Known, subject: Extract<Subject, { kind: 'module' | 'object' }>): Hover {
  const { module: built, span } = subject;
  const lines: string[] = [];
  if (subject.kind === 'object') {
    const { object, source, dependsOn } = subject.member;
    const from =
      source === undefined ? 'no source of it is on disk' : `made from ${code(relative(source, dirname(built.path)))}`;
    lines.push(`${code(basename(object))} is part of ${code(`${built.name}.ko`)}, ${from}.`);
    if (dependsOn !== undefined) lines.push(`Built only if ${code(dependsOn)} holds, which is not known.`);
  }
  const module = snapshot.modules.find(({ path }) => path === built.path);
  lines.push(...describeBuilt(built, module), describeKernel(snapshot.kernel));
  return { span, markdown: lines.join('\n\n') };
}

function describeBuilt(built: BuildModule, module: Module | undefined): string[] {
  const name = code(`${built.name}.ko`);
  const members = built.members.map(({ object }) => code(relative(object, dirname(built.path))));
  const further = members.length - mostNamed;
  const list = `${members.slice(0, mostNamed).join(', ')}${further > 0 ? ` and ${further} more` : ''}`;
  return [
    ...(module ? [`${name}: ${describeState(module)}`] : []),
    ...(members.length > 1 ? [`Members: ${list}`] : []),
    ...(module && module.unreadMembers.length > 0 ? ['Not all of its sources could be read.'] : []),
    ...(built.dependsOn === undefined
      ? []
      : [`${name} is built only if ${code(built.dependsOn)} holds, which is not known.`]),
    ...(module ? [describeSymbols(module)] : []),
  ];
}

function describeState({ verdict, licenses }: Module): string {
  const values = [...new Set(licenses.map(({ value, text }) => code(value === undefined ? text : `"${value}"`)))];
  const said = values.join(', ');
  if (verdict === 'missing') return 'it declares no license.';
  if (verdict === 'compatible') return `its license (${said}) is compatible with the GPL.`;
  if (verdict === 'incompatible') return `its license (${said}) is not compatible with the GPL.`;
  return said === '' ? 'its license is not known.' : `its license (${said}) is not resolved.`;
}
