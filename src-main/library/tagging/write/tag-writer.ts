import { realpath, stat } from 'node:fs/promises';
import { readErrorOf, type SafeFiles, withSource } from '../../../files/safe-files';
import type { WantedTags } from '../../../files/tag-formats';
import { editFor, isNamedFor, openTags } from '../../../files/tag-formats';
import { stampOf } from '../../../platform/file-stamp';
import { AppError } from '../../../rpc';
import { AUDIO } from './audio-kind';
import { prepareTags } from './prepare-tags';
import type { TagPlan, TagWriter } from './tag-plan';

/**
 * Plans and writes the tags of files.
 *
 * @param plan reads a file and tells what would change
 */
export function createTagWriter(files: Pick<SafeFiles, 'write'>, plan: TagWriter['plan']): TagWriter {
  return {
    plan,
    async write(planned, { jobId, trackId, keepMtime = true, hardLinks = 'skip' } = {}) {
      if (planned.changes.length === 0) return null;
      let payloadHash = '';
      const written = await files.write({
        kind: AUDIO.kind,
        path: planned.path,
        expected: planned.stamp,
        keepMtime,
        jobId,
        trackId,
        async prepare(source) {
          if (planned.links > 1 && hardLinks === 'skip') throw hardLinked();
          const prepared = await prepareTags(source!, planned);
          payloadHash = prepared.payloadHash;
          return prepared;
        },
      });
      return { ...written, payloadHash, changes: planned.changes };
    },
  };
}

/** Reads the file and tells what would have to change for it to carry what is wanted. */
export function planTags(path: string, wanted: WantedTags): Promise<TagPlan> {
  return readErrorOf(async () => {
    const real = await realpath(path);
    const stats = await stat(real);
    const { container, changes } = await withSource(real, async (source) => {
      const file = await openTags(source);
      return { container: file.container, changes: editFor(file, wanted).changes };
    });
    if (!isNamedFor(container, real)) {
      throw new AppError('unsupported_file', `The name of the file does not fit its content, which is ${container}.`);
    }
    return { path: real, container, stamp: stampOf(stats), links: stats.nlink, wanted, changes };
  });
}

const hardLinked = () =>
  new AppError('not_writable', 'The file has other hard links, whose content would no longer be the same.');
