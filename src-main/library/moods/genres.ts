import type { HeadScores } from '../../analysis/inference';
import { taskOf } from './vocabulary';

export interface Genres {
  /** Broad words, the likeliest first: `Electronic`, `Rock`. */
  readonly genres: readonly string[];
  /** Finer words, where the model has them: `Deep House`. */
  readonly styles: readonly string[];
}

/** A head that knows genres, the least score that it takes for one of them to be named, and how to name it. */
interface GenreModel {
  readonly task: string;
  readonly least: number;
  readonly name: (label: string) => { genre?: string; style?: string };
}

/** At most this many labels are named. */
export const MAX_GENRES = 3;
/** A genre must be at least this strong in comparison with the strongest. */
export const GENRE_SHARE = 0.5;

/** The genres among the fifty tags of the Million Song Dataset; the others are moods, decades, voices. */
const MSD_GENRES: Readonly<Record<string, string>> = {
  rock: 'Rock',
  pop: 'Pop',
  alternative: 'Alternative',
  indie: 'Indie',
  electronic: 'Electronic',
  dance: 'Dance',
  'alternative rock': 'Alternative Rock',
  jazz: 'Jazz',
  metal: 'Metal',
  chillout: 'Chillout',
  'classic rock': 'Classic Rock',
  soul: 'Soul',
  'indie rock': 'Indie Rock',
  electronica: 'Electronica',
  folk: 'Folk',
  punk: 'Punk',
  blues: 'Blues',
  'hard rock': 'Hard Rock',
  ambient: 'Ambient',
  experimental: 'Experimental',
  'Hip-Hop': 'Hip-Hop',
  country: 'Country',
  'easy listening': 'Easy Listening',
  funk: 'Funk',
  electro: 'Electro',
  'heavy metal': 'Heavy Metal',
  'Progressive rock': 'Progressive Rock',
  rnb: 'R&B',
  'indie pop': 'Indie Pop',
  House: 'House',
};

/** From the finest to the coarsest; the first that is installed is believed. */
const MODELS: readonly GenreModel[] = [
  { task: 'genre_discogs400', least: 0.1, name: discogs },
  { task: 'genre_discogs519', least: 0.1, name: discogs },
  { task: 'mtg_jamendo_genre', least: 0.1, name: (label) => ({ genre: titled(label) }) },
  { task: 'msd_tags', least: 0.2, name: (label) => ({ genre: MSD_GENRES[label] }) },
];

/** The genres of a track, the strongest first; empty when nothing stands out or no model knows genres. */
export function decideGenres(heads: readonly HeadScores[]): Genres {
  for (const { task, least, name } of MODELS) {
    const head = heads.find((each) => taskOf(each.head) === task);
    if (!head) continue;
    const known = head.scores
      .map(({ label, trimmedMean }) => ({ ...name(label), score: trimmedMean }))
      .filter(({ genre }) => genre !== undefined)
      .sort((a, b) => b.score - a.score);
    const bar = Math.max(least, (known[0]?.score ?? 0) * GENRE_SHARE);
    const chosen = known.filter(({ score }) => score >= bar).slice(0, MAX_GENRES);
    return { genres: unique(chosen.map(({ genre }) => genre)), styles: unique(chosen.map(({ style }) => style)) };
  }
  return { genres: [], styles: [] };
}

/** A head that knows genres, with the words for its labels; of several that a track has, the first is believed. */
export interface GenreSource {
  readonly head: string;
  /** A label needs this score at least, and half of the strongest label's. */
  readonly least: number;
  readonly names: readonly { readonly label: string; readonly genre: string; readonly style?: string }[];
}

/** The heads among these that know genres, the most believed first. */
export function genreSourcesOf(heads: readonly { head: string; labels: readonly string[] }[]): GenreSource[] {
  return MODELS.flatMap(({ task, least, name }) => {
    const outline = heads.find(({ head }) => taskOf(head) === task);
    if (!outline) return [];
    const names = outline.labels.flatMap((label) => {
      const { genre, style } = name(label);
      return genre === undefined ? [] : [{ label, genre, ...(style !== undefined && { style }) }];
    });
    return [{ head: outline.head, least, names }];
  });
}

/** `Electronic---Deep House` */
function discogs(label: string): { genre?: string; style?: string } {
  const [genre, style] = label.split('---');
  return { genre, style };
}

function titled(label: string): string {
  return label.replace(/(^|[ -])([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase());
}

function unique(words: readonly (string | undefined)[]): string[] {
  return [...new Set(words.filter((word) => word !== undefined))];
}
