import { URI } from 'vscode-uri';
import { normalize } from '../core/path';

/** Path of a `file:` URI in the form of core's `path.ts`; `undefined` for any other URI, and for one of another machine. */
export function toPath(uri: string): string | undefined {
  try {
    const parsed = URI.parse(uri, true);
    if (parsed.scheme !== 'file' || parsed.authority !== '' || parsed.path === '') return undefined;
    return normalize(process.platform === 'win32' ? parsed.fsPath.replaceAll('\\', '/') : parsed.fsPath);
  } catch {
    return undefined;
  }
}

export function toUri(path: string): string {
  return URI.file(path).toString();
}
