import { AppError } from '../../rpc';
import type { Wanted } from './characters';
import type { Step } from './contract';
import { nearest } from './nearest';
import { createRecordings } from './recordings';
import { type Member, stepsOf, transitionCost } from './sequence';
import { isAllowed, member, type Neighbourhood } from './similar';
import { dot } from './vector-index';

/** So many tracks are weighed against each other for each step. */
const CHOICES = 32;

/** A track that may be a step, and what it costs to be there instead of on the straight way. */
interface Choice extends Member {
  readonly detour: number;
}
export interface PathWish {
  readonly from: number;
  readonly to: number;
  /** Tracks between the two; fewer come back from a library that has no more. */
  readonly steps: number;
  readonly wanted: Wanted;
}

/**
 * A way from one track to another: points on the arc between their vectors, the tracks nearest to each, and the
 * cheapest way through these layers. No recording is in two layers, so none comes twice. Throws `not_found`,
 * `invalid_input`.
 */
export function pathBetween(hood: Neighbourhood, wish: PathWish): { items: Step[]; smoothness: number | null } {
  if (wish.from === wish.to) throw new AppError('invalid_input', 'A path leads from one track to another one.');
  const [from, to] = [wish.from, wish.to].map((id): Choice => {
    const { character, place } = member(hood, id);
    return { character, vector: hood.index.vectorAt(place), detour: 0 };
  });
  const baseline = hood.index.baseline();
  const way = cheapestWay([[from], ...layersBetween(hood, { from, to }, wish), [to]], baseline);
  return stepsOf(way, baseline);
}

/** The choices of each step. The layers choose by turns, each its nearest that is free, so that none takes all. */
function layersBetween(
  hood: Neighbourhood,
  ends: { from: Choice; to: Choice },
  { steps, wanted }: PathWish,
): Choice[][] {
  const { index, characters } = hood;
  const taken = new Set([ends.from, ends.to].map(({ character }) => character.track.id));
  const recordings = createRecordings();
  for (const end of [ends.from, ends.to]) recordings.findOrAdd(end);
  const isFree = isAllowed(hood, characters.allowed(wanted), taken);
  const layers = arcBetween(hood, ends, steps).map((closeness) => ({
    closeness,
    choices: [] as Choice[],
    best: nearest(closeness, CHOICES * steps, isFree).values(),
  }));
  for (let turn = 0; turn < CHOICES; turn++) {
    for (const { closeness, choices, best } of layers) {
      const choice = nextFree(best, closeness);
      if (choice) choices.push(choice);
    }
  }
  return layers.map(({ choices }) => choices).filter((choices) => choices.length > 0);

  function nextFree(best: Iterator<number>, closeness: Float32Array): Choice | undefined {
    for (let next = best.next(); !next.done; next = best.next()) {
      const id = index.trackAt(next.value);
      if (taken.has(id)) continue;
      taken.add(id);
      const character = characters.find(id);
      if (!character) continue;
      const choice = { character, vector: index.vectorAt(next.value), detour: 1 - closeness[next.value] };
      if (!recordings.findOrAdd(choice)) return choice;
    }
    return undefined;
  }
}

/**
 * The cosine of every track with points evenly along the arc between two unit vectors a and b:
 * p(t) = (sin((1 − t)ω)·a + sin(tω)·b) / sin ω, so that two passes over the library serve for all points.
 */
function arcBetween(
  { index }: Neighbourhood,
  { from, to }: { from: Choice; to: Choice },
  points: number,
): Float32Array[] {
  const [near, far] = [index.cosines(from.vector), index.cosines(to.vector)];
  const angle = Math.max(1e-3, Math.acos(Math.min(1, Math.max(-1, dot(from.vector, to.vector)))));
  return Array.from({ length: points }, (_, point) => {
    const t = (point + 1) / (points + 1);
    const [a, b] = [Math.sin((1 - t) * angle), Math.sin(t * angle)].map((part) => part / Math.sin(angle));
    return near.map((cosine, place) => a * cosine + b * far[place]);
  });
}

/** The cheapest way that takes one choice of each layer. */
function cheapestWay(layers: readonly (readonly Choice[])[], baseline: number): Choice[] {
  let ways = layers[0].map((choice) => ({ cost: 0, way: [choice] }));
  for (const layer of layers.slice(1)) {
    ways = layer.map((choice) => {
      const costs = ways.map(({ cost, way }) => cost + transitionCost(way.at(-1)!, choice, baseline));
      const best = costs.indexOf(Math.min(...costs));
      return { cost: costs[best] + choice.detour, way: [...ways[best].way, choice] };
    });
  }
  return ways.reduce((best, way) => (way.cost < best.cost ? way : best)).way;
}
