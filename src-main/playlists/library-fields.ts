import type { Reader } from '../database';
import type { SettingsStore } from '../settings';
import { type HeadOutline, tagKeysOf } from '../tagging';
import type { PlaylistQueries } from './evaluate/queries';
import { createFields, type Fields } from './fields/registry';

export interface LibraryFieldsDeps {
  readonly reader: Reader<PlaylistQueries>;
  readonly settings: Pick<SettingsStore, 'current'>;
}

/** The fields as this library makes them: by the heads that listened to it, and the namespace of now. */
export interface LibraryFields {
  readonly fields: Fields;
  readonly heads: readonly (HeadOutline & { tracks: number })[];
}

export async function fieldsOfLibrary({ reader, settings }: LibraryFieldsDeps): Promise<LibraryFields> {
  const heads = await reader.read('playlists.heads', {});
  const { namespace } = settings.current;
  return { heads, fields: createFields(namespace, tagKeysOf(heads, settings.current)) };
}
