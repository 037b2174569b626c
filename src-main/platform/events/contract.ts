import { z } from 'zod';

/** What the documented stream calls `queue:status`; the times are seconds, null until there is something to tell. */
export const QueueStatus = z.object({
  pending: z.number().int(),
  running: z.number().int(),
  completed: z.number().int(),
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
  /** Seconds of audio analysed in a second. */
  speed: z.number().nullable(),
  audio_done_s: z.number(),
  audio_total_s: z.number(),
});
export type QueueStatus = z.infer<typeof QueueStatus>;

export const JobChange = z.object({
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
export type JobChange = z.infer<typeof JobChange>;

export const WorkerStatus = z.object({
  /** `worker:tag:0` */
  component: z.string(),
  status: z.enum(['starting', 'healthy', 'stopping', 'crashed', 'failed']),
  pid: z.number().int().nullable(),
  current_job: z.number().int().nullable(),
});
export type WorkerStatus = z.infer<typeof WorkerStatus>;

export const SystemHealth = z.object({
  status: z.enum(['healthy', 'degraded', 'failed']),
  errors: z.array(z.string()),
});
export type SystemHealth = z.infer<typeof SystemHealth>;

/** Every event there is, by name, with the shape of what it carries. */
export const EVENT_SCHEMAS = {
  'queue.status': QueueStatus,
  'job.changed': JobChange,
  'worker.changed': WorkerStatus,
  'health.changed': SystemHealth,
  /** Tracks were added, changed or analysed; without ids when many were. */
  'tracks.changed': z.object({ ids: z.array(z.number().int()).max(500) }),
  'libraries.changed': z.object({}),
  'scan.progress': z.object({
    libraryId: z.number().int(),
    phase: z.string(),
    found: z.number().int(),
    done: z.number().int(),
    added: z.number().int(),
    changed: z.number().int(),
    moved: z.number().int(),
    missing: z.number().int(),
    errors: z.number().int(),
  }),
  /** The machine was asleep and is awake again. */
  'system.resumed': z.object({}),
  /** A server told us something, or something became of it. */
  'inbound.changed': z.object({ connectionId: z.number().int() }),
  'mappings.changed': z.object({ connectionId: z.number().int() }),
  /** Tags were written into a file or put back, by its absolute path. */
  'file.written': z.object({ path: z.string() }),
  'connections.changed': z.object({ ids: z.array(z.number().int()) }),
  'playlists.changed': z.object({}),
  'models.changed': z.object({}),
  /** A calibration was made, or put into force, or its moods are decided. */
  'calibration.changed': z.object({}),
  'model.progress': z.object({ name: z.string(), receivedBytes: z.number(), totalBytes: z.number().nullable() }),
  'settings.changed': z.object({ names: z.array(z.string()) }),
} as const;

export type EventName = keyof typeof EVENT_SCHEMAS;
export type EventPayload<N extends EventName> = z.infer<(typeof EVENT_SCHEMAS)[N]>;
