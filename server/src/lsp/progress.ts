import type { WorkDoneProgressServerReporter } from 'vscode-languageserver/node';
import type { Progress } from '../io/options';
import type { Session } from './session';

/** Reading that is over sooner is not worth a progress bar. */
const patience = 250;
const minimumInterval = 100;

/** Shows in the editor that a folder is being read, if the editor can show it and it takes a while. */
export function showProgress(session: Session): { report(progress: Progress): void; done(): void } {
  let reporter: WorkDoneProgressServerReporter | undefined;
  let isOver = !session.client.hasProgress;
  let last: Progress | undefined;
  let lastShown = 0;
  const show = () => {
    if (!reporter || !last) return;
    lastShown = performance.now();
    if (last.fraction === undefined) reporter.report(last.message);
    else reporter.report(Math.round(last.fraction * 100), last.message);
  };
  const begin = async () => {
    const created = await session.connection.window.createWorkDoneProgress();
    if (isOver) return;
    reporter = created;
    reporter.begin('Untainted', undefined, last?.message, false);
    show();
  };
  const timer = isOver
    ? undefined
    : setTimeout(() => {
        begin().catch((error) => session.log(error));
      }, patience);
  return {
    report(progress) {
      last = progress;
      if (performance.now() - lastShown >= minimumInterval) show();
    },
    done() {
      isOver = true;
      clearTimeout(timer);
      reporter?.done();
    },
  };
}
