import { version as packageVersion } from '../../../package.json';

/** Version of the extension, the server and the command line alike. */
export const version: string = packageVersion;
