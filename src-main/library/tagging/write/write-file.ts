import type { WriteJournal } from '../../../files/safe-files';
import {
  changedSince,
  fileHashOf,
  inOrder,
  partsAfter,
  type ReplaceOptions,
  refuseChanged,
  replaceFile,
  restoreOf,
  type Splice,
  sizeAfter,
  withSource,
} from '../../../files/safe-files';
import type { TagFile } from '../../../files/tag-formats';
import { editFor, openTags, payloadHashOf } from '../../../files/tag-formats';
import { AppError } from '../../../rpc';
import type { TagPlan, TagWritten, WriteOptions } from './tag-plan';

export interface WriteParts {
  readonly journal: WriteJournal;
  readonly options: ReplaceOptions;
}

interface Prepared {
  readonly size: number;
  readonly splices: Splice[];
  readonly payloadHash: string;
  readonly oldFileHash: string;
  readonly restore: Buffer;
  readonly foreign: readonly string[];
}

/** Replaces the plan's file by one with its tags. */
export async function writeFile(
  plan: TagPlan,
  how: WriteOptions,
  { journal, options }: WriteParts,
): Promise<TagWritten> {
  const { path, stamp } = plan;
  await refuseChanged(path, stamp);
  if (plan.links > 1 && how.hardLinks !== 'break') {
    throw new AppError('not_writable', 'The file has other hard links, whose content would no longer be the same.');
  }
  const before = await withSource(path, (source) => prepare(source, plan));
  const { payloadHash, oldFileHash, restore } = before;
  const size = sizeAfter(before.size, before.splices);
  let id = 0;
  const written = await replaceFile(
    {
      path,
      expected: stamp,
      parts: partsAfter(before.size, before.splices),
      size,
      mtimeMs: how.keepMtime === false ? null : stamp.mtimeMs,
      verify: (copy) => verify(copy.path, plan, before),
      commit(copy) {
        id = journal.prepare({
          jobId: how.jobId ?? null,
          trackId: how.trackId ?? null,
          path,
          tempPath: copy.path,
          payloadHash,
          oldSize: stamp.sizeBytes,
          oldMtimeMs: stamp.mtimeMs,
          oldFileHash,
          newSize: copy.stamp.sizeBytes,
          newMtimeMs: copy.stamp.mtimeMs,
          newFileHash: copy.hash,
          changes: plan.changes,
          restore,
        });
        return () => journal.settle(id, 'abandoned');
      },
    },
    options,
  );
  journal.settle(id, 'written');
  return { id, path, stamp: written, payloadHash, changes: plan.changes };
}

async function prepare(source: Parameters<typeof openTags>[0], plan: TagPlan): Promise<Prepared> {
  const file = await openTags(source);
  const { edit, changes } = editFor(file, plan.wanted);
  // Someone may have changed tags in place and put the time back, so that the file looks as it did.
  if (JSON.stringify(changes) !== JSON.stringify(plan.changes)) throw changedSince();
  const splices = inOrder(await file.edit(edit));
  return {
    size: source.size,
    splices,
    payloadHash: await payloadHashOf(file),
    oldFileHash: await fileHashOf(source),
    restore: await restoreOf(source, splices),
    foreign: fingerprints(file, (item) => !edit.drop.has(item)),
  };
}

/** Reads the copy as if it were any file: same audio, same tags of others, and ours as wanted. */
async function verify(copy: string, plan: TagPlan, before: Prepared): Promise<void> {
  const refuse = (what: string) => {
    throw new AppError('unsupported_file', `A trial copy came out wrong (${what}), so the file was left as it is.`);
  };
  await withSource(copy, async (source) => {
    const file = await openTags(source);
    if (file.container !== plan.container) refuse('another container');
    if ((await payloadHashOf(file)) !== before.payloadHash) refuse('other audio');
    const left = editFor(file, { ...plan.wanted, overwriteStandard: false });
    if (left.changes.length > 0) refuse('our tags are not there');
    const added = addedFields(plan);
    const foreign = fingerprints(file, (item) => !added.has(item.field ?? ''));
    const expected = before.foreign.filter((print) => !added.has(print.slice(0, print.indexOf('\n'))));
    if (foreign.join('\n\n') !== expected.join('\n\n')) refuse('other tags changed');
  });
}

function addedFields(plan: TagPlan): Set<string> {
  return new Set(plan.changes.map(({ field }) => field));
}

/** What is compared of each tag: its name, where it has one, and its bytes. */
function fingerprints(file: TagFile, isKept: (item: TagFile['items'][number]) => boolean): string[] {
  return file.items
    .filter(isKept)
    .map(({ field, kind, bytes }) => `${field ?? ''}\n${kind}\n${bytes.toString('latin1')}`);
}
