import { worker } from 'workerpool';
import { readFiles } from './reader';

/** Entry of the worker threads that `pool.ts` starts. */
worker({ readFiles });
