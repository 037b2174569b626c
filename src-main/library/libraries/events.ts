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

/** How a scan ended; with `guarded` the message is a question to a person. */
const ScanEnded = z.object({
  libraryId: z.number().int(),
  outcome: z.enum(['done', 'offline', 'guarded', 'cancelled', 'failed']),
  message: z.string().nullable(),
});

export const librariesEvents = {
  'libraries.changed': z.object({}),
  'scan.progress': ScanProgress,
  'scan.ended': ScanEnded,
};
export type LibrariesEvents = EventsOf<typeof librariesEvents>;
