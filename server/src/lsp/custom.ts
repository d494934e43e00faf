import type { CancellationToken } from 'vscode-languageserver/node';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import { listKernels } from '../io/kernels';
import { readPage } from '../io/pages';
import { describeKernel } from './describe';
import { reportFolder } from './diagnostics';
import type { CheckSummary, Kernels } from './protocol';
import type { Session } from './session';
import { toPath } from './uris';

/** `untainted/kernels`. */
export function kernels(session: Session, { uri }: { readonly uri: string | null }): Kernels {
  const path = uri === null ? undefined : toPath(uri);
  const folder = (path === undefined ? undefined : session.folders.of(path)) ?? session.folders.roots()[0];
  const workspace = folder && !folder.isLoading ? folder.workspace : undefined;
  const inUse = workspace ? describeKernel(workspace.snapshot.kernel) : null;
  return { choices: listKernels(), current: folder?.workspace.settings.kernel ?? '', inUse };
}

/** `untainted/explain`. */
export function explain(_session: Session, { rule }: { readonly rule: string }): string | null {
  return readPage(rule) ?? null;
}

/** `untainted/check`: what is on disk is read again, whether the editor told of changes or not. */
export async function checkAll(session: Session, _params: unknown, token: CancellationToken): Promise<CheckSummary> {
  for (const folder of session.folders.all()) {
    await session.reload(folder);
    const workspace = await folder.settled();
    await folder.filesChanged([...workspace.snapshot.files()]);
  }
  session.changed('outside');
  const summary = { files: 0, errors: 0, warnings: 0, others: 0 };
  for (const folder of session.folders.all()) {
    for await (const { report } of reportFolder(session, folder, token)) {
      if (report.items.length > 0) summary.files++;
      for (const { severity } of report.items) {
        if (severity === DiagnosticSeverity.Error) summary.errors++;
        else if (severity === DiagnosticSeverity.Warning) summary.warnings++;
        else summary.others++;
      }
    }
  }
  return summary;
}
