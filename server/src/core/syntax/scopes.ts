import type { Language, TreeCursor } from 'web-tree-sitter';

/** What a tree tells of a body: names that are not declared in it, and where it could not be read. */
export interface Scopes {
  /** Offsets of identifiers that stand for something declared outside. */
  readonly outer: readonly number[];
  /** Ends of the same. */
  readonly ends: readonly number[];
  /** Start and end of each part that the grammar did not understand. */
  readonly broken: readonly number[];
  /** Every name the body declares anywhere. */
  readonly declared: ReadonlySet<string>;
}

const expression = 0;
/** In a declarator: the name is declared here. */
const declaring = 1;
/** In the declarator of a prototype or `extern`: the name is another's. */
const foreign = 2;
const skipped = 3;

/** Kinds of nodes that matter, by their number in the grammar. */
export class NodeKinds {
  readonly #roles = new Map<number, Role>();
  readonly declarator: number;
  readonly parameters: number;
  readonly size: number;
  readonly value: number;

  constructor(language: Language) {
    for (const [role, list] of roles) {
      for (const name of list.split(' ')) {
        const id = language.idForNodeType(name, true);
        if (id !== null) this.#roles.set(id, role);
      }
    }
    this.declarator = language.fieldIdForName('declarator') ?? -1;
    this.parameters = language.fieldIdForName('parameters') ?? -1;
    this.size = language.fieldIdForName('size') ?? -1;
    this.value = language.fieldIdForName('value') ?? -1;
  }

  role(id: number): Role | undefined {
    return this.#roles.get(id);
  }
}

type Role =
  | 'identifier'
  | 'scope'
  | 'declaration'
  | 'declarator'
  | 'initialized'
  | 'array'
  | 'function'
  | 'enumerator'
  | 'storage'
  | 'enum'
  | 'skipped';

const roles: readonly (readonly [Role, string])[] = [
  ['identifier', 'identifier'],
  ['scope', 'compound_statement for_statement'],
  ['declaration', 'declaration'],
  ['declarator', 'pointer_declarator parenthesized_declarator attributed_declarator'],
  ['initialized', 'init_declarator'],
  ['array', 'array_declarator'],
  ['function', 'function_declarator'],
  ['enum', 'enum_specifier enumerator_list'],
  ['enumerator', 'enumerator'],
  ['storage', 'storage_class_specifier'],
  [
    'skipped',
    'struct_specifier union_specifier parameter_list type_descriptor type_definition attribute_specifier sizeof_expression ' +
      'alignof_expression offsetof_expression string_literal char_literal number_literal attribute_declaration ' +
      'ms_declspec_modifier type_qualifier sized_type_specifier',
  ],
];

/** Walks a tree of masked text and finds the names that its scopes do not declare. */
export function readScopes(cursor: TreeCursor, text: string, node: NodeKinds, parameters: Iterable<string>): Scopes {
  const outer: number[] = [];
  const ends: number[] = [];
  const broken: number[] = [];
  const declared = new Set<string>(parameters);
  const active = new Map<string, number>();
  const names: string[] = [];
  for (const name of declared) declare(name);

  function declare(name: string): void {
    names.push(name);
    declared.add(name);
    active.set(name, (active.get(name) ?? 0) + 1);
  }

  function forget(count: number): void {
    while (names.length > count) {
      const name = names.pop() as string;
      const left = (active.get(name) ?? 1) - 1;
      if (left > 0) active.set(name, left);
      else active.delete(name);
    }
  }

  /** Modes of the children of the nodes above, and how many names were declared when a scope began (-1: no scope). */
  const modes: number[] = [];
  const marks: number[] = [];
  let mode = expression;

  for (;;) {
    const next = enter();
    if (next !== skipped && cursor.gotoFirstChild()) {
      modes.push(mode);
      marks.push(next >= 8 ? names.length : -1);
      mode = next & 7;
      continue;
    }
    while (!cursor.gotoNextSibling()) {
      if (modes.length === 0 || !cursor.gotoParent()) return { outer, ends, broken, declared };
      mode = modes.pop() as number;
      const mark = marks.pop() as number;
      if (mark >= 0) forget(mark);
    }
  }

  /** Looks at the node under the cursor; gives the mode of its children, plus 8 if it is a scope. */
  function enter(): number {
    const id = cursor.nodeTypeId;
    if (id === 65535) {
      broken.push(cursor.startIndex, cursor.endIndex);
      return skipped;
    }
    const role = node.role(id);
    if (role === undefined) return expression;
    switch (role) {
      case 'identifier':
        return identifier();
      case 'scope':
        return expression + 8;
      case 'declaration':
        return declaring;
      case 'declarator':
        return mode;
      case 'initialized':
      case 'array':
      case 'function':
        return role === 'function' && mode === declaring && !isPointer() ? foreign : mode;
      case 'enum':
        return declaring;
      case 'enumerator':
        return declaring;
      case 'storage':
        if (mode === declaring && text.startsWith('extern', cursor.startIndex)) mode = foreign;
        return skipped;
      default:
        return skipped;
    }
  }

  function identifier(): number {
    const start = cursor.startIndex;
    const end = cursor.endIndex;
    if (end === start) return skipped;
    const name = text.slice(start, end);
    const field = mode === expression ? 0 : cursor.currentFieldId;
    if (mode === declaring && field !== node.value && field !== node.size) declare(name);
    else if ((mode === expression || field === node.value || field === node.size) && !active.has(name)) {
      outer.push(start);
      ends.push(end);
    }
    return skipped;
  }

  /** Whether the function declarator under the cursor is `(*name)(…)`. */
  function isPointer(): boolean {
    if (!cursor.gotoFirstChild()) return false;
    const isInner = node.role(cursor.nodeTypeId) === 'declarator';
    cursor.gotoParent();
    return isInner;
  }
}
