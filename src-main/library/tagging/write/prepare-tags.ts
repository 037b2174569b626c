import type { PreparedWrite, Source } from '../../../files/safe-files';
import { changedSince, inOrder } from '../../../files/safe-files';
import type { TagFile } from '../../../files/tag-formats';
import { editFor, openTags, payloadHashOf } from '../../../files/tag-formats';
import { AppError } from '../../../rpc';
import type { TagPlan } from './tag-plan';

/** What replaces the plan's file by one with its tags. Throws `file_changed` when the plan would be another by now. */
export async function prepareTags(
  source: Source,
  plan: TagPlan,
): Promise<PreparedWrite & { readonly payloadHash: string }> {
  const file = await openTags(source);
  const { edit, changes } = editFor(file, plan.wanted);
  // Someone may have changed tags in place and put the time back, so that the file looks as it did.
  if (JSON.stringify(changes) !== JSON.stringify(plan.changes)) throw changedSince();
  const payloadHash = await payloadHashOf(file);
  const foreign = fingerprints(file, (item) => !edit.drop.has(item));
  return {
    content: inOrder(await file.edit(edit)),
    payloadHash,
    changes,
    verify: (copy) => verify(copy, plan, { payloadHash, foreign }),
  };
}

/** Reads the copy as if it were any file: same audio, same tags of others, and ours as wanted. */
async function verify(
  copy: Source,
  plan: TagPlan,
  before: { readonly payloadHash: string; readonly foreign: readonly string[] },
): Promise<void> {
  const refuse = (what: string) => {
    throw new AppError('unsupported_file', `A trial copy came out wrong (${what}), so the file was left as it was.`);
  };
  const file = await openTags(copy);
  if (file.container !== plan.container) refuse('another container');
  if ((await payloadHashOf(file)) !== before.payloadHash) refuse('other audio');
  const left = editFor(file, { ...plan.wanted, overwriteStandard: false });
  if (left.changes.length > 0) refuse('our tags are not there');
  const added = addedFields(plan);
  const foreign = fingerprints(file, (item) => !added.has(item.field ?? ''));
  const expected = before.foreign.filter((print) => !added.has(print.slice(0, print.indexOf('\n'))));
  if (foreign.join('\n\n') !== expected.join('\n\n')) refuse('other tags changed');
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
