import type { Api } from './api';
import type { Output } from './output';

/** What models would add, where there are none: nobody misses what they do not know of. */
export async function noteWithoutModels(api: Api, output: Output): Promise<void> {
  const { models } = await api.health.info({});
  if (models.total_heads > 0) return;
  output.note('Without models these are tempo, key and loudness. Models add moods, genre, voice and danceability:');
  output.note('"nom models install musicnn"');
}
