import type { Step } from './contract';
import { compare } from './similar';
import type { Character } from './similarity-score';
import { dot } from './vector-index';

/** A track that may become part of a path or a mix. The vector is a copy or a view that nothing changes meanwhile. */
export interface Member {
  readonly character: Character;
  readonly vector: ArrayLike<number>;
}

/** What it costs to play one after the other: 0 where they are the same, and more for the same artist again. */
export function transitionCost(a: Member, b: Member, baseline: number): number {
  const { score } = compare(a.character, b.character, { cosine: dot(a.vector, b.vector), baseline });
  return 1 - score + (isSameArtist(a, b) ? SAME_ARTIST : 0);
}

/** More than any detour costs, so that an artist comes twice in a row only where there is nobody else. */
const SAME_ARTIST = 10;

const artistOf = ({ character }: Member) => character.track.artist.toLowerCase();
const isSameArtist = (a: Member, b: Member): boolean => artistOf(a) !== '' && artistOf(a) === artistOf(b);

/** The members in their order, each with how it follows the one before, and how smooth that is on the whole. */
export function stepsOf(members: readonly Member[], baseline: number): { items: Step[]; smoothness: number | null } {
  const items = members.map(({ character, vector }, index): Step => {
    const before = members[index - 1];
    const fromPrevious = before
      ? compare(before.character, character, { cosine: dot(before.vector, vector), baseline })
      : null;
    return { track: character.track, fromPrevious };
  });
  const scores = items.flatMap(({ fromPrevious }) => (fromPrevious ? [fromPrevious.score] : []));
  const smoothness = scores.length > 0 ? scores.reduce((sum, score) => sum + score, 0) / scores.length : null;
  return { items, smoothness };
}
