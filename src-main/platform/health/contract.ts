import { z } from 'zod';
import { procedure } from '../../rpc';
import type { EventsOf } from '../events/contract';

const SystemHealth = z.object({
  status: z.enum(['healthy', 'degraded', 'failed']),
  errors: z.array(z.string()),
});

export const healthContract = {
  health: procedure({
    http: ['GET /health', 'GET /api/web/health'],
    access: 'open',
    summary: 'Whether the application works',
    input: z.object({}),
    output: z.object({
      status: z.enum(['healthy', 'degraded', 'failed']),
      errors: z.array(z.string()),
      version: z.string(),
      product: z.literal('Tonearm'),
      /** Whether there are models to listen with. */
      processor_initialized: z.boolean(),
      worker_count: z.number().int(),
      queue: z.object({
        pending: z.number().int(),
        running: z.number().int(),
        completed: z.number().int(),
        errors: z.number().int(),
      }),
      /** The same sentences as in `errors`. */
      warnings: z.array(z.string()),
    }),
  }),
  info: procedure({
    http: ['GET /api/v1/info', 'GET /api/web/info'],
    access: 'open',
    summary: 'Version, models, queue and workers, without anything secret',
    input: z.object({}),
    output: z.object({
      version: z.string(),
      config: z.object({
        /** Whole paths for who shows a credential; the names alone for anyone. */
        db_path: z.string(),
        models_dir: z.string(),
        namespace: z.string(),
        api_host: z.string(),
        api_port: z.number().int(),
        worker_enabled: z.boolean(),
        worker_enabled_default: z.boolean(),
        worker_count: z.number().int(),
        /** 0: nothing is asked in turns. */
        poll_interval: z.number(),
        blocking_mode: z.boolean(),
        blocking_timeout: z.number(),
      }),
      models: z.object({ total_heads: z.number().int(), embeddings: z.array(z.string()) }),
      queue: z.object({
        depth: z.number().int(),
        counts: z.object({
          pending: z.number().int(),
          running: z.number().int(),
          done: z.number().int(),
          error: z.number().int(),
        }),
      }),
      worker: z.object({ enabled: z.boolean(), alive: z.boolean(), last_heartbeat: z.string().nullable() }),
    }),
  }),
};

export const healthEvents = {
  'health.changed': SystemHealth,
};
export type HealthEvents = EventsOf<typeof healthEvents>;
