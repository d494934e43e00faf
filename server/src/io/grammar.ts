import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { StructureReader } from '../core/syntax/structure';

/** A reader with the C grammar, taken from beside the bundle or, in a source tree, from the packages. */
export function createStructureReader(): Promise<StructureReader> {
  return StructureReader.create({
    runtime: readAsset('web-tree-sitter.wasm', 'web-tree-sitter/web-tree-sitter.wasm'),
    grammar: readAsset('tree-sitter-c.wasm', 'tree-sitter-c/tree-sitter-c.wasm'),
  });
}

function readAsset(bundled: string, packaged: string): Uint8Array {
  try {
    return readFileSync(join(__dirname, bundled));
  } catch {
    return readFileSync(createRequire(__filename).resolve(packaged));
  }
}
