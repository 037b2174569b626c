import type { Info } from './health';
import type { InferencePool, ModelStore } from './inference';
import type { Queue } from './queue';
import type { SettingsStore } from './settings';

export interface DescribeSelfDeps {
  readonly queue: Pick<Queue, 'status'>;
  readonly settings: Pick<SettingsStore, 'current'>;
  readonly models: Pick<ModelStore, 'current'>;
  readonly pool: Pick<InferencePool, 'size'>;
  /** The port of the HTTP door, 0 while it is shut. */
  readonly port: () => number;
}

/** What a running application tells of itself to programs, in the documented shape. */
export function createDescribeSelf({ queue, settings, models, pool, port }: DescribeSelfDeps): () => Info {
  return () => {
    const { pending, running, completed, skipped, errors } = queue.status();
    const { namespace, worker_enabled } = settings.current;
    const { backbones } = models.current();
    return {
      config: {
        namespace,
        api_host: '127.0.0.1',
        api_port: port(),
        worker_enabled,
        worker_enabled_default: true,
        worker_count: pool.size,
        blocking_mode: false,
      },
      models: {
        total_heads: backbones.reduce((sum, { heads }) => sum + heads.length, 0),
        embeddings: backbones.map(({ id }) => id),
      },
      queue: { depth: pending + running, counts: { pending, running, done: completed + skipped, error: errors } },
      worker: { enabled: worker_enabled, alive: pool.size > 0, last_heartbeat: null },
    };
  };
}
