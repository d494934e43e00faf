import { unknownConfig } from './config';
import { noExports } from './exports';
import type { Kernel } from './kernel';

/** What is known before a kernel was opened: nothing, so nothing is claimed. */
export const noKernel: Kernel = {
  id: 'none',
  release: 'none',
  version: undefined,
  origin: 'embedded',
  folder: undefined,
  sourceFolder: undefined,
  exports: noExports,
  config: unknownConfig,
  compatibleLicenses: new Set(),
  chosenBecause: 'nothing was read yet',
  inputs: [],
  problems: [],
};
