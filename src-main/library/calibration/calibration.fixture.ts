import { join } from 'node:path';
import { temporaryFolder } from '../../../test/support/small-music';
import { NO_MODELS } from '../../analysis/inference';
import { EVENTS, SETTINGS } from '../../app/contract';
import type { JobRequest } from '../../jobs/queue';
import { readHere } from '../../platform/database';
import { createEventBus } from '../../platform/events';
import { createSettings } from '../../platform/settings';
import { anAnalyzedLibrary, type ScoresByHead } from './analyzed-library.fixture';
import { createCalibration } from './calibration';
import { calibrationHandlers } from './handlers';
import { createCalibrationQueries } from './measure/queries';

const CALLER = { transport: 'window' } as const;

/** A library that was analyzed, with all of calibration around it but the queue, whose jobs a test runs itself. */
export function aCalibratedLibrary(count: number, scoresOf: (track: number) => ScoresByHead) {
  const library = anAnalyzedLibrary(count, scoresOf);
  const { db } = library;
  const folder = temporaryFolder('calibration');
  const events = createEventBus(EVENTS);
  const settings = createSettings(db, events, SETTINGS);
  const asked: JobRequest[] = [];
  const rewritten: string[] = [];
  const jobs = { pending: 0, running: 0, done: 2, skipped: 1, error: 0 };
  const calibrations = createCalibration({
    ...{ db, events, settings },
    reader: readHere(createCalibrationQueries(db)),
    models: () => NO_MODELS,
    folder: join(folder.path, 'calibration'),
    rewrite: async ({ what }) => {
      rewritten.push(what);
      return { queued: 3, batchId: 1 };
    },
    queue: () => ({
      enqueue: async (request) => {
        asked.push(request);
        return { batchId: 1, jobIds: [asked.length], added: 1 };
      },
      views: { totals: () => ({ jobs, audioMs: jobs }) } as never,
      isPaused: () => false,
      clearKind: async () => 2,
    }),
  });
  const handlers = calibrationHandlers(calibrations);
  const decide = (signal = new AbortController().signal, progress: (fraction: number) => void = () => {}) =>
    calibrations.applyJob({ writeTags: asked.at(-1)?.writeTags ?? false }, { signal, progress });
  return {
    ...{ ...library, settings, calibrations, handlers, asked, rewritten, decide, folder },
    generate: (note = '') => handlers.generate({ save_sidecars: false, note }, CALLER),
    activate: (id: number) => handlers.activate({ id, rewriteTags: true }, CALLER),
    rollBack: (toNone = false) => handlers.rollBack({ toNone, rewriteTags: true }, CALLER),
    preview: (version: number | null, examples = 3) => handlers.preview({ version, examples }, CALLER),
    CALLER,
  };
}
