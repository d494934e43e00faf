import type { Problem } from '../finding';
import type { Span } from '../text';

/**
 * What one file says on its face: plain data, no neighbours. Made by `extractFacts` from tokens alone, or by
 * `StructureReader` with scopes known from a tree. Names that only other files explain (a license given by a macro of
 * a header, a wrapper round EXPORT_SYMBOL) stay names here; `model/` resolves them.
 */
export interface FileFacts {
  /** How the uses were found: from tokens alone, or with the scopes of a syntax tree. */
  readonly depth: 'tokens' | 'structure';
  /** Calls with arguments at top level: `MODULE_LICENSE("GPL")`, `EXPORT_SYMBOL(f)`, `ZFS_MODULE_LICENSE(x)`, in order. */
  readonly invocations: readonly Invocation[];
  /** SPDX tags of comments, in order; the one that counts is on line 0 or 1. */
  readonly spdx: readonly SpdxTag[];
  /** What the comments on top of the file say of its license in other ways, in order. */
  readonly notices: readonly LicenseNotice[];
  /** Comments that hold findings back, in order. */
  readonly suppressions: readonly Suppression[];
  /** Function definitions, in order. */
  readonly functions: readonly FunctionDefinition[];
  /** Variables defined or declared at file scope (not `extern`), in order. */
  readonly variables: readonly VariableDefinition[];
  readonly macros: readonly MacroDefinition[];
  readonly includes: readonly Include[];
  /** `#if` … branches in the order of their start; a branch's parent stands before it. */
  readonly branches: readonly Branch[];
  readonly uses: UseTable;
  /** Symbols that code asks for by name while it runs, in order. */
  readonly lookups: readonly NamedSymbol[];
  readonly problems: readonly Problem[];
  /** Changes when something changes that other files or the module graph can see; blind to spans and function bodies. */
  readonly shape: string;
}

/** One piece of a macro's argument: adjacent literals are several pieces. */
export type ArgumentPiece =
  | { readonly kind: 'string'; readonly value: string; readonly span: Span }
  | { readonly kind: 'name'; readonly value: string; readonly span: Span }
  /** Anything else: numbers, operators, nested calls, as written. */
  | { readonly kind: 'other'; readonly value: string; readonly span: Span };

/** One argument; no pieces for an empty one. */
export interface Argument {
  readonly pieces: readonly ArgumentPiece[];
  readonly span: Span;
}

export interface Invocation {
  readonly name: string;
  /** The name's place. */
  readonly nameSpan: Span;
  /** From the name to the closing parenthesis, and the semicolon if one follows. */
  readonly span: Span;
  /** What to cut out to be rid of it: its whole lines if nothing else stands on them. */
  readonly lines: Span;
  readonly arguments: readonly Argument[];
}

export interface SpdxTag {
  /** The expression as written, trimmed, without the comment's end. */
  readonly text: string;
  /** Of the expression. */
  readonly span: Span;
  /** Of the whole comment. */
  readonly commentSpan: Span;
  readonly line: number;
  /** Its line with the line's end, if that can be cut out: nothing else is in it, and no comment begins or ends there. */
  readonly ownLine: Span | undefined;
  readonly style: '//' | '/*' | '#';
  /** License and exception identifiers in order, if the expression could be parsed. */
  readonly expression: SpdxExpression | undefined;
}

/** `untainted-ignore-next-line rule, rule: reason` in a comment. */
export interface Suppression {
  readonly scope: 'next-line' | 'line' | 'file';
  /** Ids of rules as written, and their places. */
  readonly rules: readonly { readonly id: string; readonly span: Span }[];
  /** Empty if none is given. */
  readonly reason: string;
  /** Findings whose place begins in it, its end included, are meant. */
  readonly target: Span;
  readonly commentSpan: Span;
  /** What to delete so that nothing of the comment stays. */
  readonly removal: Span;
}

/** A parsed SPDX expression; `plus` is `GPL-2.0+`. */
export type SpdxExpression =
  | { readonly license: string; readonly plus: boolean; readonly exception?: string }
  | { readonly conjunction: 'and' | 'or'; readonly left: SpdxExpression; readonly right: SpdxExpression };

