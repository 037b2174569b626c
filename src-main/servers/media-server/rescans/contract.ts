import { z } from 'zod';

/** What became of the last scan that we had a media server do of the folders in which we wrote. */
export const Rescan = z.object({
  state: z.enum(['none', 'waiting', 'scanning', 'done', 'failed']),
  at: z.string().nullable(),
  folders: z.number().int(),
  message: z.string().nullable(),
});
export type Rescan = z.infer<typeof Rescan>;
