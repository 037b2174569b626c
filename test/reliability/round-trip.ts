import { partsOf, restoreOf } from '../../src-main/files/safe-files/restore';
import { sourceOfBytes } from '../../src-main/files/safe-files/source';
import { eachByteOf, inOrder, type Part, partsAfter } from '../../src-main/files/safe-files/splice';
import { openTags } from '../../src-main/files/tag-formats/open-tags';
import { editFor, ourTags } from '../../src-main/files/tag-formats/our-tags';
import { payloadHashOf } from '../../src-main/files/tag-formats/read-tags';
import type { TagFile } from '../../src-main/files/tag-formats/tag-file/tag-file';
import type { WantedTags } from '../../src-main/files/tag-formats/tag-file/wanted-tags';
import { AppError } from '../../src-main/rpc/errors';

export type Tags = Readonly<Record<string, string[]>>;

/**
 * Reads a file, writes tags into it, reads it again and takes them out, all in memory and by the code that does it on
 * the disk. Gives the new bytes, or null where the file is refused with a reason; throws when anything is not as it was.
 */
export async function roundTrip(
  before: Buffer,
  tags: Tags,
  standard: Pick<WantedTags, 'standard' | 'overwriteStandard'> = {},
): Promise<Buffer | null> {
  const source = sourceOfBytes(before);
  const opened = await orRefused(async () => {
    const file = await openTags(source);
    const { edit, changes } = editFor(file, { namespace: 'nom', tags, ...standard });
    const splices = inOrder(await file.edit(edit));
    // What its audio is must be known before anything is written; where that cannot be told, it is refused.
    return { file, changes, edit, splices, payload: await payloadHashOf(file) };
  });
  if (!opened) return null;
  const { file, changes, edit, splices, payload } = opened;
  const restore = await restoreOf(source, splices);
  const after = await made(partsAfter(before.length, splices), before);
  if (!(await made(partsOf(restore), after)).equals(before)) throw new Error('The way back does not lead back.');

  // On the disk this is the trial copy, which is thrown away when it came out wrong: so it may be, but never unnoticed.
  const trial = await orRefused(async () => {
    const copy = await openTags(sourceOfBytes(after));
    return { copy, payload: await payloadHashOf(copy) };
  });
  if (!trial) return null;
  const { copy } = trial;
  const added = new Set(changes.map(({ field }) => field));
  const isRight =
    trial.payload === payload &&
    editFor(copy, { namespace: 'nom', tags, ...standard }).changes.length === 0 &&
    same(
      others(file, (item) => !edit.drop.has(item) && !added.has(item.field ?? '')),
      others(copy, ({ field }) => !added.has(field ?? '')),
    );
  if (!isRight) return null;
  const found = ourTags(copy, 'nom');
  if (JSON.stringify(sorted(found)) !== JSON.stringify(sorted(tags))) throw new Error('Our tags are not there.');
  return after;
}

async function orRefused<T>(run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code !== 'internal' && thrown.message.length > 10) return undefined;
    throw thrown;
  }
}

type Item = TagFile['items'][number];
const others = (file: TagFile, isKept: (item: Item) => boolean) => file.items.filter(isKept).map(({ bytes }) => bytes);
const same = (a: readonly Buffer[], b: readonly Buffer[]) =>
  a.length === b.length && a.every((bytes, index) => bytes.equals(b[index]));
const sorted = (tags: Tags) => Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1));

async function made(parts: readonly Part[], from: Buffer): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  await eachByteOf(parts, sourceOfBytes(from), async (piece) => void pieces.push(piece));
  return Buffer.concat(pieces);
}
