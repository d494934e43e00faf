import type { Finding } from '../finding';
import type { Snapshot } from '../model/snapshot';
import type { Settings } from '../settings';

/** Which findings are asked for; nothing means all. */
export interface CheckFilter {
  /** Only findings whose place is in this file. */
  readonly file?: string;
  /** Only these rules. */
  readonly rules?: readonly string[];
  /** Stops between two subjects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Every finding of a snapshot, sorted by file and place; one per rule, place and message. */
export function check(snapshot: Snapshot, settings: Settings, filter: CheckFilter = {}): Finding[] {
  throw new Error(`${snapshot}${settings}${filter}`);
}
