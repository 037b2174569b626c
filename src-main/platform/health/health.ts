import { basename } from 'node:path';
import type { z } from 'zod';
import type { HandlersOf } from '../../rpc';
import type { EventBus } from '../events';
import type { HealthEvents, healthContract } from './contract';

type SystemHealth = HealthEvents['health.changed'];
export type Info = Omit<z.input<typeof healthContract.info.output>, 'version'>;

/** Something that does not work, as a sentence; `failed` when nothing can go on without it. */
export interface Problem {
  readonly severity: 'degraded' | 'failed';
  readonly message: string;
}

/** What health tells, and what it has to know of workers. */
interface WatchedEvents extends HealthEvents {
  'worker.changed': { readonly component: string; readonly status: string };
}

/** Collects what does not work: parts report themselves, and workers are watched through their events. */
export function createHealth({ events }: { events: Pick<EventBus<WatchedEvents>, 'emit' | 'on'> }) {
  const problems = new Map<string, Problem>();

  function current(): SystemHealth {
    const all = [...problems.values()];
    const worst = all.some(({ severity }) => severity === 'failed') ? 'failed' : 'degraded';
    return { status: all.length === 0 ? 'healthy' : worst, errors: all.map(({ message }) => message) };
  }

  /** Sets or, with undefined, lifts the problem of one part. */
  function report(part: string, problem: Problem | undefined): void {
    const before = problems.get(part);
    if (before?.message === problem?.message && before?.severity === problem?.severity) return;
    if (problem) problems.set(part, problem);
    else problems.delete(part);
    events.emit('health.changed', current());
  }

  events.on('worker.changed', ({ component, status }) => {
    if (status === 'healthy') report(component, undefined);
    if (status === 'crashed')
      report(component, { severity: 'degraded', message: `${component} crashed and is being restarted.` });
    if (status === 'failed')
      report(component, {
        severity: 'degraded',
        message: `${component} crashed too often and was given up. Restart Tonearm; the log says more.`,
      });
  });

  /** An emitter for a part that reports its own health, which becomes one problem beside those of other parts. */
  function scopedReporter(part: string): Pick<EventBus<WatchedEvents>, 'emit'> {
    return {
      emit(name, payload) {
        if (name !== 'health.changed') return events.emit(name, payload);
        const { status, errors } = payload as SystemHealth;
        if (status === 'healthy') report(part, undefined);
        else report(part, { severity: status, message: errors.join(' ') });
      },
    };
  }

  return { current, report, scopedReporter };
}
export type Health = ReturnType<typeof createHealth>;

/** `describe` tells what only the whole application knows: models, queue, workers. */
export function healthHandlers(
  health: Health,
  version: string,
  describe: () => Info,
): HandlersOf<typeof healthContract> {
  return {
    health() {
      const { status, errors } = health.current();
      const { config, models, queue } = describe();
      const { pending, running, done: completed, error } = queue.counts;
      return {
        ...{ status, errors, version, product: 'Tonearm' },
        processor_initialized: models.embeddings.length > 0,
        worker_count: config.worker_count,
        queue: { pending, running, completed, errors: error },
        warnings: errors,
      };
    },
    info(_input, { transport, credential }) {
      const info = describe();
      const { db_path, models_dir } = info.config;
      const isKnown = transport !== 'http' || credential !== undefined;
      const places = isKnown
        ? { db_path, models_dir }
        : { db_path: basename(db_path), models_dir: basename(models_dir) };
      return { version, ...info, config: { ...info.config, ...places } };
    },
  };
}
