// What scripts/conformance-preprocess.mjs needs of the sources.
export { readArguments } from '../../server/src/core/preprocess/arguments';
export { HeaderCache } from '../../server/src/core/preprocess/cache';
export { recycle } from '../../server/src/core/preprocess/made';
export { preprocess } from '../../server/src/core/preprocess/preprocess';
export * as kinds from '../../server/src/core/syntax/kinds';
export { lex, spelling } from '../../server/src/core/syntax/lexer';
export { compilerFor } from '../../server/src/io/compilers';
export { compilerCalls, openHeaders } from '../../test/conformance/kbuild/tree';
export { compilerFrom } from './compiler';
