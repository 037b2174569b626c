import type { Database } from '../../platform/database';
import { createCharacters } from './characters';
import type { Sequence, SimilarTrack } from './contract';
import { type MixWish, mixOf } from './mix';
import { nearest } from './nearest';
import { type PathWish, pathBetween } from './path';
import { isAllowed, member, type Neighbourhood, type SimilarWish, similarTo } from './similar';
import { createVectorStore, type VectorCount, type VectorWish } from './vector-store';

/** What an answer rests upon. */
interface Basis {
  readonly backbone: string;
  readonly version: string;
  readonly compared: number;
}
interface VectorSearch extends VectorWish {
  readonly id: number;
  readonly limit: number;
  readonly minScore: number;
  readonly library: number | undefined;
}

/** What the reader thread answers for likeness; it keeps the vectors in its memory. */
export function createSimilarityQueries(db: Database) {
  const store = createVectorStore(db);
  const characters = createCharacters(db);

  function open(wish: VectorWish): { hood: Neighbourhood; basis: Basis } {
    const { index, count } = store.open(wish);
    const basis = { backbone: count.backbone, version: count.version, compared: index.size };
    return { hood: { index, count, characters }, basis };
  }

  return {
    'similarity.similar'(input: VectorWish & SimilarWish): Basis & { items: SimilarTrack[] } {
      const { hood, basis } = open(input);
      return { ...basis, items: similarTo(hood, input) };
    },
    'similarity.path'(input: VectorWish & PathWish): Sequence {
      const { hood, basis } = open(input);
      return { ...basis, ...pathBetween(hood, input) };
    },
    'similarity.mix'(input: VectorWish & MixWish): Sequence {
      const { hood, basis } = open(input);
      return { ...basis, ...mixOf(hood, input) };
    },
    /** By cosine alone, the track itself among them. */
    'similarity.vectors'(input: VectorSearch) {
      const { hood, basis } = open(input);
      const { index } = hood;
      const { place } = member(hood, input.id);
      const allowed = input.library === undefined ? undefined : characters.allowed({ library: input.library });
      const cosines = index.cosines(index.vectorAt(place));
      const found = nearest(cosines, input.limit, isAllowed(hood, allowed, new Set()));
      const items = found.flatMap((at) => {
        const track = characters.find(index.trackAt(at))?.track;
        return track && cosines[at] >= input.minScore ? [{ track, cosine: cosines[at] }] : [];
      });
      return { ...basis, items };
    },
    'similarity.counts': (_input: Record<string, never>): readonly VectorCount[] => store.counts(),
  };
}
