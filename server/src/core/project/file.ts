import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Problem } from '../finding';
import { suggestion } from '../nearest';
import { dirname, isInside, join } from '../path';
import { isEmbedded, type Settings } from '../settings';
import type { Span } from '../text';
import { type Choices, readChoices } from './choices';

/** The name of a project's own settings. */
export const projectFileName = 'untainted.json';

/** What a project's own file says, paths made absolute, and where it says what must not be trusted. */
export interface ProjectFile {
  readonly file: string;
  readonly choices: Choices;
  readonly problems: readonly Problem[];
  readonly outside: readonly { readonly key: string; readonly span: Span }[];
}

/** Settings that name files outside of the project. */
const outsideKeys = ['kernel', 'extraSymvers'] as const;
const keys = ['kernel', 'extraSymvers', 'exclude', 'rules', 'overrides', 'baseline'];
/** Longer texts are no settings. */
const maximumLength = 1024 * 1024;
const maximumProblems = 50;
const noSpan: Span = { start: 0, end: 0 };

/** What the parser's words mean, as the end of a sentence that begins with the place. */
const expected: Readonly<Record<string, string>> = {
  InvalidSymbol: 'is not a value: texts stand in double quotes',
  InvalidNumberFormat: 'is not a number',
  PropertyNameExpected: 'is not the name of a setting in double quotes',
  ValueExpected: 'stands where a value must be',
  ColonExpected: `stands where a ':' must be`,
  CommaExpected: `stands where a ',' must be`,
  CloseBraceExpected: `stands where a '}' must be`,
  CloseBracketExpected: `stands where a ']' must be`,
  EndOfFileExpected: 'stands behind the end of the settings',
  UnexpectedEndOfComment: 'begins a comment that does not end',
  UnexpectedEndOfString: 'begins a text that does not end in its line',
};

/** Reads the text of an `untainted.json`: JSON with comments. What is wrong in it is told at its place; the rest counts. */
export function readProjectFile(file: string, text: string): ProjectFile {
  const problems: Problem[] = [];
  const tell = (message: string, span: Span) => {
    if (problems.length < maximumProblems) problems.push({ message, file, span });
  };
  const tree = parse(text, tell);
  const at = (path: readonly (string | number)[]) => (tree ? spanOf(nearestNode(tree, path)) : noSpan);
  const value = tree && toValue(tree);
  const choices = readChoices(value, (path, message) => tell(`${nameOf(path)} ${message}${stop(message)}`, at(path)));
  for (const property of tree?.type === 'object' ? (tree.children ?? []) : []) {
    const [name] = property.children ?? [];
    const key = String(name?.value);
    if (!name || keys.includes(key) || key === '$schema') continue;
    const message = `There is no setting '${key.slice(0, 60)}'${suggestion(key, keys) || `: there are ${keys.join(', ')}.`}`;
    tell(message, spanOf(name));
  }
  const outside = outsideKeys.flatMap((key) => (namesOutside(choices, key) ? [{ key, span: at([key]) }] : []));
  const paths = resolved(choices, dirname(file));
  if (paths.baseline === undefined || isInside(paths.baseline, dirname(file))) {
    return { file, choices: paths, problems, outside };
  }
  tell(`'baseline' must lie in the folder of ${projectFileName}: it is not used.`, at(['baseline']));
  const { baseline: _, ...inside } = paths;
  return { file, choices: inside, problems, outside };
}

/** A user's own settings with those of the project: what the user chose counts, lists are added up. */
export function withProject(own: Settings, project: ProjectFile | undefined): Settings {
  if (!project) return own;
  const { choices } = project;
  const allowed = own.isUntrusted ? {} : choices;
  const kernel = isEmbedded(choices.kernel ?? '') ? choices.kernel : allowed.kernel;
  // A rule that the user set by hand is that everywhere.
  const overrides = (choices.overrides ?? []).map(({ files, rules }) => ({
    files,
    rules: Object.fromEntries(Object.entries(rules).filter(([id]) => own.rules[id] === undefined)),
  }));
  return {
    ...own,
    kernel: own.kernel === '' ? (kernel ?? '') : own.kernel,
    extraSymvers: [...new Set([...own.extraSymvers, ...(allowed.extraSymvers ?? [])])],
    rules: { ...choices.rules, ...own.rules },
    project: { folder: dirname(project.file), exclude: choices.exclude ?? [], overrides },
  };
}

