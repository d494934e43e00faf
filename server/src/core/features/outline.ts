import type { Location } from '../finding';
import type { ExportTag, Module, SourceFile, TextTag } from '../model/module';
import { basename } from '../path';
import type { Span } from '../text';
import type { Known } from './place';

/** One entry of a file's outline. */
export interface OutlineItem {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'module' | 'tag' | 'export' | 'object';
  /** The whole of it, and the part that names it. */
  readonly span: Span;
  readonly nameSpan: Span;
  readonly children: readonly OutlineItem[];
}

/**
 * What a file says of modules: a source's tags under its module, and its exports; a Makefile's modules with their objects.
 * Functions and the like are left to a C language server.
 */
export function outline({ snapshot, build }: Known, path: string): OutlineItem[] {
  const modules = snapshot.modulesOf(path);
  const inMakefile = build.modules.flatMap((module) => {
    if (module.at?.file !== path) return [];
    const derived = modules.find((one) => one.path === module.path);
    const children = module.members.flatMap(({ object, at }) =>
      at?.file === path && at.span.start !== module.at?.span.start
        ? [leaf(basename(object), '', 'object', at.span)]
        : [],
    );
    return [{ ...leaf(module.name, derived ? licensesOf(derived) : '', 'module', module.at.span), children }];
  });
  const file = snapshot.file(path);
  return [...inMakefile, ...(file ? sourceItems(file, modules) : [])].sort((a, b) => a.span.start - b.span.start);
}

function sourceItems(file: SourceFile, modules: readonly Module[]): OutlineItem[] {
  const isHere = ({ at }: { readonly at: Location }) => at.file === file.path;
  const tags = [...file.licenses, ...file.descriptions, ...file.imports].filter(isHere).map(tagItem);
  tags.sort((a, b) => a.span.start - b.span.start);
  const exports = file.exports.filter(isHere).map((tag) => exportItem(file, tag));
  const [module] = modules;
  const [first] = tags;
  const last = tags.at(-1);
  if (!module || !first || !last) return [...tags, ...exports];
  const span = { start: first.span.start, end: last.span.end };
  const name = modules.map((one) => one.name).join(', ');
  return [
    { name, detail: licensesOf(module), kind: 'module', span, nameSpan: first.nameSpan, children: tags },
    ...exports,
  ];
}

function tagItem({ invocation, text, value, call, at }: TextTag): OutlineItem {
  return { ...leaf(invocation.name, value ?? text, 'tag', call.span), nameSpan: at.span };
}

function exportItem(file: SourceFile, { name, isGplOnly, namespace, at }: ExportTag): OutlineItem {
  const call = file.facts.invocations.find(({ span }) => span.start <= at.span.start && at.span.end <= span.end);
  const detail = [isGplOnly ? 'exported GPL-only' : 'exported', ...(namespace === '' ? [] : [`in ${namespace}`])];
  return { ...leaf(name, detail.join(' '), 'export', call?.span ?? at.span), nameSpan: at.span };
}

function leaf(name: string, detail: string, kind: OutlineItem['kind'], span: Span): OutlineItem {
  return { name, detail, kind, span, nameSpan: span, children: [] };
}

function licensesOf({ licenses }: Module): string {
  return [...new Set(licenses.map(({ value, text }) => value ?? text))].join(', ');
}
