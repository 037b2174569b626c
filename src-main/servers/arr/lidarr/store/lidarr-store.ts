import type { Database } from '../../../../platform/database';
import { createIncoming } from './incoming';
import { createLinkedFiles } from './linked-files';
import { createLinks } from './links';
import { createRestoredTags } from './restored-tags';

/** Everything that is stored of the Lidarrs that are connected. */
export const createLidarrStore = (db: Database) => ({
  ...createLinks(db),
  ...createLinkedFiles(db),
  ...createIncoming(db),
  ...createRestoredTags(db),
});
export type LidarrStore = ReturnType<typeof createLidarrStore>;
