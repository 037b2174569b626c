import { type HeadOutline, separatorOf, tagKeysOf } from '../../../library/moods';
import type { TaggingSettings } from '../../../library/tagging/contract';
import type { Reader } from '../../../platform/database';
import type { SettingsStore } from '../../../platform/settings';
import type { PlaylistQueries } from '../evaluate';
import { createFields, type Fields } from '../fields';

export interface LibraryFieldsDeps {
  readonly reader: Reader<PlaylistQueries>;
  readonly settings: Pick<SettingsStore<TaggingSettings>, 'current'>;
}

/** The fields as this library makes them: by the heads that it was analyzed with, and the namespace of now. */
export interface LibraryFields {
  readonly fields: Fields;
  readonly heads: readonly (HeadOutline & { tracks: number })[];
}

export async function fieldsOfLibrary({ reader, settings }: LibraryFieldsDeps): Promise<LibraryFields> {
  const heads = await reader.read('playlists.heads', {});
  const { current } = settings;
  return { heads, fields: createFields(current.namespace, tagKeysOf(heads, current), separatorOf(current)) };
}
