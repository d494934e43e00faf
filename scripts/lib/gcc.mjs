// How the kernel's build calls the compiler on one source, as far as the preprocessor is concerned.
import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Arguments and spawn options of `gcc -E` for a source below DIR/source, with the headers of DIR. */
export function kernelPreprocessor(dir, file) {
  const [source, headers, common] = ['source', 'headers', 'common'].map((name) => realpathSync(join(dir, name)));
  const folders = ['arch/x86/include', 'arch/x86/include/generated', 'include', 'arch/x86/include/uapi']
    .concat(['arch/x86/include/generated/uapi', 'include/uapi', 'include/generated/uapi'])
    .flatMap((folder) => [source, headers, common].map((root) => `-I${root}/${folder}`));
  const before = ['compiler-version.h', 'kconfig.h', 'compiler_types.h'];
  const name = file.replace(/.*\//, '').replace(/\.c$/, '').replaceAll('-', '_');
  return {
    arguments: [
      ...['-E', '-nostdinc', ...folders],
      ...before.flatMap((header) => ['-include', `${common}/include/linux/${header}`]),
      ...['-D__KERNEL__', '-DMODULE', '-std=gnu11', '-m64', '-O2', '-mno-sse', '-mno-mmx', '-mno-sse2', '-mno-3dnow'],
      ...['-mno-avx', '-fno-PIE', '-mcmodel=kernel', '-fcf-protection=none', '-DCC_USING_FENTRY'],
      `-I${join(source, dirname(file))}`,
      ...['MODFILE', 'BASENAME', 'MODNAME'].map((part) => `-DKBUILD_${part}="${name}"`),
      ...[`-D__KBUILD_MODNAME=kmod_${name}`, join(source, file)],
    ],
    options: { cwd: source, stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28 },
  };
}
