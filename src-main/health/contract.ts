import { z } from 'zod';
import { procedure } from '../procedure';

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
        namespace: z.string(),
        api_host: z.string(),
        api_port: z.number().int(),
        worker_enabled: z.boolean(),
        worker_enabled_default: z.boolean(),
        worker_count: z.number().int(),
        blocking_mode: z.literal(false),
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
