import type { Container } from '../tag-file';
import { countNomarrKeys, nomarrScoreOf } from './nomarr-keys';

/** The namespace that Nomarr wrote under, whatever ours is. */
export const NOMARR_NAMESPACE = 'nom';

/** How many tags of Nomarr's are among the names of a file's fields. */
export function countNomarrFields(names: Iterable<string>, container: Container): number {
  const isVorbis = container === 'flac' || container === 'ogg' || container === 'opus';
  return countNomarrKeys([...new Set([...names].flatMap((name) => keyIn(name, isVorbis) ?? []))]);
}

/** `nom:happy`, and of Vorbis comments `nom_happy` → `happy`. */
function keyIn(name: string, isVorbis: boolean): string | undefined {
  return /^nom:(.+)$/.exec(name)?.[1] ?? (isVorbis ? /^nom_(.+)$/.exec(name)?.[1] : undefined);
}

/** What Nomarr's tags in a file say, with its inverted labels put right; null when there are none. */
export function describeNomarr(tags: Readonly<Record<string, readonly string[]>>) {
  const tagCount = countNomarrKeys(Object.keys(tags));
  if (tagCount === 0) return null;
  const scores = Object.entries(tags).flatMap(([key, values]) => nomarrScoreOf(key, values) ?? []);
  return { tagCount, scores };
}
