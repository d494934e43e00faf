import { isAtLeast, type Kernel } from '../kernel/kernel';
import type { Snapshot } from '../model/snapshot';
import type { Suggestion } from './complete';
import type { ArgumentPlace } from './complete-place';
import { code, count } from './markdown';
import { kernelNamespaces, workspaceNamespaces } from './namespaces';

/**
 * Namespaces, as this kernel wants them written. To import: those first whose symbols the file's modules use without
 * importing them, then the workspace's own. To export into: the workspace's own first.
 */
export function suggestNamespaces(
  snapshot: Snapshot,
  path: string,
  place: ArgumentPlace,
  purpose: 'import' | 'export',
): Suggestion[] {
  const { kernel } = snapshot;
  const modules = snapshot.modulesOf(path);
  const imported = new Set(
    purpose === 'import' ? (snapshot.file(path)?.imports.flatMap((tag) => tag.value ?? []) ?? []) : [],
  );
  const used = new Map<string, number>();
  for (const symbol of purpose === 'import' ? modules.flatMap((module) => module.symbols()) : []) {
    const { namespace } = symbol.export;
    if (namespace !== '') used.set(namespace, (used.get(namespace) ?? 0) + 1);
  }
  const ours = workspaceNamespaces(snapshot);
  const theirs = kernelNamespaces(kernel);
  const names = [...new Set([...used.keys(), ...[...ours.keys()].sort(), ...[...theirs.keys()].sort()])];
  const rank = (name: string) => (imported.has(name) ? 1 : 0);
  return names
    .filter((name) => !name.startsWith('module:'))
    .sort((a, b) => rank(a) - rank(b))
    .map((name) => {
      const uses = used.get(name) ?? 0;
      const own = ours.get(name) ?? 0;
      const exported = own > 0 ? own : (theirs.get(name)?.symbols ?? 0);
      const where = own > 0 ? 'this workspace' : `kernel ${kernel.release}`;
      return {
        label: name,
        ...written(name, place, kernel),
        kind: 'namespace',
        detail: imported.has(name)
          ? 'imported already'
          : uses > 0
            ? `${count(uses, 'symbol')} used here`
            : count(exported, 'symbol'),
        documentation: `${count(exported, 'symbol')} of ${code(where)} in this namespace.`,
      };
    });
}

/** A string from 6.13 on, a bare word before it; where the version is not known, as the user has begun. */
function written(name: string, { content, isString, closing }: ArgumentPlace, { version }: Kernel) {
  const isLiteral = isAtLeast(version, 6, 13) ?? isString;
  if (isLiteral === isString) return { span: content, newText: `${name}${closing}` };
  if (isLiteral) return { span: content, newText: `"${name}"${closing}` };
  // The quotes go too.
  const isOpen = closing.startsWith('"');
  const span = { start: content.start - 1, end: content.end + (isOpen ? 0 : 1) };
  return { span, newText: `${name}${isOpen ? closing.slice(1) : ''}`, filter: `"${name}` };
}
