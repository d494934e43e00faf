import { mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { KernelFolderHint } from '../../server/src/core/kbuild/build';
import { knownCompatibleLicenses } from '../../server/src/core/kernel/license';
import { embeddedFolder } from '../../server/src/io/embedded';
import { type KernelRequest, listKernels, type Machine, openKernel } from '../../server/src/io/kernels';
import { folderWith } from './folder';

const symvers = '0x1\tktime_get\tvmlinux\tEXPORT_SYMBOL_GPL\t\n0x1\tmine\tdrivers/mine\tEXPORT_SYMBOL\tNS\n';
const makefile = (version: string) => {
  const [major, minor, patch] = version.split('.');
  return `VERSION = ${major}\nPATCHLEVEL = ${minor}\nSUBLEVEL = ${patch}\nEXTRAVERSION =\n`;
};
const headers = (release: string) => ({
  'Module.symvers': symvers,
  Makefile: makefile('6.1.192'),
  'include/config/auto.conf': 'CONFIG_MODULES=y\n',
  'include/generated/utsrelease.h': `#define UTS_RELEASE "${release}"\n`,
});
const below = (folder: string, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));

/** A machine with nothing on it but the embedded kernels. */
const bare: Machine = { release: '6.1.0-1-running', modules: '/nowhere', sources: [], embedded: embeddedFolder() };
const open = (request: Partial<KernelRequest>, machine = bare) =>
  openKernel({ setting: '', hints: [], extraSymvers: [], ...request }, machine);
const hint = (folder: string, value: string): KernelFolderHint => ({
  value,
  at: { file: `${folder}/Makefile`, span: { start: 3, end: 7 } },
});
const messages = (kernel: { problems: readonly { message: string }[] }) => kernel.problems.map((one) => one.message);

