import type { BatchKey } from '../job';

/** Of more, the one that was joined the longest time ago is forgotten. */
const MAX_BATCHES = 500;

/** Which batch requests with the same key join. In memory: after a restart they begin another. */
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
