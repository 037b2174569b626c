import { z } from 'zod';
import type { EventsOf } from '../../platform/events/contract';

const ScanProgress = z.object({
  libraryId: z.number().int(),
  phase: z.string(),
  found: z.number().int(),
  done: z.number().int(),
  added: z.number().int(),
  changed: z.number().int(),
  moved: z.number().int(),
  missing: z.number().int(),
  errors: z.number().int(),
});

export const librariesEvents = {
  'libraries.changed': z.object({}),
  'scan.progress': ScanProgress,
};
export type LibrariesEvents = EventsOf<typeof librariesEvents>;