describe('the setting', () => {
  test('a headers folder', async () => {
    const folder = folderWith(headers('6.1.0-9-test'));
    const kernel = await open({ setting: folder });
    expect(kernel).toMatchObject({
      release: '6.1.0-9-test',
      version: { major: 6, minor: 1, patch: 192 },
      origin: 'headers',
      folder,
      chosenBecause: 'the setting names it',
      problems: [],
    });
    expect(kernel.exports.size).toBe(2);
    expect(kernel.exports.get('mine')?.at).toEqual({
      file: `${folder}/Module.symvers`,
      span: { start: symvers.lastIndexOf('0x1'), end: symvers.length - 1 },
    });
    expect(kernel.config.get('CONFIG_MODULES')).toBe('y');
    expect(kernel.compatibleLicenses).toEqual(knownCompatibleLicenses);
    expect(kernel.inputs).toContain(`${folder}/Module.symvers`);
  });

  test('a folder as /lib/modules has them', async () => {
    const folder = folderWith({ ...below('build', headers('6.1.0-9-test')), 'source/Makefile': makefile('6.1.192') });
    expect(await open({ setting: folder })).toMatchObject({ folder: `${folder}/build`, problems: [] });
  });

  test('a source tree that is not built', async () => {
    const license = 'int license_is_gpl_compatible(const char *l)\n{ return !strcmp(l, "Ours"); }\n';
    const folder = folderWith({ Makefile: makefile('6.18.3'), 'include/linux/license.h': license });
    const kernel = await open({ setting: folder });
    expect(kernel).toMatchObject({ release: '6.18.3', version: { major: 6, minor: 18, patch: 3 } });
    expect(kernel.exports.size).toBe(0);
    expect(kernel.config.isKnown).toBe(false);
    expect([...kernel.compatibleLicenses]).toEqual(['Ours']);
    expect(messages(kernel)).toEqual([
      `'${folder}' has no Module.symvers with exports and no configuration, so its exports and options are not known: build the kernel in it or choose the headers of a built one.`,
    ]);
  });

  test('a folder without a configuration, whose symvers is empty and whose version is nowhere', async () => {
    const folder = folderWith({ 'Module.symvers': '', 'include/config/kernel.release': 'next\n' });
    const kernel = await open({ setting: folder });
    expect(kernel).toMatchObject({ release: 'next', version: undefined });
    expect(messages(kernel)).toEqual([
      expect.stringContaining('so its exports and options are not known'),
      `The version of the kernel in '${folder}' cannot be found: nothing that depends on it is claimed.`,
    ]);
  });

  test.each([['embedded'], ['embedded:6.1-amd64']])('%s', async (setting) => {
    const kernel = await open({ setting });
    expect(kernel).toMatchObject({ origin: 'embedded', folder: undefined, problems: [] });
    expect(kernel.exports.get('ktime_get')?.isGplOnly).toBe(true);
  });

  describe('that fails leads to the embedded kernel, with a problem', () => {
    const why = async (setting: string) => {
      const kernel = await open({ setting });
      expect(kernel.origin).toBe('embedded');
      expect(kernel.exports.size).toBeGreaterThan(1000);
      const start = `The kernel that is set, '${setting}', `;
      const end = `: the embedded ${kernel.release} is used instead; name a folder of kernel headers, as in /lib/modules/$(uname -r)/build.`;
      const message = messages(kernel).at(-1) ?? '';
      expect(message.startsWith(start) && message.endsWith(end)).toBe(true);
      return message.slice(start.length, -end.length);
    };

    test('nothing there', async () => expect(await why('/nowhere/build')).toBe('is not there'));
    test('another embedded name', async () => {
      expect(await why('embedded:9.9')).toBe('is not among the embedded kernels (embedded:6.1-amd64)');
    });
    test('a file', async () => {
      const file = join(folderWith({ 'Module.symvers': symvers }), 'Module.symvers');
      expect(await why(file)).toBe('is a file, not a folder of kernel headers');
    });
    test('a folder of something else', async () => {
      expect(await why(folderWith({ 'a.c': '' }))).toContain('is not a folder of kernel headers (it has neither');
    });
    test('a loop of links', async () => {
      const folder = folderWith({});
      symlinkSync(join(folder, 'loop'), join(folder, 'loop'));
      expect(await why(join(folder, 'loop'))).toBe('cannot be read (ELOOP)');
    });
    test('a name that no system takes', async () => expect(await why('/a\0b')).toContain('cannot be read'));
  });
});

describe('split headers', () => {
  const common = {
    Makefile: makefile('6.1.192'),
    'include/linux/license.h': 'int license_is_gpl_compatible(const char *l)\n{ return strcmp(l, "Common") == 0; }\n',
  };
  const split = (include: string) => ({
    ...below('headers', { ...headers('6.1.0-9-test'), Makefile: `include ${include}/Makefile\n` }),
  });

  test('the common folder by its absolute path', async () => {
    const elsewhere = folderWith(below('any', common));
    const folder = folderWith(split(`${elsewhere}/any`));
    const kernel = await open({ setting: `${folder}/headers` });
    expect(kernel.version).toEqual({ major: 6, minor: 1, patch: 192 });
    expect([...kernel.compatibleLicenses]).toEqual(['Common']);
  });

  test('unpacked elsewhere: the sibling of that name, also behind a link', async () => {
    const folder = folderWith({ ...split('/nowhere/headers-common'), ...below('headers-common', common) });
    const links = folderWith({});
    symlinkSync(`${folder}/headers`, `${links}/kernel`);
    for (const setting of [`${folder}/headers`, `${links}/kernel`]) {
      const kernel = await open({ setting });
      expect(kernel).toMatchObject({ version: { major: 6, minor: 1, patch: 192 }, problems: [] });
      expect([...kernel.compatibleLicenses]).toEqual(['Common']);
    }
  });

  test('no common folder: the version comes from elsewhere, with a problem', async () => {
    const folder = folderWith(split('/nowhere/headers-common'));
    const kernel = await open({ setting: `${folder}/headers` });
    expect(kernel.version).toEqual({ major: 6, minor: 1, patch: 0 });
    expect(messages(kernel)).toEqual([
      `'${folder}/headers/Makefile' includes '/nowhere/headers-common', which is not there nor beside it: the kernel's version and license strings may be taken from elsewhere; install the package with the common headers.`,
    ]);
  });

  test('a build folder that links to its source', async () => {
    const folder = folderWith({ ...below('tree', common), 'build/Module.symvers': symvers });
    symlinkSync(`${folder}/tree`, `${folder}/build/source`);
    expect((await open({ setting: `${folder}/build` })).version?.patch).toBe(192);
  });
});

