import type { IAudioMetadata } from 'music-metadata';
import { countNomarrKeys, nomarrScoreOf } from './nomarr-keys';

/** The namespace that Nomarr wrote under, whatever ours is. */
export const NOMARR_NAMESPACE = 'nom';

/** How many tags of Nomarr's a file has, from a reading that is made anyway. */
export function countNomarrTags({ native }: IAudioMetadata): number {
  const keys = new Set<string>();
  for (const [kind, tags] of Object.entries(native)) {
    for (const { id } of tags) {
      const key = keyIn(id, kind === 'vorbis');
      if (key) keys.add(key);
    }
  }
  return countNomarrKeys([...keys]);
}

/** `TXXX:nom:happy`, `----:com.apple.iTunes:nom:happy`, `NOM_HAPPY` → `happy`. */
function keyIn(id: string, isVorbis: boolean): string | undefined {
  const [, key] = /(?:^|:)nom:(.+)$/i.exec(id) ?? (isVorbis ? /^nom_(.+)$/i.exec(id) : null) ?? [];
  return key?.toLowerCase();
}

/** What Nomarr's tags in a file say, with its inverted labels put right; null when there are none. */
export function describeNomarr(tags: Readonly<Record<string, readonly string[]>>) {
  const tagCount = countNomarrKeys(Object.keys(tags));
  if (tagCount === 0) return null;
  const scores = Object.entries(tags).flatMap(([key, values]) => nomarrScoreOf(key, values) ?? []);
  return { tagCount, scores };
}
