import { z } from 'zod';
import type { World } from './nomarr-world';

/** What a row asks of the world: a value, or how to get one. */
type Of<T> = T | ((world: World) => T | Promise<T>);

/** An endpoint that the documents of Nomarr name. */
export interface Row {
  /** `GET /api/web/queue/list`, with `:parts` filled in by `path`. */
  readonly http: string;
  /** What the documents ask for; every other valid credential of enough scope does as well. */
  readonly auth: 'session' | 'key' | 'open';
  readonly access: 'open' | 'read' | 'webhook' | 'full';
  /** Puts the world into the state that the good case needs. */
  readonly before?: (world: World) => unknown;
  readonly good: readonly Good[];
  readonly bad?: readonly Bad[];
}

export interface Asked {
  readonly path?: Of<string>;
  readonly query?: Of<string>;
  readonly body?: Of<object>;
}
export interface Good extends Asked {
  readonly says: string;
  /** The documented fields and their types; further fields are welcome. */
  readonly shape: z.ZodType;
  /** Looks at what cannot be said by a type. */
  readonly check?: (answer: never, world: World) => unknown;
}
export interface Bad extends Asked {
  readonly says: string;
  readonly status: number;
  readonly before?: (world: World) => unknown;
  readonly after?: (world: World) => unknown;
}

export const int = z.number().int();
export const time = z.iso.datetime();
export const removed = z.object({ removed: int, status: z.literal('success'), message: z.string() });
export const success = z.object({ status: z.literal('success'), message: z.string().min(1) });
export const counts = z.object({ pending: int, running: int, done: int, error: int });
export const job = z.object({
  id: int,
  path: z.string(),
  status: z.enum(['pending', 'running', 'done', 'error']),
  started_at: time.nullable(),
  finished_at: time.nullable(),
  error_message: z.string().nullable(),
  force: z.boolean(),
});
export const page = z.object({ jobs: z.array(job), total: int, limit: int, offset: int });
export const worker = z.object({ status: z.literal('ok'), worker_enabled: z.boolean() });

/** One row at further paths: the same procedure, asked in the same way. */
export function also(row: Row, paths: Readonly<Record<string, Row['auth']>>): Row[] {
  return Object.entries(paths).map(([http, auth]) => ({ ...row, http, auth }));
}

/** A path with its parts filled in. */
export const at = (path: string) => ({ path });
