import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultSettings } from '../../server/src/core/settings';
import { Workspace } from '../../server/src/io/workspace';
import { makeFolder } from '../lsp/editor';
import { secret, headers as tree } from '../lsp/samples';

/** Paths below the root of a machine and their texts; a value with `->` in front is a link. */
type Layout = Readonly<Record<string, string>>;

const isBuilt = (path: string): boolean => /^(?:Module\.symvers|include\/(?:config|generated)\/)/.test(path);
const below = (folder: string, files: Layout): Layout =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
const part = (isWanted: (path: string) => boolean): Layout =>
  Object.fromEntries(Object.entries(tree).filter(([path]) => isWanted(path)));
/** What a build makes, and what is the same for all builds of one version. */
const built = part(isBuilt);
const source = part((path) => !isBuilt(path));
const generated = 'LINUXINCLUDE := -I$(srctree)/include -I$(objtree)/include';
const withObjects = (files: Layout): Layout => ({
  ...files,
  Makefile: tree.Makefile.replace('LINUXINCLUDE := -I$(srctree)/include', generated),
});
const including = (folder: string) => ({ Makefile: `export KBUILD_OUTPUT = .\ninclude ${folder}/Makefile\n` });

/** From the packages' own build files: what lies where, and the folder that a user names. */
const layouts: Readonly<Record<string, { readonly files: Layout; readonly build: string }>> = {
  'Debian: a flavour that includes the common folder by a path of another machine': {
    files: {
      ...below('usr/src/linux-headers-6.1.0-9-common', withObjects(source)),
      ...below('usr/src/linux-headers-6.1.0-9-amd64', {
        ...built,
        ...including('/nowhere/linux-headers-6.1.0-9-common'),
      }),
    },
    build: 'usr/src/linux-headers-6.1.0-9-amd64',
  },
  'Debian, through links: the common folder is beside what they lead to': {
    files: {
      ...below('unpacked/usr/src/linux-headers-6.1.0-9-common', withObjects(source)),
      ...below('unpacked/usr/src/linux-headers-6.1.0-9-amd64', {
        ...built,
        ...including('/nowhere/linux-headers-6.1.0-9-common'),
      }),
      'lib/modules/6.1.0-9-amd64/build': '->../../../headers',
      headers: '->unpacked/usr/src/linux-headers-6.1.0-9-amd64',
    },
    build: 'lib/modules/6.1.0-9-amd64/build',
  },
  'Ubuntu: a flavour full of links into the shared folder': {
    files: {
      ...below('usr/src/linux-headers-6.1.0-9', withObjects(source)),
      ...below('usr/src/linux-headers-6.1.0-9-generic', built),
      'usr/src/linux-headers-6.1.0-9-generic/Makefile': '->../linux-headers-6.1.0-9/Makefile',
      'usr/src/linux-headers-6.1.0-9-generic/include/linux': '->../../linux-headers-6.1.0-9/include/linux',
    },
    build: 'usr/src/linux-headers-6.1.0-9-generic',
  },
  'Fedora, RHEL, Arch: one folder with all of it': {
    files: below('usr/src/kernels/6.1.0', tree),
    build: 'usr/src/kernels/6.1.0',
  },
  'openSUSE: objects by architecture and flavour, which include the source by a relative path': {
    files: {
      ...below('usr/src/linux-6.1.0-1', withObjects(source)),
      ...below('usr/src/linux-6.1.0-1-obj/x86_64/default', { ...built, ...including('../../../linux-6.1.0-1') }),
    },
    build: 'usr/src/linux-6.1.0-1-obj/x86_64/default',
  },
  'Yocto, Buildroot, O=: a build folder with a link to its source': {
    files: {
      ...below('work/kernel-source', withObjects(source)),
      ...below('work/kernel-build-artifacts', { ...built, ...including('/build/elsewhere/kernel-source') }),
      'work/kernel-build-artifacts/source': '->../kernel-source',
    },
    build: 'work/kernel-build-artifacts',
  },
  'Android: the output beside the common kernel': {
    files: {
      ...below('android/common', withObjects(source)),
      ...below('android/out/android14-6.1/common', { ...built, ...including('../../../common') }),
    },
    build: 'android/out/android14-6.1/common',
  },
};

test.each(Object.entries(layouts))('%s', async (_, { files, build }) => {
  const isLink = ([, text]: readonly [string, string]) => text.startsWith('->');
  const entries = Object.entries(files);
  const machine = makeFolder({
    ...Object.fromEntries(entries.filter((entry) => !isLink(entry))),
    'lib/modules/.keep': '',
    'lib/modules/6.1.0-9-amd64/.keep': '',
  });
  for (const [path, text] of entries.filter(isLink)) symlinkSync(text.slice(2), join(machine, path));
  const folder = makeFolder({ Makefile: 'obj-m := secret.o\n', 'secret.c': secret });
  const workspace = new Workspace(folder, { settings: { ...defaultSettings, kernel: join(machine, build) } });
  await workspace.load();
  await workspace.link({ isBlocking: true });
  const { modules, problems, kernel } = workspace.snapshot;
  expect(problems).toEqual([]);
  expect(kernel.version).toEqual({ major: 6, minor: 1, patch: 0 });
  expect(modules.map((module) => [module.isWhole, module.symbols().map(({ name }) => name)])).toEqual([
    [true, ['__lock_slow', '__work_init']],
  ]);
});
