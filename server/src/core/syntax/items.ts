import { aggregate, BodyReader, block, file, header, initializer } from './body';
import { BranchList } from './branches';
import { endsInTag, invocationName, isFunctionWithoutType, isWholeInvocation, readDeclaration } from './declaration';
import { type Body, Declared, type Items, type Stretch, specifierCount } from './declared';
import { branchKind, type Directive, directiveAt, readInclude, readMacro } from './directives';
import type { Branch, Include, MacroDefinition } from './facts';
import { noOwner } from './facts';
import { useArguments } from './invocation';
import * as kinds from './kinds';
import { callAt, isFirstColumn, isTagOrExport, lineEnd } from './layout';
import type { Tokens } from './lexer';
import { Uses } from './uses';

/** An open `#if`: what to go back to when an alternative begins. */
interface Conditional {
  readonly frame: number;
  readonly header: readonly number[];
  readonly isData: boolean;
  /** Where the first branch that is not `#if 0` ended. */
  end: number;
  isDead: boolean;
}

/**
 * Splits a file into its top-level items. With `byColumns` a closing brace in the first column ends whatever is open,
 * which helps where the brackets of a file do not match.
 */
export function readItems(tokens: Tokens, byColumns = false): Items {
  return new ItemReader(tokens, byColumns).run(0, Number.POSITIVE_INFINITY).items;
}

/** Reads the top-level items of one file, all of them or some. */
export class ItemReader {
  readonly #tokens: Tokens;
  readonly #byColumns: boolean;
  readonly #uses = new Uses();
  readonly #body: BodyReader;
  readonly #macroBody: BodyReader;
  readonly #found: Declared;
  readonly #macros: MacroDefinition[] = [];
  readonly #includes: Include[] = [];
  readonly #branches: BranchList;
  readonly #bodies: Body[] = [];
  /** The frame of each body. */
  readonly #bodyFrames = new Map<number, Body>();
  readonly #conditionals: Conditional[] = [];
  /** Tokens of the declaration that is being read, before its body or initializer. */
  #header: number[] = [];
  /** Behind the `=` of a declaration. */
  #isData = false;
  #owner = noOwner;
  /** Variables of the declaration that is being read begin here. */
  #firstVariable = 0;
  #isUnbalanced = false;

  constructor(tokens: Tokens, byColumns: boolean) {
    this.#tokens = tokens;
    this.#byColumns = byColumns;
    this.#found = new Declared(tokens);
    this.#body = new BodyReader(tokens, this.#uses);
    this.#macroBody = new BodyReader(tokens, new Uses());
    this.#branches = new BranchList(tokens);
  }