/** What of a project's file does not count because nobody vouches for it. */
export function untrustedProblems({ file, outside }: ProjectFile): Problem[] {
  return outside.map(({ key, span }) => ({
    message: `'${key}' may lead outside of the project and is not used until the workspace is trusted.`,
    file,
    span,
  }));
}

function parse(text: string, tell: (message: string, span: Span) => void): Node | undefined {
  if (text.length > maximumLength) {
    tell('The file is too large for settings; nothing of it is used.', noSpan);
    return undefined;
  }
  const errors: ParseError[] = [];
  try {
    const tree = parseTree(text, errors, { allowTrailingComma: true });
    for (const [i, one] of errors.entries())
      if (!isSequel(one, errors[i - 1])) tell(syntaxMessage(text, one), spanOf(one));
    return tree;
  } catch {
    // The parser calls itself for each level.
    tell('The settings are nested too deeply; nothing of the file is used.', noSpan);
    return undefined;
  }
}

/** A word that is no value is told once: as that, and not as missing behind it too. */
function isSequel({ error }: ParseError, before: ParseError | undefined): boolean {
  const isMissing = printParseErrorCode(error) === 'ValueExpected';
  return isMissing && before !== undefined && printParseErrorCode(before.error) === 'InvalidSymbol';
}

function syntaxMessage(text: string, { error, offset, length }: ParseError): string {
  const shown = text.slice(offset, offset + Math.min(length, 30)).replace(/\s+/g, ' ');
  const what = shown.trim() === '' ? 'The end of the file' : `'${shown}'`;
  return `${what} ${expected[printParseErrorCode(error)] ?? 'is not JSON'}; the settings round it that can be read are used.`;
}

function spanOf({ offset, length }: { readonly offset: number; readonly length: number }): Span {
  return { start: offset, end: offset + length };
}

/** The setting or the list's element at a path, or the innermost on the way to it. */
function nearestNode(tree: Node, path: readonly (string | number)[]): Node {
  for (let end = path.length; end > 0; end--) {
    const node = findNodeAtLocation(tree, path.slice(0, end));
    if (node) return node.parent?.type === 'property' ? node.parent : node;
  }
  return tree;
}

/** The value as JSON.parse would give it, so that no name in it means more than a name. */
function toValue(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(toValue);
  if (node.type !== 'object') return node.value;
  const entries = (node.children ?? []).flatMap(({ children = [] }) => {
    const [name, value] = children;
    return name && value ? [[String(name.value), toValue(value)] as const] : [];
  });
  return Object.fromEntries(entries);
}

function nameOf(path: readonly (string | number)[]): string {
  if (path.length === 0) return 'The file';
  return `'${path.slice(0, 3).join('.').slice(0, 60)}'`;
}

function stop(message: string): string {
  return message.endsWith('?') ? '' : '.';
}

function namesOutside(choices: Choices, key: (typeof outsideKeys)[number]): boolean {
  const value = choices[key];
  return value !== undefined && value.length > 0 && !isEmbedded(String(value));
}

/** Paths are relative to the file's folder. */
function resolved(choices: Choices, folder: string): Choices {
  const { kernel, extraSymvers, baseline } = choices;
  const isPath = kernel !== undefined && kernel !== '' && !isEmbedded(kernel);
  return {
    ...choices,
    ...(isPath && { kernel: join(folder, kernel.replaceAll('\\', '/')) }),
    ...(baseline && { baseline: join(folder, baseline.replaceAll('\\', '/')) }),
    ...(extraSymvers && { extraSymvers: extraSymvers.map((path) => join(folder, path.replaceAll('\\', '/'))) }),
  };
}
