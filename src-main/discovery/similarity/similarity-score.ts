import type { Track } from '../../library/tracks/contract';
import type { Part } from './contract';
import { relateKeys } from './keys';

/** What two tracks are compared by besides their sound. */
export interface Character {
  readonly track: Track;
  /** SHA-256 of its audio without tags, where it is known. */
  readonly payloadHash: string | null;
  /** Mood → tier, 1…3. */
  readonly moods: ReadonlyMap<string, number>;
  readonly genres: readonly string[];
}

/**
 * How much each part counts; together 1. The sound counts most, because it is measured and never a guess; tempo and key
 * decide between tracks that sound alike. What is not known of one of the two counts half: neither for nor against.
 */
const WEIGHTS = { timbre: 0.6, tempo: 0.12, key: 0.08, moods: 0.12, genres: 0.08 } as const;
/** Tempos further apart than this have nothing in common. */
const FARTHEST_TEMPO = Math.log2(1.2);
/** A beat that falls on every second of the other's beats fits, but is felt. */
const OCTAVE_TEMPO = 0.85;

/** The parts of the likeness of two tracks, in the order of their weight. */
export function similarityScore(a: Character, b: Character, timbre: { cosine: number; baseline: number }): Part[] {
  return [
    timbrePart(timbre),
    tempoPart(a.track.bpm, b.track.bpm),
    moodPart(a.moods, b.moods),
    keyPart(a.track.key, b.track.key),
    genrePart(a.genres, b.genres),
  ];
}

/** 0…1 from the parts. */
export const scoreOf = (parts: readonly Part[]): number =>
  parts.reduce((sum, { weight, value }) => sum + weight * (value ?? 0.5), 0);

/**
 * How much nearer two tracks are than two taken at random from the library: 0 at its mean cosine, 1 where they are the
 * same. Raw cosines of embeddings lie so close together that every other part would outweigh them.
 */
export function closeness({ cosine, baseline }: { cosine: number; baseline: number }): number {
  if (baseline >= 1 - 1e-6) return cosine;
  return Math.min(1, Math.max(0, (cosine - baseline) / (1 - baseline)));
}

function timbrePart(timbre: { cosine: number; baseline: number }): Part {
  const value = closeness(timbre);
  const words =
    value >= 0.8
      ? 'sounds nearly the same'
      : value >= 0.5
        ? 'sounds alike'
        : value >= 0.2
          ? 'sounds akin'
          : 'sounds different';
  return { name: 'timbre', weight: WEIGHTS.timbre, value, words };
}

function tempoPart(a: number | null, b: number | null): Part {
  const weight = WEIGHTS.tempo;
  if (!a || !b) return { name: 'tempo', weight, value: null, words: 'tempo unknown' };
  const choices = [
    { factor: 1, most: 1, words: '' },
    { factor: 2, most: OCTAVE_TEMPO, words: 'at half the tempo' },
    { factor: 0.5, most: OCTAVE_TEMPO, words: 'at twice the tempo' },
  ].map(({ factor, most, words }) => {
    const apart = Math.abs(Math.log2((b * factor) / a));
    return { value: most * Math.max(0, 1 - apart / FARTHEST_TEMPO), words };
  });
  const best = choices.reduce((best, choice) => (choice.value > best.value ? choice : best));
  const words = `${Math.round(a)} → ${Math.round(b)} BPM${best.words && `, ${best.words}`}`;
  return { name: 'tempo', weight, value: best.value, words };
}

function keyPart(a: string | null, b: string | null): Part {
  const relation = relateKeys(a, b);
  if (!relation) return { name: 'key', weight: WEIGHTS.key, value: null, words: 'key unknown' };
  return { name: 'key', weight: WEIGHTS.key, value: relation.value, words: `${a} → ${b}, ${relation.words}` };
}

/** Σ min / Σ max of the tiers, so that a mood that both are sure of counts three times one that both only touch. */
function moodPart(a: Character['moods'], b: Character['moods']): Part {
  const weight = WEIGHTS.moods;
  if (a.size === 0 || b.size === 0) return { name: 'moods', weight, value: null, words: 'moods unknown' };
  const all = [...new Set([...a.keys(), ...b.keys()])].map(
    (mood) => [mood, a.get(mood) ?? 0, b.get(mood) ?? 0] as const,
  );
  const total = (pick: (x: number, y: number) => number) => all.reduce((sum, [, x, y]) => sum + pick(x, y), 0);
  const shared = all.filter(([, x, y]) => x > 0 && y > 0).map(([mood]) => mood);
  return { name: 'moods', weight, value: total(Math.min) / total(Math.max), words: sharedWords(shared, 'moods') };
}

function genrePart(a: readonly string[], b: readonly string[]): Part {
  const weight = WEIGHTS.genres;
  if (a.length === 0 || b.length === 0) return { name: 'genres', weight, value: null, words: 'genre unknown' };
  const [mine, theirs] = [a, b].map((genres) => genres.map((genre) => genre.toLowerCase()));
  const shared = a.filter((_, index) => theirs.includes(mine[index]));
  const value = shared.length / new Set([...mine, ...theirs]).size;
  return { name: 'genres', weight, value, words: sharedWords(shared, 'genres') };
}

const sharedWords = (shared: readonly string[], of: string) =>
  shared.length > 0 ? `both ${shared.slice(0, 3).join(', ')}` : `no ${of} in common`;
