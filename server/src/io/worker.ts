import { constants, setPriority } from 'node:os';
import { worker } from 'workerpool';
import { checkHeaders, type LinkRequest, type LinkResult, linkUnit } from './linker';
import { readFiles } from './reader';

let hasMadeWay = false;

/** As `linkUnit`, of a unit that nobody waits for. */
function linkUnitBehind(request: LinkRequest): LinkResult {
  // Only Linux has priorities of threads; elsewhere it would be that of the whole server.
  if (!hasMadeWay && process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL);
  hasMadeWay = true;
  return linkUnit(request);
}

/** Entry of the worker threads that `pool.ts` starts. */
worker({ readFiles, linkUnit, linkUnitBehind, checkHeaders });
