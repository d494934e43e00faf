import type { Location } from '../finding';
import { isAtLeast, type KernelVersion } from '../kernel/kernel';
import { extractFacts } from '../syntax/extract';
import type { Argument, Invocation, MacroDefinition } from '../syntax/facts';
import type { MacroKnowledge } from './conditions';
import { exportMacro } from './exports';
import type { ExportTag, Presence, TextTag } from './module';

/** What the resolution of one file's invocations needs of its surroundings. */
export interface TagContext {
  readonly file: string;
  /** Macros of the unit with this name, in order. */
  macros(name: string): readonly { readonly file: string; readonly macro: MacroDefinition }[];
  commandLine(name: string): MacroKnowledge | undefined;
  presence(offset: number): Presence;
  /** Offset of the file's first `#include`, infinite without one. */
  readonly firstInclude: number;
  readonly version: KernelVersion | undefined;
  /** What calls of macros were expanded to: a driver that makes its functions by macros has many, the same at each edit. */
  readonly expansions: Map<string, readonly Invocation[]>;
}

/** What the invocations of one file say, wrappers and macro arguments resolved. */
export interface FileTags {
  readonly licenses: readonly TextTag[];
  readonly descriptions: readonly TextTag[];
  readonly imports: readonly TextTag[];
  readonly exports: readonly ExportTag[];
}

const maximumDepth = 8;
const mostExpansions = 2000;
const infoFields: ReadonlyMap<string, keyof Omit<FileTags, 'exports'>> = new Map([
  ['MODULE_LICENSE', 'licenses'],
  ['MODULE_DESCRIPTION', 'descriptions'],
  ['MODULE_IMPORT_NS', 'imports'],
  ['license', 'licenses'],
  ['description', 'descriptions'],
  ['import_ns', 'imports'],
]);

/** Resolves a file's top-level invocations to tags; what is surely not compiled is left out. */
export function readTags(invocations: readonly Invocation[], context: TagContext): FileTags {
  const tags = {
    licenses: [] as TextTag[],
    descriptions: [] as TextTag[],
    imports: [] as TextTag[],
    exports: [] as ExportTag[],
  };
  for (const invocation of invocations) {
    const presence = context.presence(invocation.span.start);
    if (presence !== 'no') readInvocation(invocation, invocation, presence, context, tags, 0);
  }
  return tags;
}

type MutableTags = { -readonly [K in keyof FileTags]: FileTags[K][number][] };

/** `outer` is the invocation in the file, `inner` what its macros expand to. */
function readInvocation(
  inner: Invocation,
  outer: Invocation,
  presence: Presence,
  context: TagContext,
  tags: MutableTags,
  depth: number,
): void {
  const isInfo = inner.name === 'MODULE_INFO';
  const field = infoFields.get(isInfo ? (inner.arguments[0]?.pieces[0]?.value ?? '') : inner.name);
  if (field && (isInfo || inner.name.startsWith('MODULE_'))) {
    const tag = textTag(
      inner.arguments[isInfo ? 1 : 0],
      inner === outer,
      field === 'imports',
      outer,
      presence,
      context,
    );
    tags[field].push(tag);
    return;
  }
  const macro = exportMacro(inner.name);
  if (macro) {
    tags.exports.push(...exportTags(macro, inner, outer, presence, context));
    return;
  }
  if (depth >= maximumDepth) return;
  for (const { macro: wrapper } of context.macros(inner.name)) {
    if (!wrapper.parameters || wrapper.body === '') continue;
    for (const next of expand(wrapper, inner, context.expansions)) {
      if (next.name !== inner.name) readInvocation(next, outer, presence, context, tags, depth + 1);
    }
  }
}

function textTag(
  argument: Argument | undefined,
  isDirect: boolean,
  isName: boolean,
  outer: Invocation,
  presence: Presence,
  context: TagContext,
): TextTag {
  const call = { file: context.file, span: outer.span };
  const own = isDirect ? argument : outer.arguments[0];
  const at = { file: context.file, span: own?.span ?? outer.nameSpan };
  const resolved = resolve(argument, context, isName, 0);
  return {
    value: resolved?.value,
    text: argument ? argumentText(argument) : '',
    at,
    valueAt: resolved?.at ?? at,
    call,
    presence,
    invocation: outer,
  };
}

/** The string an argument stands for; `isName` takes a bare token for itself, as `__stringify` does. */
function resolve(
  argument: Argument | undefined,
  context: TagContext,
  isName: boolean,
  depth: number,
): { value: string; at?: Location } | undefined {
  if (!argument || argument.pieces.length === 0 || depth > maximumDepth) return undefined;
  let value = '';
  let at: Location | undefined;
  for (const piece of argument.pieces) {
    if (piece.kind === 'string') {
      value += piece.value;
      continue;
    }
    if (piece.kind === 'other') return undefined;
    const found = resolveName(piece.value, context, isName, depth);
    if (!found) {
      if (!isName || argument.pieces.length > 1) return undefined;
      return { value: piece.value };
    }
    value += found.value;
    at = found.at;
  }
  return at ? { value, at } : { value };
}