describe('what a Makefile names', () => {
  test('the running release is put in', async () => {
    const folder = folderWith(below('lib/6.1.0-1-running/build', headers('6.1.0-1-running')));
    const value = `${folder}/lib/$(shell uname -r)/build`;
    const kernel = await open({ hints: [hint('/w', `${folder}/$(KVER)`), hint('/w', value)] });
    expect(kernel).toMatchObject({ release: '6.1.0-1-running', chosenBecause: `/w/Makefile names '${value}'` });
    expect(kernel.problems).toEqual([]);
  });

  test('a relative folder is seen from the Makefile', async () => {
    const folder = folderWith(below('linux', headers('6.2.0')));
    expect((await open({ hints: [hint(`${folder}/module`, '../linux')] })).release).toBe('6.2.0');
  });

  test('a folder that is not there is no problem, one that is no kernel is', async () => {
    const folder = folderWith({ 'a.c': '' });
    const kernel = await open({ hints: [hint('/w', '/nowhere'), hint('/w', '//host/share'), hint('/w', folder)] });
    expect(kernel).toMatchObject({
      origin: 'embedded',
      chosenBecause: 'no kernel headers were found on this machine',
    });
    expect(kernel.inputs).toContain('/nowhere/Module.symvers');
    expect(kernel.problems).toHaveLength(1);
    expect(kernel.problems[0]).toMatchObject({ file: '/w/Makefile', span: { start: 3, end: 7 } });
    expect(messages(kernel)[0]).toContain(`The kernel folder of /w/Makefile, '${folder}', is not a folder of kernel`);
  });

  test('the setting comes first', async () => {
    const folder = folderWith({ ...below('a', headers('6.3.0')), ...below('b', headers('6.4.0')) });
    expect((await open({ setting: `${folder}/a`, hints: [hint(folder, './b')] })).release).toBe('6.3.0');
  });
});

describe('what is installed', () => {
  const machine = () => {
    const folder = folderWith({
      ...below('modules/6.1.0-9/build', headers('6.1.0-9')),
      ...below('modules/6.1.0-56/build', headers('6.1.0-56')),
      ...below('src/linux-headers-6.1.0-60', headers('6.1.0-60')),
      ...below('src/linux-headers-6.1.0-60-common', { Makefile: makefile('6.1.192') }),
      ...below('src/python3', headers('9.9.9')),
    });
    mkdirSync(`${folder}/modules/7.0.0`);
    return { ...bare, modules: `${folder}/modules`, sources: [`${folder}/src`] };
  };

  test('the running kernel', async () => {
    const kernel = await open({}, { ...machine(), release: '6.1.0-9' });
    expect(kernel).toMatchObject({ release: '6.1.0-9', chosenBecause: 'it is the running one' });
  });

  test('else the newest', async () => {
    const kernel = await open({}, machine());
    expect(kernel).toMatchObject({ release: '6.1.0-60', chosenBecause: 'it is the newest of the installed ones' });
  });

  test('the list of choices, each of which opens', async () => {
    const here = machine();
    const choices = listKernels(here);
    expect(choices.map((one) => one.label)).toEqual([
      '6.1.0-60',
      '6.1.0-56',
      '6.1.0-9',
      expect.stringMatching(/^6\.1\..* \(embedded\)$/),
    ]);
    expect(choices.map((one) => one.kind)).toEqual(['headers', 'headers', 'headers', 'embedded']);
    expect(listKernels({ ...here, release: '6.1.0-9' }).filter((one) => one.isRunning)).toMatchObject([
      { label: '6.1.0-9' },
    ]);
    expect(choices.map((one) => one.hasExports)).toEqual([true, true, true, true]);
    for (const { setting } of choices) expect((await open({ setting }, here)).problems).toEqual([]);
  });
});

