import type { Gather } from './job';

/** The one that was added to least lately is forgotten when there are more. */
const MOST_BATCHES = 500;

/** Which batch gathers what, as long as it keeps coming. In memory: after a restart another begins. */
export function createGathering(now: () => Date) {
  const batches = new Map<string, { batchId: number; at: number }>();
  return {
    find({ by, withinMs }: Gather): number | undefined {
      const known = batches.get(by);
      return known && now().getTime() - known.at < withinMs ? known.batchId : undefined;
    },
    remember({ by }: Gather, batchId: number): void {
      batches.delete(by);
      batches.set(by, { batchId, at: now().getTime() });
      if (batches.size > MOST_BATCHES) batches.delete(batches.keys().next().value!);
    },
    forget: ({ by }: Gather): void => void batches.delete(by),
  };
}