function resolveName(
  name: string,
  context: TagContext,
  isName: boolean,
  depth: number,
): { value: string; at?: Location } | undefined {
  const own = context.commandLine(name);
  if (own?.value !== undefined) return resolve(parseArgument(own.value), context, isName, depth + 1);
  const found = context.macros(name).filter(({ macro }) => !macro.parameters);
  const values = new Map<string, Location>();
  for (const { file, macro } of found) {
    const value = resolve(parseArgument(macro.body), context, isName, depth + 1)?.value;
    if (value === undefined) return undefined;
    values.set(value, { file, span: macro.nameSpan });
  }
  // Definitions that contradict each other leave the value open.
  const [only] = values;
  return only && values.size === 1 ? { value: only[0], at: only[1] } : undefined;
}

function exportTags(
  macro: NonNullable<ReturnType<typeof exportMacro>>,
  inner: Invocation,
  outer: Invocation,
  presence: Presence,
  context: TagContext,
): ExportTag[] {
  const symbol = inner.arguments[0]?.pieces;
  if (symbol?.length !== 1 || symbol[0]?.kind !== 'name') return [];
  const name = renamed(symbol[0].value, context, 0);
  const at = {
    file: context.file,
    span: inner === outer ? symbol[0].span : (outer.arguments[0]?.span ?? outer.nameSpan),
  };
  let namespace = typeof macro.namespace === 'string' ? macro.namespace : '';
  if (typeof macro.namespace === 'number') {
    const value = resolve(inner.arguments.at(macro.namespace), context, true, 0)?.value;
    namespace = value === undefined ? '' : `${macro.prefix ?? ''}${value}`;
  } else if (namespace === '') {
    namespace = defaultNamespace(context);
  }
  return macro.symbols.map((pattern) => ({
    name: pattern.replace('{}', name),
    isGplOnly: macro.isGplOnly,
    namespace,
    at,
    presence,
    invocation: outer,
  }));
}

/** An export's argument is expanded: `#define open sample_open` before it exports `sample_open`. */
function renamed(name: string, context: TagContext, depth: number): string {
  const bodies = context.macros(name).flatMap(({ macro }) => (macro.parameters ? [] : macro.body));
  const [body = ''] = bodies;
  if (depth >= maximumDepth || !/^[A-Za-z_]\w*$/.test(body) || bodies.some((other) => other !== body)) return name;
  return renamed(body, context, depth + 1);
}

/**
 * Namespace of plain exports. Before 6.13 include/linux/export.h reads the macro when it is included, so that a
 * definition below the file's includes comes too late.
 */
function defaultNamespace(context: TagContext): string {
  const name = 'DEFAULT_SYMBOL_NAMESPACE';
  const own = context.macros(name).find(({ file }) => file === context.file);
  const isLate = own !== undefined && own.macro.span.start > context.firstInclude;
  if (isLate && isAtLeast(context.version, 6, 13) !== true) return '';
  return resolveName(name, context, true, 0)?.value ?? '';
}

/** The invocations a wrapper's body makes with the arguments put in. */
function expand(wrapper: MacroDefinition, call: Invocation, known: TagContext['expansions']): readonly Invocation[] {
  const given = call.arguments.map(argumentText);
  const key = [wrapper.body, ...(wrapper.parameters ?? []), '', ...given].join('\0');
  const found = known.get(key) ?? expanded(wrapper, given);
  if (known.size >= mostExpansions) known.clear();
  known.set(key, found);
  return found;
}

function expanded(wrapper: MacroDefinition, given: readonly string[]): readonly Invocation[] {
  const parameters = wrapper.parameters ?? [];
  const values = new Map<string, string>();
  parameters.forEach((parameter, index) => {
    const isRest = parameter === '...' || parameter.endsWith('...');
    values.set(
      isRest && parameter === '...' ? '__VA_ARGS__' : parameter.replace('...', ''),
      given.slice(index, isRest ? undefined : index + 1).join(', '),
    );
  });
  const text = wrapper.body
    .replace(
      /"(?:[^"\\]|\\.)*"|(#{1,2})?\s*\b([A-Za-z_]\w*)\b/g,
      (whole, hash: string | undefined, name: string | undefined) => {
        const value = name === undefined ? undefined : values.get(name);
        if (value === undefined) return whole;
        return hash === '#' ? JSON.stringify(value) : whole.replace(name ?? '', () => value);
      },
    )
    .replace(/\s*##\s*/g, '');
  return extractFacts('expansion.c', text).invocations;
}

function parseArgument(text: string): Argument | undefined {
  return extractFacts('argument.c', `ARGUMENT(${text.replaceAll('\\"', '"')})`).invocations[0]?.arguments[0];
}

function argumentText(argument: Argument): string {
  return argument.pieces
    .map((piece) => (piece.kind === 'string' ? JSON.stringify(piece.value) : piece.value))
    .join(' ');
}
