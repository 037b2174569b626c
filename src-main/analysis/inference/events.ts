import { z } from 'zod';
import type { EventsOf } from '../../platform/events/contract';

const WorkerStatus = z.object({
  /** `worker:tag:0` */
  component: z.string(),
  status: z.enum(['starting', 'healthy', 'stopping', 'crashed', 'failed']),
  pid: z.number().int().nullable(),
  current_job: z.number().int().nullable(),
});

export const inferenceEvents = {
  'worker.changed': WorkerStatus,
  'models.changed': z.object({}),
  'model.progress': z.object({ name: z.string(), receivedBytes: z.number(), totalBytes: z.number().nullable() }),
};
export type InferenceEvents = EventsOf<typeof inferenceEvents>;
