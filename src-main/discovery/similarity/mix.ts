import type { Wanted } from './characters';
import type { Step } from './contract';
import { nearest } from './nearest';
import { createRecordings } from './recordings';
import { type Member, stepsOf, transitionCost } from './sequence';
import { isAllowed, member, type Neighbourhood } from './similar';
import { closeness } from './similarity-score';
import { centroid, dot } from './vector-index';

export interface MixWish {
  readonly seeds: readonly number[];
  readonly limit: number;
  /** 0 takes the nearest; 1 those that are least like each other among the near. */
  readonly diversity: number;
  readonly maxPerArtist: number;
  readonly includeSeeds: boolean;
  readonly wanted: Wanted;
}

interface Candidate extends Member {
  /** 0…1, to the middle of the seeds. */
  readonly nearness: number;
  /** To the nearest of those that were chosen so far. */
  likeness: number;
}

/**
 * Tracks around the middle of the seeds, not too like each other and no recording twice, in an order that flows. Throws
 * `not_found`.
 */
export function mixOf(hood: Neighbourhood, wish: MixWish): { items: Step[]; smoothness: number | null } {
  const baseline = hood.index.baseline();
  const recordings = createRecordings<Member>();
  const seeds = [...new Set(wish.seeds)].flatMap((id): Member[] => {
    const { character, place } = member(hood, id);
    const seed = { character, vector: hood.index.vectorAt(place) };
    return recordings.findOrAdd(seed) ? [] : [seed];
  });
  const kept = wish.includeSeeds ? seeds.slice(0, wish.limit) : [];
  const candidates = candidatesAround(hood, seeds, wish).filter((each) => !recordings.findOrAdd(each));
  const chosen = choose(candidates, { kept, wish, baseline });
  return stepsOf(inFlow([...kept, ...chosen], baseline), baseline);
}

function candidatesAround(hood: Neighbourhood, seeds: readonly Member[], { limit, wanted }: MixWish): Candidate[] {
  const { index, characters } = hood;
  const baseline = index.baseline();
  const cosines = index.cosines(centroid(seeds.map(({ vector }) => vector)));
  const not = new Set(seeds.map(({ character }) => character.track.id));
  return nearest(cosines, Math.max(300, 8 * limit), isAllowed(hood, characters.allowed(wanted), not)).flatMap(
    (place) => {
      const character = characters.find(index.trackAt(place));
      if (!character) return [];
      const nearness = closeness({ cosine: cosines[place], baseline });
      return [{ character, vector: index.vectorAt(place), nearness, likeness: 0 }];
    },
  );
}

/**
 * One after the other the candidate with the most of (1 − d)·nearness − d·likeness to what is chosen already.
 * @see Carbonell and Goldstein 1998, maximal marginal relevance
 */
function choose(
  candidates: readonly Candidate[],
  { kept, wish, baseline }: { kept: readonly Member[]; wish: MixWish; baseline: number },
): Candidate[] {
  const { diversity, limit, maxPerArtist } = wish;
  const left = new Set(candidates);
  const chosen: Candidate[] = [];
  const ofArtist = new Map<string, number>();
  kept.forEach(take);
  while (chosen.length + kept.length < limit) {
    let best: Candidate | undefined;
    for (const candidate of left) if (!best || worth(candidate) > worth(best)) best = candidate;
    if (!best) return chosen;
    left.delete(best);
    if ((ofArtist.get(artistOf(best)) ?? 0) >= maxPerArtist && artistOf(best) !== '') continue;
    chosen.push(best);
    take(best);
  }
  return chosen;

  function worth({ nearness, likeness }: Candidate): number {
    return (1 - diversity) * nearness - diversity * likeness;
  }

  function take(member: Member): void {
    ofArtist.set(artistOf(member), (ofArtist.get(artistOf(member)) ?? 0) + 1);
    for (const other of left)
      other.likeness = Math.max(other.likeness, closeness({ cosine: dot(member.vector, other.vector), baseline }));
  }
}

const artistOf = ({ character }: Member) => character.track.artist.toLowerCase();

/** Begins with the first, goes on with what follows best, then turns stretches around while that is cheaper (2-opt). */
function inFlow(members: readonly Member[], baseline: number): Member[] {
  if (members.length < 3) return [...members];
  const costs = members.map((a) => members.map((b) => transitionCost(a, b, baseline)));
  const order = [0];
  const left = new Set(members.keys());
  left.delete(0);
  while (left.size > 0) {
    const last = costs[order.at(-1)!];
    const next = [...left].reduce((best, at) => (last[at] < last[best] ? at : best));
    order.push(next);
    left.delete(next);
  }
  return turnStretches(order, costs).map((at) => members[at]);
}

/** How often the whole order is gone through at most: each time is cheaper than the last. */
const MAX_ROUNDS = 20;

function turnStretches(order: number[], costs: readonly (readonly number[])[]): number[] {
  const cost = (a: number, b: number | undefined) => (b === undefined ? 0 : costs[a][b]);
  for (let round = 0, isBetter = true; isBetter && round < MAX_ROUNDS; round++) {
    isBetter = false;
    for (let from = 1; from < order.length - 1; from++) {
      for (let to = from + 1; to < order.length; to++) {
        const before = cost(order[from - 1], order[from]) + cost(order[to], order[to + 1]);
        const after = cost(order[from - 1], order[to]) + cost(order[from], order[to + 1]);
        if (after > before - 1e-9) continue;
        order.splice(from, to - from + 1, ...order.slice(from, to + 1).reverse());
        isBetter = true;
      }
    }
  }
  return order;
}
