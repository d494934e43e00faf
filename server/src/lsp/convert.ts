import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
  type Location as LspLocation,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { Edit, Finding, Location, Problem, Related, Severity } from '../core/finding';
import { findRule } from '../core/rules';
import type { LineMap, Span } from '../core/text';
import { pageFile } from '../io/pages';
import type { Workspace } from '../io/workspace';
import type { Client } from './client';
import type { Documents } from './documents';
import { toUri } from './uris';

const severityOf: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const tagOf = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;

/** Turns the core's paths and offsets into the protocol's; asks for each file's lines once. To be used at once. */
export class Converter {
  readonly #workspace: Workspace;
  readonly #documents: Documents;
  readonly #client: Client;
  readonly #lines = new Map<string, LineMap | undefined>();

  constructor(workspace: Workspace, documents: Documents, client: Client) {
    this.#workspace = workspace;
    this.#documents = documents;
    this.#client = client;
  }

  /** The editor's own spelling for an open document. */
  uri(path: string): string {
    return this.#documents.get(path)?.uri ?? toUri(path);
  }

  range(file: string, span: Span): Range | undefined {
    const lines = this.#linesOf(file);
    if (!lines) return undefined;
    const start = lines.position(span.start);
    const end = lines.position(span.end);
    return {
      start: { line: start.line, character: start.column },
      end: { line: end.line, character: end.column },
    };
  }

  /** `undefined` where the file's text is gone, or is none that may be read. */
  location({ file, span }: Location): LspLocation | undefined {
    const range = this.range(file, span);
    return range && { uri: this.uri(file), range };
  }

  offset(file: string, position: { readonly line: number; readonly character: number }): number | undefined {
    return this.#linesOf(file)?.offset({ line: position.line, column: position.character });
  }

  /** `undefined` where the file's text is gone by now. */
  diagnostic(finding: Finding): Diagnostic | undefined {
    const range = this.range(finding.at.file, finding.at.span);
    if (!range) return undefined;
    const own = { uri: this.uri(finding.at.file), range };
    const { hasRelatedInformation, hasCodeDescription, diagnosticTags, ruleLink } = this.#client;
    const kind = findRule(finding.rule)?.tag;
    const tag = kind && tagOf[kind];
    const related = finding.related;
    return {
      range,
      severity: severityOf[finding.severity],
      code: finding.rule,
      ...(hasCodeDescription && {
        codeDescription: { href: ruleLink?.replaceAll('{rule}', finding.rule) ?? toUri(pageFile(finding.rule)) },
      }),
      ...(tag && diagnosticTags.includes(tag) && { tags: [tag] }),
      source: 'untainted',
      message: hasRelatedInformation ? finding.message : [finding.message, ...related.map(sentence)].join('\n'),
      ...(hasRelatedInformation &&
        related.length > 0 && { relatedInformation: related.map((one) => this.#related(one, own)) }),
    };
  }

  /** What was not understood, at its place; `undefined` where it has none. */
  problem({ file, span, message }: Problem): Diagnostic | undefined {
    const range = file !== undefined && span && this.range(file, span);
    if (!range) return undefined;
    return { range, severity: DiagnosticSeverity.Information, code: 'not-understood', source: 'untainted', message };
  }

  /** `undefined` if one of the edits has no place any more: half a fix is none. */
  workspaceEdit(edits: readonly Edit[]): WorkspaceEdit | undefined {
    const byFile = new Map<string, TextEdit[]>();
    for (const { file, span, newText } of edits) {
      const range = this.range(file, span);
      if (!range) return undefined;
      byFile.set(file, [...(byFile.get(file) ?? []), { range, newText }]);
    }
    if (!this.#client.hasDocumentChanges) {
      return { changes: Object.fromEntries([...byFile].map(([file, own]) => [this.uri(file), own])) };
    }
    return {
      documentChanges: [...byFile].map(([file, own]) => ({
        textDocument: { uri: this.uri(file), version: this.#documents.get(file)?.document.version ?? null },
        edits: own,
      })),
    };
  }

  /** A cause without a place (an export of an embedded kernel) is told at the finding's own. */
  #related({ message, at }: Related, own: LspLocation): DiagnosticRelatedInformation {
    return { message, location: (at && this.location(at)) ?? own };
  }

  #linesOf(file: string): LineMap | undefined {
    if (!this.#lines.has(file)) this.#lines.set(file, this.#workspace.lines(file));
    return this.#lines.get(file);
  }
}

function sentence({ message }: Related): string {
  return `- ${message}`;
}