describe('files that cannot be read', () => {
  test('a folder, binary garbage and too much', async () => {
    const folder = folderWith({
      'Makefile/x': '',
      'Module.symvers': Uint8Array.of(1, 0, 2),
      '.config': 'CONFIG_A=y\n',
    });
    writeFileSync(join(folder, 'huge'), '');
    truncateSync(join(folder, 'huge'), (64 << 20) + 1);
    const kernel = await open({ setting: folder, extraSymvers: [join(folder, 'huge'), join(folder, 'none')] });
    expect(kernel.exports.size).toBe(0);
    expect(kernel.config.get('CONFIG_A')).toBe('y');
    expect(messages(kernel)).toEqual(
      expect.arrayContaining([
        `'${folder}/Module.symvers' is not a text file: it is left out.`,
        `'${folder}/Makefile' is a folder, not a file: it is left out.`,
        `'${folder}/huge' is larger than 64 MB: it is left out.`,
        `'${folder}/none' is not there, so the symbols that other modules export are not known: build these modules first or correct the path (extraSymvers, KBUILD_EXTRA_SYMBOLS).`,
      ]),
    );
  });

  test.each([['damaged'], ['missing']])('a %s embedded kernel', async (kind) => {
    const entry = { name: 'a', release: '6', architecture: '', distribution: '', exports: 1, date: '' };
    const files = { 'index.json': JSON.stringify([entry, { name: '../b' }]) };
    const embedded = folderWith(kind === 'damaged' ? { ...files, 'a.bin': 'garbage' } : files);
    const kernel = await open({}, { ...bare, embedded });
    expect(kernel).toMatchObject({ origin: 'embedded', release: 'unknown' });
    expect(kernel.exports.size).toBe(0);
    expect(messages(kernel)).toEqual([expect.stringContaining(`${embedded}/a.bin`)]);
    expect(listKernels({ ...bare, embedded })).toHaveLength(1);
  });

  test('no embedded kernels at all', async () => {
    const kernel = await open({ setting: 'embedded' }, { ...bare, embedded: '/nowhere' });
    expect(kernel.exports.size).toBe(0);
    expect(kernel.problems).toHaveLength(2);
  });
});

test('further symvers files are laid over the kernel', async () => {
  const folder = folderWith({
    ...headers('6.1.0'),
    'extra.symvers': '0x1\tother_get\t/w/other\tEXPORT_SYMBOL_GPL\tO\n',
  });
  const kernel = await open({ setting: folder, extraSymvers: [`${folder}/extra.symvers`] });
  expect(kernel.exports.size).toBe(3);
  expect(kernel.exports.get('other_get')).toMatchObject({ provider: '/w/other', namespace: 'O', isGplOnly: true });
  expect(kernel.inputs).toContain(`${folder}/extra.symvers`);
});

test('the id changes when a file does, and not otherwise', async () => {
  const folder = folderWith({ ...headers('6.1.0'), extra: symvers });
  const id = async () => (await open({ setting: folder, extraSymvers: [`${folder}/extra`] })).id;
  const seen = [await id()];
  const changed = async (change: () => void) => {
    expect(await id()).toBe(seen.at(-1));
    change();
    expect(seen).not.toContain(await id());
    seen.push(await id());
  };
  await changed(() => utimesSync(`${folder}/Module.symvers`, 1, 1));
  await changed(() => writeFileSync(`${folder}/extra`, ''));
  await changed(() => renameSync(`${folder}/include/config/auto.conf`, `${folder}/.config`));
  await changed(() => rmSync(`${folder}/Makefile`));
});
