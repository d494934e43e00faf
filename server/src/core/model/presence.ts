import type { FileFacts } from '../syntax/facts';
import { type ConditionContext, evaluateCondition, isDefined, type MacroKnowledge } from './conditions';
import type { Presence } from './module';

/** Which parts of one file are compiled, for one kernel. */
export interface PresenceMap {
  at(offset: number): Presence;
  /** The innermost condition at an offset that is not known; `undefined` if all are. */
  unknownAt(offset: number): string | undefined;
}

const values = { no: 0, maybe: 1, yes: 2 } as const;
const names: readonly Presence[] = ['no', 'maybe', 'yes'];

/** The weaker of two. */
export function weaker(a: Presence, b: Presence): Presence {
  return values[a] <= values[b] ? a : b;
}

/** Evaluates the `#if` branches of a file. */
export function presenceOf(
  facts: FileFacts,
  kernel: Omit<ConditionContext, 'lookup'>,
  outside: ConditionContext['lookup'],
): PresenceMap {
  const branches = facts.branches;
  if (branches.length === 0) return { at: () => 'yes', unknownAt: () => undefined };
  const conditions: (boolean | undefined)[] = [];
  const presence = new Uint8Array(branches.length);
  const macros = macrosByName(facts);
  branches.forEach((branch, index) => {
    // A branch's own macros count only if they stand before it in code that is surely compiled.
    const lookup = (name: string) => ownMacro(name, branch.span.start) ?? outside(name);
    const context = { config: kernel.config, version: kernel.version, lookup };
    conditions.push(isGuard(facts, index) ? true : condition(branch, context));
    let value: number = branch.parent >= 0 ? (presence[branch.parent] ?? 2) : 2;
    for (let earlier = branch.first; earlier < index; earlier++) {
      if (branches[earlier]?.first === branch.first) value = Math.min(value, weight(negate(conditions[earlier])));
    }
    presence[index] = Math.min(value, weight(conditions[index]));
  });

  function ownMacro(name: string, before: number): MacroKnowledge | undefined {
    let found: MacroKnowledge | undefined;
    for (const index of macros.get(name) ?? []) {
      const macro = facts.macros[index];
      if (!macro || macro.span.start >= before) break;
      const at = names[presence[innermost(macro.span.start)] ?? values.yes];
      if (at === 'maybe') found = { isDefined: undefined };
      else if (at === 'yes' && macro.isUndef) found = { isDefined: false };
      else if (at === 'yes') found = macro.parameters ? { isDefined: true } : { isDefined: true, value: macro.body };
    }
    return found;
  }

  function innermost(offset: number): number {
    let low = 0;
    let high = branches.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((branches[middle]?.span.start ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    let index = low - 1;
    while (index >= 0 && (branches[index]?.span.end ?? 0) <= offset) {
      // Siblings and children of siblings may lie between: climb to what encloses.
      index = branches[index]?.parent ?? -1;
    }
    return index;
  }

  return {
    at: (offset) => names[presence[innermost(offset)] ?? values.yes] ?? 'yes',
    unknownAt(offset) {
      for (let index = innermost(offset); index >= 0; index = branches[index]?.parent ?? -1) {
        const branch = branches[index];
        if (!branch) break;
        for (let i = index; i >= branch.first; i--) {
          const sibling = branches[i];
          if (sibling?.first === branch.first && conditions[i] === undefined) return sibling.condition;
        }
      }
      return undefined;
    },
  };
}

function condition(branch: FileFacts['branches'][number], context: ConditionContext): boolean | undefined {
  switch (branch.directive) {
    case 'else':
      return true;
    case 'ifdef':
      return isDefined(branch.condition, context);
    case 'ifndef':
      return negate(isDefined(branch.condition, context));
    default:
      return evaluateCondition(branch.condition, context);
  }
}

function negate(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

function weight(value: boolean | undefined): number {
  return value === undefined ? values.maybe : value ? values.yes : values.no;
}

/** `#ifndef X`, `#define X` with nothing behind it, as the file's first branch: an include guard. */
function isGuard(facts: FileFacts, index: number): boolean {
  const branch = facts.branches[index];
  if (index !== 0 || !branch || (branch.directive !== 'ifndef' && branch.directive !== 'if')) return false;
  const first = facts.macros.find((macro) => macro.span.start > branch.span.start);
  if (first?.body !== '' || first.span.start > branch.span.end) return false;
  return branch.condition === first.name || branch.condition.replace(/[\s()]/g, '') === `!defined${first.name}`;
}

function macrosByName(facts: FileFacts): Map<string, number[]> {
  const map = new Map<string, number[]>();
  facts.macros.forEach((macro, index) => {
    const list = map.get(macro.name);
    if (list) list.push(index);
    else map.set(macro.name, [index]);
  });
  return map;
}
