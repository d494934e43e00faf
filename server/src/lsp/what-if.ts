import { type CancellationToken, type CodeAction, CodeActionKind } from 'vscode-languageserver/node';
import { type WhatIf, whatIf } from '../core/features/what-if';
import { licenseStringsOf } from '../core/kernel/license';
import type { Module } from '../core/model/module';
import type { Snapshot } from '../core/model/snapshot';
import type { Span } from '../core/text';
import type { Workspace } from '../io/workspace';
import { Converter } from './convert';
import { describeKernel, describeModule } from './describe';
import { usedSymbol } from './modules';
import type { LicenseChoices, ModuleQuestion, WhatIfAnswer, WhatIfModule } from './protocol';
import type { Session } from './session';
import { toPath } from './uris';

/** The editor's command that asks for a license and shows the answer; takes a document and a module's path. */
export const whatIfCommand = 'untainted.whatIf';

/** `untainted/licenses`. */
export async function licenseChoices(
  session: Session,
  question: ModuleQuestion,
  token: CancellationToken,
): Promise<LicenseChoices | null> {
  const found = await find(session, question, token);
  if (!found) return null;
  const { workspace, modules, file } = found;
  const tags = modules.flatMap((module) => module.licenses);
  const own = tags.filter((tag) => tag.at.file === file);
  const current = new Set((own.length > 0 ? own : tags).map((tag) => tag.value));
  const strings = licenseStringsOf(workspace.snapshot.kernel.compatibleLicenses);
  return {
    modules: modules.map(({ name }) => name),
    strings: strings.map((one) => ({ ...one, isCurrent: current.has(one.value) })),
  };
}

/** `untainted/whatIf`. */
export async function askWhatIf(
  session: Session,
  question: ModuleQuestion & { readonly license: string },
  token: CancellationToken,
): Promise<WhatIfAnswer | null> {
  session.views.asked();
  const found = await find(session, question, token);
  if (!found) return null;
  const { workspace, modules, file } = found;
  const { snapshot } = workspace;
  const converter = new Converter(workspace, session.documents, session.client);
  return {
    license: question.license,
    isCompatible: snapshot.kernel.compatibleLicenses.has(question.license),
    kernel: describeKernel(snapshot.kernel),
    modules: modules.map((module) => toAnswer(whatIf(snapshot, module, question.license, file), converter)),
  };
}

/** The action on a license tag; the editor runs the command itself. */
export function whatIfActions(snapshot: Snapshot, path: string, touched: Span, uri: string): CodeAction[] {
  const tag = snapshot
    .file(path)
    ?.licenses.find(
      ({ call }) => call.file === path && call.span.start <= touched.end && touched.start <= call.span.end,
    );
  if (!tag || snapshot.modulesOf(path).length === 0) return [];
  const title = 'What breaks under another license?';
  return [{ title, kind: CodeActionKind.Refactor, command: { title, command: whatIfCommand, arguments: [uri] } }];
}

function toAnswer(answer: WhatIf, converter: Converter): WhatIfModule {
  const { module, verdict, isTainting, remaining, refused, inherited, namespaces } = answer;
  return {
    ...describeModule(module),
    verdict,
    path: module.path,
    isExact: module.isExact,
    isTainting: isTainting ?? null,
    remaining: remaining.map(({ value, text, at }) => ({ text: value ?? text, place: converter.location(at) ?? null })),
    refused: refused.map((use) => usedSymbol(use, converter)),
    inherited: inherited.map(({ user, provider, symbols }) => ({
      user: user.name,
      provider: provider.name,
      symbols: symbols.map((use) => usedSymbol(use, converter)),
    })),
    namespaces,
  };
}

interface Found {
  readonly workspace: Workspace;
  readonly modules: readonly Module[];
  /** Path of the document. */
  readonly file: string | undefined;
}

/** The modules that a question is about, in the settled workspace. */
async function find(
  session: Session,
  { uri, module }: ModuleQuestion,
  token: CancellationToken,
): Promise<Found | null> {
  const file = uri === null ? undefined : toPath(uri);
  const path = module ?? file;
  const workspace = path === undefined ? undefined : await session.folders.of(path)?.settled(token);
  if (!workspace) return null;
  const { snapshot } = workspace;
  const modules =
    module !== null
      ? snapshot.modules.filter((one) => one.path === module)
      : file === undefined
        ? []
        : snapshot.modulesOf(file);
  return modules.length === 0 ? null : { workspace, modules, file };
}
