import type { Module } from '../model/module';
import type { Snapshot } from '../model/snapshot';
import { describeKernel, describeLicense, describeSymbols, directOnly } from './describe';
import type { Hover } from './hover';
import { describeUsers } from './lens';
import { code, count } from './markdown';
import { kernelNamespaces, workspaceNamespaces } from './namespaces';
import type { Subject } from './place';
import { usersOf } from './users';

const mostNamed = 6;

/** A MODULE_LICENSE: what the string means, and what it means for the modules that it is said of. */
export function hoverLicense(
  snapshot: Snapshot,
  path: string,
  { span, tag }: Extract<Subject, { kind: 'license' }>,
): Hover {
  const modules = snapshot.modulesOf(path).slice(0, mostNamed);
  const lines = [describeLicense(tag), ...modules.map(describeSymbols), describeKernel(snapshot.kernel)];
  return { span, markdown: lines.join('\n\n') };
}

/** An export of the workspace: to whom, and who takes it. */
export function* hoverExport(
  snapshot: Snapshot,
  { span, tag }: Extract<Subject, { kind: 'export' }>,
): Generator<void, Hover> {
  const { name, namespace, isGplOnly, at } = tag;
  const where = namespace === '' ? '' : ` in the namespace ${code(namespace)}`;
  const whom = isGplOnly ? 'modules with a GPL-compatible license only' : 'modules of any license';
  const users = yield* usersOf(snapshot, name, at.file);
  const named = users.modules.slice(0, mostNamed).map((module) => code(`${module.name}.ko`));
  const further = users.modules.length - named.length;
  const list = named.length === 0 ? '' : `: ${named.join(', ')}${further > 0 ? ` and ${further} more` : ''}`;
  return {
    span,
    markdown: `${code(name)} is exported to ${whom}${where}.\n\n${capital(describeUsers(users))}${list}.`,
  };
}

/** A namespace that is imported or exported into: by whom, and how many of its symbols are used. */
export function hoverNamespace(
  snapshot: Snapshot,
  path: string,
  { span, name }: Extract<Subject, { kind: 'namespace' }>,
): Hover {
  const { kernel } = snapshot;
  const theirs = kernelNamespaces(kernel).get(name);
  const ours = workspaceNamespaces(snapshot).get(name) ?? 0;
  const providers = [...(theirs?.providers ?? [])];
  const named = providers.slice(0, mostNamed).map(code);
  if (providers.length > named.length) named.push(`${providers.length - named.length} more`);
  const exported = [
    ...(theirs ? [`${count(theirs.symbols, 'symbol')} of the kernel (${named.join(', ')})`] : []),
    ...(ours > 0 ? [`${count(ours, 'symbol')} of this workspace`] : []),
  ];
  const lines = [
    exported.length > 0
      ? `Namespace ${code(name)}: ${exported.join(', ')}.`
      : `Nobody known exports into the namespace ${code(name)}.`,
    ...snapshot
      .modulesOf(path)
      .slice(0, mostNamed)
      .map((module) => describeUse(module, name)),
    describeKernel(kernel),
  ];
  return { span, markdown: lines.join('\n\n') };
}

function describeUse(module: Module, namespace: string): string {
  const used = module.symbols().filter((symbol) => symbol.export.namespace === namespace);
  const named = used.slice(0, mostNamed).map(({ name }) => code(name));
  if (used.length > named.length) named.push(`${used.length - named.length} more`);
  const what = used.length === 0 ? 'none of them' : `${used.length} of them: ${named.join(', ')}`;
  const limits = module.isExact ? '' : ` ${directOnly}`;
  return `${code(`${module.name}.ko`)} uses ${what}.${limits}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
