import { createSafeFiles, type SafeFiles, type SafeFilesParts } from '../../src-main/files/safe-files';
import { AUDIO, createTagWriter, type TagWriter } from '../../src-main/library/tagging';
import { planTags } from '../../src-main/library/tagging/write/tag-writer';

/** A writer of tags with the safe files that it writes through. */
export type WriterOfTags = TagWriter & Omit<SafeFiles, 'write'> & { readonly files: SafeFiles };

/** @param reserveBytes must stay free on the disk; as the application wants it when it is not said */
export function aTagWriter({ reserveBytes, ...parts }: SafeFilesParts & { reserveBytes?: number }): WriterOfTags {
  const files = createSafeFiles(parts);
  files.register({ ...AUDIO, ...(reserveBytes !== undefined && { reserveBytes }) });
  return { ...files, ...createTagWriter(files, planTags), files };
}
