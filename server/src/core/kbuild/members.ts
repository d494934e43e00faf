import { basename, dirname, isInside, join } from '../path';
import type { BuildMember } from './build';
import { matchPattern } from './make/pattern';
import type { Scope } from './make/scope';
import { clip, locationOf, type Piece, type Reason, words } from './make/value';
import type { FolderFlags } from './objectflags';
import { type Notes, type Reading, report, reportReason } from './reading';

/** A folder whose Kbuild file was read, ready to be asked for its objects. */
export interface KbuildFolder {
  readonly path: string;
  readonly scope: Scope;
  /** The value of `$(obj)`, which rules put before their targets. */
  readonly obj: string;
  readonly makefile: string;
  /** What rules and lists of the makefile say is made. */
  readonly targets: readonly string[];
  flags: FolderFlags | undefined;
}

const sourceSuffixes = ['.c', '.rs', '.S'];
/** Files that a build makes the source or the object from. */
const generatedFrom = ['.c_shipped', '.S_shipped', '.o_shipped', '.o_binary', '.y', '.l', '.pl', '.uni'];
const compositeSuffixes = ['-objs', '-y', '-m'];

/** The objects that a module is linked from: itself, or those of `foo-objs`, `foo-y` and `foo-m`. */
export function readMembers(
  reading: Reading,
  notes: Notes,
  folder: KbuildFolder,
  stem: string,
  word: Piece,
): BuildMember[] {
  const parts = compositeSuffixes.flatMap((suffix) => words(folder.scope.value(stem + suffix)));
  const isComposite = parts.length > 0 || words(folder.scope.value(`${stem}-`)).length > 0;
  const members = new Map<string, BuildMember>();
  for (const part of isComposite ? parts : [{ ...word, text: `${stem}.o`, when: undefined }]) {
    const member = part.unknown
      ? unknownMember(notes, folder, part.unknown)
      : readMember(reading, notes, folder, part, word);
    const known = member && members.get(member.object);
    if (member && (!known || known.dependsOn !== undefined)) members.set(member.object, member);
  }
  // Kbuild calls the linker for a module of several objects only.
  if (isComposite) for (const member of objectsOfFlags(reading, folder, stem)) members.set(member.object, member);
  return [...members.values()];
}

/** Finished objects that the Makefile gives to the linker as flags: Kbuild does not know them, the module has them. */
function objectsOfFlags(reading: Reading, folder: KbuildFolder, stem: string): BuildMember[] {
  const { scope } = folder;
  const lists = ['ldflags-y', 'EXTRA_LDFLAGS', `LDFLAGS_${basename(stem)}.o`];
  return lists
    .flatMap((name) => words(scope.value(name)))
    .flatMap((flag) => {
      const object = join(scope.world.cwd ?? folder.path, flag.text);
      if (flag.unknown || !/^[^-].*\.[oa](?:_shipped)?$/.test(flag.text) || !isInside(object, reading.folder))
        return [];
      const isShipped = object.endsWith('_shipped') && reading.files.exists(object);
      if (!isShipped && findSource(reading, object) !== undefined) return [];
      const prebuilt = isShipped ? object : findPrebuilt(reading, folder, object, flag.text);
      const at = locationOf(flag);
      return prebuilt === undefined
        ? []
        : [{ object, source: undefined, ...(at && { at }), prebuilt, defines: {}, includes: [] }];
    });
}

/** Stands for objects that nobody knows: a claim about the whole module would be a guess. */
function unknownMember(notes: Notes, folder: KbuildFolder, reason: Reason): BuildMember {
  reportReason(notes, 'what the module is made of', reason);
  const object = `${folder.path}/${reason.text.replaceAll('/', '∕')}`;
  return { object, source: undefined, dependsOn: reason.text, defines: {}, includes: [] };
}

function readMember(
  reading: Reading,
  notes: Notes,
  folder: KbuildFolder,
  part: Piece,
  owner: Piece,
): BuildMember | undefined {
  const at = locationOf(part) ?? locationOf(owner);
  const place = at ? { file: at.file, span: at.span } : { file: folder.makefile };
  const object = join(folder.path, part.text);
  if (!isInside(object, reading.folder)) {
    report(notes, {
      message: `'${clip(part.text, 80)}' lies outside of the opened folder and is not read.`,
      ...place,
    });
    return undefined;
  }
  const source = findSource(reading, object) ?? sourceByRule(reading, folder, object, part.text);
  if (source === undefined && !isGenerated(reading, folder, object, part.text)) {
    const wanted = part.text.endsWith('.o') ? `${part.text.slice(0, -2)}.c` : part.text;
    report(notes, {
      message: `'${clip(part.text, 80)}' has no source: there is no '${clip(wanted, 80)}'.`,
      ...place,
    });
  }
  if (part.when) reportReason(notes, `'${clip(part.text, 60)}'`, part.when);
  const flags = folder.flags?.of(part.text, source) ?? { flags: [], names: [], defines: {}, includes: [] };
  const prebuilt = source === undefined ? findPrebuilt(reading, folder, object, part.text) : undefined;
  const member = { object, source, ...(at && { at }), ...(prebuilt !== undefined && { prebuilt }), ...flags };
  return part.when ? { ...member, dependsOn: part.when.text } : member;
}

