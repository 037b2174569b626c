import type { Character } from './similarity-score';
import { dot } from './vector-index';

/** A track and the place of its sound: its vector, of length 1. */
export interface PlacedTrack {
  readonly character: Character;
  readonly vector: ArrayLike<number>;
}

/** So near are the vectors of one recording in two encodings; other takes of a song are further apart. */
const SAME_SOUND = 0.95;
const SAME_LENGTH_MS = 2000;

/**
 * Tracks, told apart by the recording that they hold: the same audio, or the same title and artist at the same length
 * and with nearly the same sound.
 */
export function createRecordings<T extends PlacedTrack>() {
  const byAudio = new Map<string, T>();
  const byName = new Map<string, T[]>();

  function find(track: T): T | undefined {
    const { payloadHash } = track.character;
    const sameAudio = payloadHash === null ? undefined : byAudio.get(payloadHash);
    return sameAudio ?? byName.get(nameOf(track))?.find((other) => isSameSound(track, other));
  }

  return {
    /** The track that was added before and holds the same recording; without one, this is added. */
    findOrAdd(track: T): T | undefined {
      const known = find(track);
      if (known) return known;
      const { payloadHash } = track.character;
      if (payloadHash !== null) byAudio.set(payloadHash, track);
      const named = byName.get(nameOf(track)) ?? [];
      byName.set(nameOf(track), [...named, track]);
      return undefined;
    },
  };
}

const folded = (text: string) => text.normalize('NFKC').trim().toLowerCase();
const nameOf = ({ character: { track } }: PlacedTrack) => `${folded(track.artist)}\0${folded(track.title)}`;

function isSameSound(a: PlacedTrack, b: PlacedTrack): boolean {
  const [one, other] = [a.character.track.durationMs, b.character.track.durationMs];
  const isAsLong = one !== null && other !== null && Math.abs(one - other) <= SAME_LENGTH_MS;
  return isAsLong && dot(a.vector, b.vector) >= SAME_SOUND;
}
