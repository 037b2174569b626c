import { z } from 'zod';
import type { EventsOf } from '../../platform/events/contract';

/** What the documented stream calls `queue:status`; the times are seconds, null until there is something to tell. */
export const QueueStatus = z.object({
  pending: z.number().int(),
  running: z.number().int(),
  /** Ended well: done or skipped. */
  completed: z.number().int(),
  /** Of those, how many were passed over. */
  skipped: z.number().int(),
  errors: z.number().int(),
  paused: z.boolean(),
  /** Why nothing starts although nobody paused: the disk is full. It goes on by itself. */
  held_reason: z.string().nullable().optional(),
  /** Mean time of the jobs that ended lately. */
  avg_time: z.number().nullable(),
  /** Time left, and the range that is shown to people. */
  eta: z.number().nullable(),
  eta_low: z.number().nullable(),
  eta_high: z.number().nullable(),
  /** Seconds of audio analyzed in a second. */
  speed: z.number().nullable(),
  audio_done_s: z.number(),
  audio_total_s: z.number(),
});
export type QueueStatus = z.infer<typeof QueueStatus>;

const JobChange = z.object({
  id: z.number().int(),
  kind: z.string(),
  path: z.string(),
  status: z.enum(['pending', 'running', 'done', 'skipped', 'error']),
  error: z.string().nullable(),
  reason: z.string().nullable(),
  phase: z.string().nullable(),
  /** The phase for people. */
  phase_label: z.string().nullable(),
  progress: z.number(),
});

export const queueEvents = {
  'queue.status': QueueStatus,
  'job.changed': JobChange,
};
export type QueueEvents = EventsOf<typeof queueEvents>;