/**
 * Words about a license outside of an SPDX tag: `proprietary` for "proprietary and confidential" and the like, the
 * license that a text names, or what was meant to be an SPDX tag.
 */
export interface LicenseNotice {
  readonly kind: 'proprietary' | 'GPL-3.0' | 'AGPL-3.0' | 'Apache-2.0' | 'CDDL' | 'misspelt-spdx';
  /** Of the words. */
  readonly span: Span;
}

export interface FunctionDefinition {
  readonly name: string;
  readonly nameSpan: Span;
  /** From the first token of the declaration to the closing brace. */
  readonly span: Span;
  readonly isStatic: boolean;
  readonly isInline: boolean;
  /** Marked `__init` or `__exit`; marks that a configuration may switch off (`__net_init`, `__meminit`) do not count. */
  readonly section?: 'init' | 'exit';
  /** The word of that mark and the blanks behind it, where it is a word. */
  readonly mark?: Span;
  /** The function that is called with nothing but the own parameters and constants, where the body does nothing else. */
  readonly forwards?: string;
}

export interface VariableDefinition {
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
  readonly isStatic: boolean;
}

export interface MacroDefinition {
  readonly name: string;
  readonly nameSpan: Span;
  /** Of the whole directive, continuation lines included. */
  readonly span: Span;
  /** Names of a function-like macro (`...` for the last of a variadic one); `undefined` for an object-like one. */
  readonly parameters: readonly string[] | undefined;
  /** The replacement list, one blank between tokens that had any between them; cut off at 4,096 characters. */
  readonly body: string;
  /** Identifiers of the body that may be symbols: not parameters, not after `.`, `->`, `struct`, `#`, `goto`. */
  readonly uses: readonly string[];
  /** `#undef name`: no body. */
  readonly isUndef?: true;
}

export interface Include {
  /** As written between the quotes or brackets. */
  readonly path: string;
  readonly isLocal: boolean;
  readonly span: Span;
}

/** `symbol_get(f)`, `__symbol_get("f")`, `.symbol_name = "f"`. */
export interface NamedSymbol {
  readonly name: string;
  /** The function or macro that is called, or the member that is set. */
  readonly by: string;
  readonly kind: 'call' | 'member';
  /** The function's name where it is called, the literal where a member is set. */
  readonly span: Span;
}

/** One branch of an `#if` group. Its condition holds *and* those of its earlier siblings do not. */
export interface Branch {
  /** From the directive's `#` to the `#` of the next branch or of `#endif`. */
  readonly span: Span;
  readonly directive: 'if' | 'ifdef' | 'ifndef' | 'elif' | 'else';
  /** The condition's text without comments; the name for `ifdef` and `ifndef`; empty for `else`. */
  readonly condition: string;
  /** Index of the enclosing branch in `branches`, -1 at top level. */
  readonly parent: number;
  /** Index of the group's first branch (its own for `if`, `ifdef`, `ifndef`). */
  readonly first: number;
}

/**
 * Identifiers in the place of a linker symbol, in order of their start. In columns, since a kernel has ten million:
 * use `i` is `names[name[i]]` at `start[i]`, in `functions[within[i]]`.
 */
export interface UseTable {
  /** Every name once. */
  readonly names: readonly string[];
  readonly name: Uint32Array;
  readonly start: Uint32Array;
  /** Index in `functions` of the enclosing function; for file scope -1 - (index in `variables`), or `noOwner`. */
  readonly within: Int32Array;
  /** Bits: `useIsCall`, `useIsUncertain`. */
  readonly flags: Uint8Array;
}

/** `within` of a use at file scope that belongs to no variable (an argument of `module_init(f)`). */
export const noOwner = -0x80000000;
/** The name is followed by a parenthesis. */
export const useIsCall = 1;
/** Tokens alone cannot tell the name from a local, a parameter or a label. Never set at depth `structure`. */
export const useIsUncertain = 2;
