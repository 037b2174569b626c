import type { BatchKey } from './job';

/** The one that was added to least lately is forgotten when there are more. */
const MAX_BATCHES = 500;

/** Which batch gathers what, as long as it keeps coming. In memory: after a restart another begins. */
export function createBatching(now: () => Date) {
  const batches = new Map<string, { batchId: number; at: number }>();
  return {
    find({ by, withinMs }: BatchKey): number | undefined {
      const known = batches.get(by);
      return known && now().getTime() - known.at < withinMs ? known.batchId : undefined;
    },
    remember({ by }: BatchKey, batchId: number): void {
      batches.delete(by);
      batches.set(by, { batchId, at: now().getTime() });
      if (batches.size > MAX_BATCHES) batches.delete(batches.keys().next().value!);
    },
    forget: ({ by }: BatchKey): void => void batches.delete(by),
  };
}
