import type { SimilarTrack, Step } from '../../src-main/discovery/similarity/contract';
import { aTrack } from './window-fixtures';

export const BASIS = { backbone: 'msd-musicnn', version: 'a1', compared: 98_412 };

const reasons = (index: number): Omit<SimilarTrack, 'track' | 'copies'> => ({
  score: 0.93 - index * 0.02,
  cosine: 0.99 - index * 0.004,
  parts: [
    { name: 'timbre', weight: 0.6, value: 0.95 - index * 0.03, words: 'sounds nearly the same' },
    { name: 'tempo', weight: 0.12, value: 0.9, words: `118 → ${120 + index} BPM` },
    { name: 'moods', weight: 0.12, value: 0.5, words: 'both happy, relaxed' },
    { name: 'key', weight: 0.08, value: 0.8, words: 'Am → Em, a fifth apart' },
    { name: 'genres', weight: 0.08, value: null, words: 'genre unknown' },
  ],
});

/** Tracks one after the other, always the same. */
export const aSequence = (length: number): Step[] =>
  Array.from({ length }, (_, index) => ({
    track: aTrack(index * 3),
    fromPrevious: index === 0 ? null : reasons(index % 12),
  }));

/** A step as a neighbour; none for the first, which follows nothing. */
export const aSimilarTrack = ({ track, fromPrevious }: Step): SimilarTrack[] =>
  fromPrevious ? [{ track, ...fromPrevious, copies: track.id === 4 ? [902, 903] : [] }] : [];
