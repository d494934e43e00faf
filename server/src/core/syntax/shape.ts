import type { Branch, FileFacts } from './facts';

/** A hash of all that other files and the module graph can see of a file: no spans, nothing of function bodies. */
export function shapeOf(facts: Omit<FileFacts, 'shape' | 'uses'>): string {
  const hash = new Hash();
  const where = branchFinder(facts.branches);
  for (const branch of facts.branches) {
    hash.text(branch.directive);
    hash.text(branch.condition);
    hash.number(branch.parent);
  }
  for (const invocation of facts.invocations) {
    hash.number(where(invocation.span.start));
    hash.text(invocation.name);
    for (const argument of invocation.arguments) {
      hash.text(',');
      for (const piece of argument.pieces) {
        hash.text(piece.kind);
        hash.text(piece.value);
      }
    }
  }
  for (const tag of facts.spdx) {
    hash.text(tag.text);
    hash.text(tag.style);
    hash.number(tag.line);
  }
  for (const notice of facts.notices) hash.text(notice.kind);
  for (const f of facts.functions) {
    hash.number(where(f.span.start));
    hash.text(f.name);
    hash.number(
      (f.isStatic ? 1 : 0) + (f.isInline ? 2 : 0) + (f.section === 'init' ? 4 : f.section === 'exit' ? 8 : 0),
    );
  }
  for (const variable of facts.variables) {
    hash.number(where(variable.span.start));
    hash.text(variable.name);
    hash.number(variable.isStatic ? 1 : 0);
  }
  for (const macro of facts.macros) {
    hash.number(where(macro.span.start));
    hash.text(macro.name);
    hash.text(macro.parameters?.join() ?? (macro.isUndef ? '#undef' : '#define'));
    hash.text(macro.body);
  }
  for (const include of facts.includes) {
    hash.number(where(include.span.start));
    hash.text(include.isLocal ? '"' : '<');
    hash.text(include.path);
  }
  return hash.result();
}

/** Tells the innermost branch of an offset, -1 for none. */
function branchFinder(branches: readonly Branch[]): (offset: number) => number {
  return (offset) => {
    let low = 0;
    let high = branches.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((branches[middle] as Branch).span.start <= offset) low = middle + 1;
      else high = middle;
    }
    let at = low - 1;
    while (at >= 0 && (branches[at] as Branch).span.end <= offset) at = (branches[at] as Branch).parent;
    return at;
  };
}

/** Two 32-bit FNV-1a hashes with different starts. */
class Hash {
  #a = 0x811c9dc5;
  #b = 0x01234567;

  text(value: string): void {
    let a = this.#a;
    let b = this.#b;
    for (let i = 0; i < value.length; i++) {
      const c = value.charCodeAt(i);
      a = Math.imul(a ^ c, 0x01000193);
      b = Math.imul(b ^ c, 0x5bd1e995) ^ (b >>> 13);
    }
    this.#a = a;
    this.#b = b;
    this.number(-1);
  }

  number(value: number): void {
    this.#a = Math.imul(this.#a ^ value, 0x01000193);
    this.#b = Math.imul(this.#b ^ value, 0x5bd1e995) ^ (this.#b >>> 13);
  }

  result(): string {
    return (this.#a >>> 0).toString(36) + (this.#b >>> 0).toString(36);
  }
}
