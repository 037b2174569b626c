import { createHash } from 'node:crypto';
import { readErrorOf, withSource } from '../safe-files';
import { openTags } from './open-tags';
import { ourTags } from './our-tags';
import type { TagFile } from './tag-file';

/**
 * Our tags in a file: key without the namespace → values, or the whole name as it stands there → values. Reads Nomarr's
 * keys too, under the names that they have. Throws `not_found`, or `unsupported_file` with the reason.
 */
export async function readTags(
  path: string,
  namespace: string,
  by: 'key' | 'name' = 'key',
): Promise<Record<string, string[]>> {
  return readErrorOf(() => withSource(path, async (source) => ourTags(await openTags(source), namespace, by)));
}

/**
 * SHA-256 (hex) of the encoded audio without any tag: the same before and after every change of tags, by us or by
 * others, and the same for a file that was moved. Throws as `readTags`.
 */
export async function payloadHash(path: string): Promise<string> {
  return readErrorOf(() => withSource(path, async (source) => payloadHashOf(await openTags(source))));
}

export async function payloadHashOf(file: TagFile): Promise<string> {
  const hash = createHash('sha256');
  await file.hashPayload(hash);
  return hash.digest('hex');
}