  /** Items from a token on, with which a line begins, to the first end of a line behind `least` at which nothing is open. */
  run(from: number, least: number): Stretch {
    const { start, count } = this.#tokens;
    for (let i = from; i < count; i++) {
      i = this.#token(i);
      if ((start[i] as number) < least || !this.#isBetweenItems()) continue;
      const end = lineEnd(this.#tokens, i);
      if (end !== undefined) return { items: this.#finish(), next: i + 1, end };
    }
    return { items: this.#finish(), next: count, end: undefined };
  }

  /** Reads the token, or the directive that it begins; gives the last one read. */
  #token(i: number): number {
    const k = this.#tokens.kind[i] as number;
    if (k === kinds.hash) return this.#directive(i);
    if (k === kinds.identifier && isTagOrExport(this.#tokens, i)) this.#anchor(i);
    const open = this.#body.kind;
    if (open === header || (open === file && !this.#isData)) this.#headerToken(i, k);
    else if (open === file) this.#dataToken(i, k);
    else this.#innerToken(i, k);
    return i;
  }

  #isBetweenItems(): boolean {
    return this.#body.frame === 0 && this.#header.length === 0 && !this.#isData && this.#conditionals.length === 0;
  }

  #finish(): Items {
    if (this.#body.frame !== 0) this.#isUnbalanced = true;
    this.#endItem(-1);
    this.#body.endFunction();
    return {
      invocations: this.#found.invocations.sort((a, b) => a.span.start - b.span.start),
      functions: this.#found.functions,
      variables: this.#found.variables,
      macros: this.#macros,
      includes: this.#includes,
      branches: this.#branches.finish(),
      uses: this.#uses,
      lookups: this.#uses.lookups,
      bodies: this.#bodies,
      isUnbalanced: this.#isUnbalanced,
    };
  }

  #headerToken(i: number, kind: number): void {
    const body = this.#body;
    const isTop = body.kind === file;
    switch (kind) {
      case kinds.openParen:
      case kinds.openBracket:
        this.#header.push(i);
        body.open(header);
        return;
      case kinds.closeParen:
      case kinds.closeBracket:
        if (isTop) this.#isUnbalanced = true;
        else if (body.frames.state(body.frame) === 0) body.close();
        this.#header.push(i);
        return;
      case kinds.openBrace:
        if (isTop) {
          this.#openBrace(i);
          return;
        }
        this.#header.push(i);
        body.open(header);
        body.frames.setState(body.frame, 1);
        return;
      case kinds.closeBrace:
        this.#closeHeaderBrace(i);
        return;
      case kinds.semicolon:
        if (isTop) {
          this.#endItem(i);
          return;
        }
        break;
      case kinds.assign:
        if (isTop) {
          this.#beginData();
          return;
        }
        break;
      case kinds.comma:
        if (isTop && this.#header.length > 0) {
          this.#nextDeclarator();
          return;
        }
        break;
      default:
        if (isTop && isWholeInvocation(this.#tokens, this.#header)) this.#endItem(-1);
    }
    this.#header.push(i);
  }

  /** A brace closes inside parentheses at file scope, or nothing is open at all. */
  #closeHeaderBrace(i: number): void {
    const body = this.#body;
    while (body.kind === header && body.frames.state(body.frame) === 0) {
      body.close();
      this.#isUnbalanced = true;
    }
    const wasOpen = body.kind === header;
    if (wasOpen) body.close();
    const next = this.#tokens.kind[i + 1];
    const isLost =
      isFirstColumn(this.#tokens, i) && next !== kinds.closeParen && next !== kinds.comma && next !== kinds.semicolon;
    if (wasOpen && !isLost) {
      this.#header.push(i);
      return;
    }
    // Also the end of `extern "C" {`, which is no error.
    if (wasOpen) this.#isUnbalanced = true;
    if (isWholeInvocation(this.#tokens, this.#header)) this.#endItem(-1);
    this.#abandon();
  }

  #dataToken(i: number, kind: number): void {
    if (kind === kinds.semicolon) {
      this.#endItem(i);
      return;
    }
    if (kind === kinds.comma) {
      this.#isData = false;
      return;
    }
    if (kind === kinds.openBrace) {
      this.#body.open(initializer, this.#owner);
      return;
    }
    if (kind === kinds.closeBrace) {
      this.#isUnbalanced = true;
      this.#endItem(-1);
      return;
    }
    this.#body.read(i);
  }

  #innerToken(i: number, kind: number): void {
    const body = this.#body;
    if (kind === kinds.semicolon && this.#isData && body.kind !== block && body.kind !== initializer) {
      body.read(i);
      if (body.frame === 0) this.#endItem(i);
      return;
    }
    if (kind !== kinds.closeBrace) {
      body.read(i);
      return;
    }
    if (this.#byColumns && isFirstColumn(this.#tokens, i)) {
      while (body.frames.parent(body.frame) > 0) body.close();
    }
    const closed = body.closeBrace();
    if (body.frame !== 0 || closed < 0) return;
    if (this.#isData) return;
    // The closed frame may have been a struct's body, behind which declarators follow.
    if (this.#header.length > 0) return;
    const read = this.#bodyFrames.get(closed);
    if (read !== undefined) {
      read.close = i;
      this.#found.endFunction(read);
    }
    this.#abandon();
  }

  #openBody(owner: number, open: number, from: number, to: number): void {
    this.#body.openFunction(owner, from, to);
    const read = { owner, from, to, open, close: open };
    this.#bodies.push(read);
    this.#bodyFrames.set(this.#body.frame, read);
  }

  #openBrace(i: number): void {
    const list = this.#header;
    const body = this.#body;
    const tokens = this.#tokens;
    if (list.length === 2 && tokens.kind[list[1] as number] === kinds.string) {
      this.#header = [];
      return;
    }
    if (endsInTag(tokens, list)) {
      list.push(i);
      body.open(aggregate, noOwner);
      return;
    }
    const invoked = invocationName(tokens, list);
    if (invoked >= 0 && !isFunctionWithoutType(tokens, list, invoked)) {
      this.#found.addInvocation(list, invoked, -1);
      this.#header = [];
      this.#openBody(noOwner, i, (list[invoked + 1] as number) + 1, list[list.length - 1] as number);
      return;
    }
    const declaration = readDeclaration(tokens, list, true);
    this.#header = [];
    if (!declaration.isFunction || declaration.name < 0) {
      this.#openBody(noOwner, i, i, i);
      return;
    }
    const owner = this.#found.addFunction(list, declaration, i);
    this.#openBody(owner, i, (list[declaration.open] as number) + 1, list[declaration.close] as number);
  }

  #beginData(): void {
    const list = this.#header;
    const invoked = invocationName(this.#tokens, list);
    this.#isData = true;
    if (invoked >= 0) {
      this.#found.addInvocation(list, invoked, -1);
      this.#owner = noOwner;
    } else this.#owner = this.#found.addVariable(list, true);
    this.#body.frames.setOwner(0, this.#owner);
    this.#header = invoked >= 0 ? [] : list.slice(0, specifierCount(this.#tokens, list));
  }

  #nextDeclarator(): void {
    const list = this.#header;
    this.#found.addVariable(list, false);
    // Behind the comma only a declarator stands; the specifiers before it are what it has in common with the first.
    this.#header = list.slice(0, specifierCount(this.#tokens, list));
  }

  /** Ends the item at its semicolon, or at -1 without one. */
  #endItem(semicolon: number): void {
    const list = this.#header;
    const { end } = this.#tokens;
    if (!this.#isData && list.length > 0 && this.#body.frame === 0) {
      const invoked = invocationName(this.#tokens, list);
      if (invoked >= 0) {
        const stop = semicolon >= 0 ? (end[semicolon] as number) : -1;
        this.#found.addInvocation(list, invoked, stop);
        useArguments(this.#tokens, list, invoked, this.#body);
      } else this.#found.addVariable(list, false);
    }
    if (semicolon >= 0) this.#found.endVariables(this.#firstVariable, end[semicolon] as number);
    this.#abandon();
  }

  #abandon(): void {
    this.#body.restore(0);
    this.#body.endFunction();
    this.#header = [];
    this.#isData = false;
    this.#owner = noOwner;
    this.#body.frames.setState(0, 0);
    this.#firstVariable = this.#found.variables.length;
  }

  /** A tag or export at the start of a line is never lost, whatever the brackets before it say. */
  #anchor(i: number): void {
    if (this.#body.frame === 0 && !this.#isData) {
      this.#endItem(-1);
      return;
    }
    if (!isFirstColumn(this.#tokens, i)) {
      this.#found.addInvocation(callAt(this.#tokens, i), 0, -1);
      return;
    }
    this.#isUnbalanced = true;
    const [first, second] = this.#header;
    const { kind } = this.#tokens;
    // An invocation whose parenthesis was never closed still says what it says.
    if (
      this.#body.kind === header &&
      kind[first ?? -1] === kinds.identifier &&
      kind[second ?? -1] === kinds.openParen
    ) {
      if (this.#header.length < 1000) this.#found.addInvocation(this.#header, 0, -1);
    }
    this.#abandon();
  }

  #directive(hash: number): number {
    const tokens = this.#tokens;
    const directive = directiveAt(tokens, hash);
    const { name } = directive;
    const branch = branchKind(name);
    if (branch !== undefined) this.#conditional(directive, branch);
    else if (name === 'define' || name === 'undef') {
      const macro = readMacro(tokens, directive, this.#macroBody);
      if (macro !== undefined) this.#macros.push(macro);
    } else if (name === 'include' || name === 'include_next') {
      const include = readInclude(tokens, directive);
      if (include !== undefined) this.#includes.push(include);
    }
    return directive.to;
  }

  #conditional(directive: Directive, kind: Branch['directive'] | 'endif'): void {
    if (this.#body.frame === 0 && !this.#isData && isWholeInvocation(this.#tokens, this.#header)) this.#endItem(-1);
    const stack = this.#conditionals;
    if (kind === 'if' || kind === 'ifdef' || kind === 'ifndef') {
      const isDead = this.#branches.begin(directive, kind) === '0';
      const header = this.#header.length < 256 ? this.#header.slice() : [];
      stack.push({ frame: this.#body.frame, header, isData: this.#isData, end: -1, isDead });
      return;
    }
    const open = stack[stack.length - 1];
    if (open === undefined) return;
    if (kind === 'endif') {
      stack.pop();
      this.#branches.end(directive);
      const isInner = open.frame !== 0 && this.#body.frames.kind(open.frame) !== header;
      if (open.isDead) this.#goBack(open);
      else if (isInner && open.end >= 0 && open.end !== this.#body.frame) this.#resume(open.end);
      return;
    }
    if (!open.isDead && open.end < 0) open.end = this.#body.frame;
    open.isDead = this.#branches.next(directive, kind) === '0';
    this.#goBack(open);
  }

  #goBack(open: Conditional): void {
    if (open.frame === this.#body.frame && open.frame !== 0 && this.#body.kind !== header) return;
    if (open.frame === this.#body.frame && !open.isData && !this.#isData) {
      if (open.header.length === this.#header.length) return;
      // `int f(` before `#if`, something whole behind it: the declaration begins again.
      if (this.#body.frame === 0) this.#endItem(-1);
      this.#header = open.header.slice();
      return;
    }
    this.#resume(open.frame);
    if (open.frame === 0 || this.#body.kind === header) this.#header = open.header.slice();
    this.#isData = open.isData;
  }

  /** Goes back to a frame that was left or that something was opened in. */
  #resume(frame: number): void {
    const body = this.#body;
    if (frame === 0 && body.frame !== 0) this.#abandon();
    else body.restore(frame);
  }
}
