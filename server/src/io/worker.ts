import { worker } from 'workerpool';
import { linkUnit } from './linker';
import { readFiles } from './reader';

/** Entry of the worker threads that `pool.ts` starts. */
worker({ readFiles, linkUnit });
