import type { InferencePool, ModelStore } from '../analysis/inference';
import type { InferenceEvents } from '../analysis/inference/contract';
import type { Queue } from '../jobs/queue';
import type { EventBus } from '../platform/events';
import type { Info } from '../platform/health';
import type { AppPaths } from '../platform/paths';
import type { SettingsStore } from '../platform/settings';
import type { Settings } from './contract';

export interface SystemInfoDeps {
  readonly queue: Pick<Queue, 'status'>;
  readonly settings: Pick<SettingsStore<Settings>, 'current'>;
  readonly models: Pick<ModelStore, 'current'>;
  readonly pool: Pick<InferencePool, 'size'>;
  readonly events: Pick<EventBus<InferenceEvents>, 'on'>;
  readonly paths: Pick<AppPaths, 'database' | 'models'>;
  /** The port of the HTTP server, 0 while it is closed. */
  readonly port: () => number;
}

/** The state of the running application for programs, in the documented shape. */
export function createSystemInfo(deps: SystemInfoDeps): () => Info {
  const { queue, settings, models, pool, events, paths, port } = deps;
  let analyzedAt: string | null = null;
  events.on('worker.changed', () => {
    analyzedAt = new Date().toISOString();
  });
  return () => {
    const { pending, running, completed, errors } = queue.status();
    const { namespace, worker_enabled, blocking_mode, blocking_timeout } = settings.current;
    const { backbones } = models.current();
    return {
      config: {
        db_path: paths.database,
        models_dir: paths.models,
        namespace,
        api_host: '127.0.0.1',
        api_port: port(),
        worker_enabled,
        worker_enabled_default: true,
        worker_count: pool.size,
        poll_interval: 0,
        blocking_mode,
        blocking_timeout,
      },
      models: {
        total_heads: backbones.reduce((sum, { heads }) => sum + heads.length, 0),
        embeddings: backbones.map(({ id }) => id),
      },
      queue: { depth: pending + running, counts: { pending, running, done: completed, error: errors } },
      worker: { enabled: worker_enabled, alive: pool.size > 0, last_heartbeat: analyzedAt },
    };
  };
}