/** The source that an object is made from, where there is one. */
export function findSource(reading: Reading, object: string): string | undefined {
  if (!object.endsWith('.o')) return undefined;
  const stem = object.slice(0, -2);
  for (const suffix of sourceSuffixes) if (reading.files.exists(stem + suffix)) return stem + suffix;
  for (const suffix of sourceSuffixes) reading.files.note(stem + suffix);
  return undefined;
}

/** The source that a rule of the makefile makes the object from, where that lies elsewhere or is named otherwise. */
function sourceByRule(reading: Reading, folder: KbuildFolder, object: string, word: string): string | undefined {
  const { scope } = folder;
  const names = [`${folder.obj}/${word}`, word, object];
  for (const rule of scope.sourceRules) {
    const targets = words(rule.targets).filter((target) => !target.unknown && !target.when);
    const wanted = scope.expand(rule.source, rule.start, rule.end);
    const [first = [], second] = splitAtColon(words(wanted));
    // Of a static pattern rule, the pattern picks the stem: `a.o b.o: %.o: ../%.c`.
    const patterns = second === undefined ? targets : first;
    for (const name of names) {
      if (second !== undefined && !targets.some((target) => isTarget(name, target.text))) continue;
      const stem = patterns.map(({ text }) => matchPattern(name, text)).find((found) => found !== undefined);
      const path = (second ?? first).find(({ text, unknown }) => !unknown && /\.[cS]$/.test(text))?.text;
      if (stem === undefined || path === undefined) continue;
      const source = join(
        scope.world.cwd ?? folder.path,
        path.replace('%', () => stem),
      );
      if (isInside(source, reading.folder) && reading.files.exists(source)) return source;
      reading.files.note(source);
    }
  }
  return undefined;
}

function splitAtColon(list: readonly Piece[]): (readonly Piece[])[] {
  const at = list.findIndex(({ text }) => text.endsWith(':'));
  if (at < 0) return [list];
  const last = list[at];
  const before = list.slice(0, at);
  const pattern = last && last.text !== ':' ? [{ ...last, text: last.text.slice(0, -1) }] : [];
  return [[...before, ...pattern], list.slice(at + 1)];
}

/** Whether a build makes the source or the object: from a file beside it, or by a rule of the makefile. */
function isGenerated(reading: Reading, folder: KbuildFolder, object: string, word: string): boolean {
  if (!object.endsWith('.o') || reading.files.exists(object)) return true;
  const stem = object.slice(0, -2);
  if (stem.endsWith('.asn1') && reading.files.exists(stem)) return true;
  if (generatedFrom.some((suffix) => reading.files.exists(stem + suffix))) return true;
  if (stem.endsWith('.dtb') && reading.files.exists(`${stem.slice(0, -4)}.dts`)) return true;
  const grammar = stem.replace(/\.(tab|lex)$/, '');
  if (grammar !== stem && (reading.files.exists(`${grammar}.y`) || reading.files.exists(`${grammar}.l`))) return true;
  return isMadeByRule(folder, stem, word);
}

/** Whether a rule or list of the makefile names the object or a source for it. */
function isMadeByRule(folder: KbuildFolder, stem: string, word: string): boolean {
  const base = word.slice(0, -2);
  const names = [...sourceSuffixes, word.slice(-2)].flatMap((suffix) => [
    base + suffix,
    `${folder.obj}/${base}${suffix}`,
    stem + suffix,
  ]);
  return folder.targets.some((target) => names.some((name) => isTarget(name, target)));
}

/** The finished object that Kbuild links where there is no source: `foo.o_shipped` by its rule for such, else `foo.o` itself. */
function findPrebuilt(reading: Reading, folder: KbuildFolder, object: string, word: string): string | undefined {
  const { files } = reading;
  const shipped = `${object}_shipped`;
  if (files.exists(shipped)) return shipped;
  files.note(shipped);
  if (!/\.[oa]$/.test(object) || !files.exists(object)) return undefined;
  const stem = object.slice(0, -2);
  // What was made here, by a rule or from a source that has gone since, is no claim.
  const isMade = isMadeByRule(folder, stem, word) || files.exists(join(dirname(object), `.${basename(object)}.cmd`));
  return isMade || generatedFrom.some((suffix) => files.exists(stem + suffix)) ? undefined : object;
}

function isTarget(name: string, target: string): boolean {
  const written = target.replaceAll('//', '/').replace(/^\.\//, '');
  return written !== '%' && written !== '%.o' && matchPattern(name, written) !== undefined;
}
