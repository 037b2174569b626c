import { z } from 'zod';
import { type SettingsOf, setting } from '../../platform/settings/contract';

export const queueSettings = {
  job_retention_hours: setting({
    schema: z.coerce.number<number | string>().int().min(1).max(87_600).default(168),
    title: 'Keep ended jobs, in hours',
    description: 'How long ended jobs are kept',
    effect: 'Older jobs are removed at the next daily clean-up, or with the next start.',
  }),
  blocking_mode: setting({
    schema: z.boolean().default(false),
    title: 'Let scripts wait for a file',
    description: 'POST /api/v1/tag answers a key only when the file is done; folders never wait',
    effect: 'Applies to the next call.',
  }),
  blocking_timeout: setting({
    schema: z.coerce.number<number | string>().int().min(1).max(86_400).default(3600),
    title: 'How long scripts wait, in seconds',
    description: 'After so many seconds of waiting the answer is 504, and the job goes on',
    effect: 'Applies to the next call.',
  }),
  worker_enabled: setting({
    schema: z.boolean().default(true),
    title: 'Run the queue',
    description: 'Off while the queue is paused',
    effect: 'Running files are finished, and no new ones begin until it is on again.',
    hasOwnControl: true,
  }),
};
export type QueueSettings = SettingsOf<typeof queueSettings>;
