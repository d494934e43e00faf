import type { Compiler } from './compiler';

/** What a compiler would be told of one translation unit. Paths are absolute. */
export interface PreprocessRequest {
  readonly path: string;
  /** The source's text where it is not the one on disk: an open document. */
  readonly text?: string;
  readonly compiler: Compiler;
  /** `-D` and `-U` in order, each as a line of a file: `#define NAME value`, `#undef NAME`. */
  readonly definitions: readonly string[];
  /** `-include`, in order. */
  readonly includes: readonly string[];
  /** `-iquote`, `-I`, `-isystem` and `-idirafter` folders, each in order. */
  readonly quoteFolders: readonly string[];
  readonly folders: readonly string[];
  readonly systemFolders: readonly string[];
  /** What `__DATE__` and `__TIME__` give, without quotes. */
  readonly date?: string;
  readonly time?: string;
  /** Keep the state after the leading includes for the next time; for documents that are edited. */
  readonly remember?: boolean;
}

/** What a compiler's arguments say to the preprocessor; without the source and the compiler. */
export type Arguments = Pick<
  PreprocessRequest,
  'definitions' | 'includes' | 'quoteFolders' | 'folders' | 'systemFolders'
>;
