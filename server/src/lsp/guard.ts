import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { Stale } from '../core/model/snapshot';

/** A request was cancelled while it was worked on. */
export class Cancelled extends Error {
  constructor() {
    super('the request was cancelled');
  }
}

/** Lets what arrived in the meantime be seen (edits, cancellations), then goes on unless the request was cancelled. */
export async function breathe(token: CancellationToken | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (token?.isCancellationRequested) throw new Cancelled();
}

/** A handler works at most so long before it lets others in. */
export const sliceMilliseconds = 8;

/** Does work in slices; between two of them edits and cancellations are seen. */
export async function inSlices<T>(work: Generator<void, T>, token: CancellationToken): Promise<T> {
  let sliceEnd = performance.now() + sliceMilliseconds;
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() < sliceEnd) continue;
    await breathe(token);
    sliceEnd = performance.now() + sliceMilliseconds;
  }
}

export function untilCancelled(token: CancellationToken): Promise<undefined> {
  return new Promise((resolve) => {
    if (token.isCancellationRequested) resolve(undefined);
    else token.onCancellationRequested(() => resolve(undefined));
  });
}

/** Stands round every request: no handler's mistake or bad luck reaches the protocol as anything but an answer. */
export async function guardRequest<R>(
  work: () => Promise<R> | R,
  fallback: R | ResponseError<unknown>,
  token: CancellationToken,
  log: (error: unknown) => void,
): Promise<R | ResponseError<unknown>> {
  try {
    await breathe(token);
    return await work();
  } catch (error) {
    if (error instanceof Cancelled || token.isCancellationRequested) {
      return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
    }
    if (error instanceof Stale) {
      const data = { retriggerRequest: true };
      return fallback instanceof ResponseError
        ? new ResponseError(LSPErrorCodes.ServerCancelled, 'a text changed in the meantime', data)
        : new ResponseError(LSPErrorCodes.ContentModified, 'a text changed in the meantime');
    }
    log(error);
    return fallback;
  }
}

/** Stands round every notification and whatever else nobody waits for. */
export async function guard(work: () => Promise<void> | void, log: (error: unknown) => void): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Cancelled || error instanceof Stale)) log(error);
  }
}
