import type { WantedTags } from '../../../files/tag-formats';
import { planTags } from './tag-writer';

/** A plan repeats the tags that it replaces. */
const MAX_PLAN_BYTES = 16 * 1024 * 1024;

/** What a worker reads of a file before it is written. */
export const planReaders = {
  tagPlan: {
    maxResultBytes: MAX_PLAN_BYTES,
    pathOf: ({ path }: { path: string }) => path,
    read: ({ path, wanted }: { path: string; wanted: WantedTags }) => planTags(path, wanted),
  },
};
