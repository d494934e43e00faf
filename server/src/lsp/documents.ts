import type { TextDocumentContentChangeEvent, TextDocumentItem } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { toPath } from './uris';

/** A text that is open in the editor. */
export interface OpenDocument {
  readonly path: string;
  /** As the editor spells it. */
  readonly uri: string;
  readonly document: TextDocument;
}

/** The texts that are open in the editor, by path, the one changed last at the end; only files are kept. */
export class Documents {
  readonly #documents = new Map<string, OpenDocument>();

  open({ uri, languageId, version, text }: TextDocumentItem): OpenDocument | undefined {
    const path = toPath(uri);
    if (path === undefined) return undefined;
    const open = { path, uri, document: TextDocument.create(uri, languageId, version, text) };
    this.#documents.set(path, open);
    return open;
  }

  /** Applies an editor's changes in their order; nothing for a document that is not open. */
  change(
    uri: string,
    version: number | null,
    changes: readonly TextDocumentContentChangeEvent[],
  ): OpenDocument | undefined {
    const open = this.get(toPath(uri));
    if (!open) return undefined;
    TextDocument.update(open.document, [...changes], version ?? open.document.version);
    this.#documents.delete(open.path);
    this.#documents.set(open.path, open);
    return open;
  }

  close(uri: string): OpenDocument | undefined {
    const open = this.get(toPath(uri));
    if (open) this.#documents.delete(open.path);
    return open;
  }

  get(path: string | undefined): OpenDocument | undefined {
    return path === undefined ? undefined : this.#documents.get(path);
  }

  paths(): IterableIterator<string> {
    return this.#documents.keys();
  }

  all(): IterableIterator<OpenDocument> {
    return this.#documents.values();
  }
}
