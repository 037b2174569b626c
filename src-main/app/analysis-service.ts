import { findFfmpeg } from '../analysis/audio';
import {
  analysisVersion,
  createInferencePool,
  createInspector,
  createModelStore,
  createOptimiser,
  createQuarantineRepository,
  NO_MODELS,
  type Preset,
  poolSizeHere,
  whyNoInference,
  workerLimits,
} from '../analysis/inference';
import type { AppHost, PlatformServices } from './platform-services';

const WITHOUT_MODELS = 'Loudness, tempo and key are told all the same.';

/** The models, and the processes that analyze with them. */
export function createAnalysisService(
  { db, paths, readAccess: access, events, settings, health, report }: PlatformServices,
  host: AppHost,
) {
  const inspect = createInspector(host.workers);
  const models = createModelStore({
    ...{ folders: [paths.models, ...paths.extraModels], events, inspect },
    optimise: createOptimiser(host.workers),
  });
  const unable = (host.whyNoInference ?? whyNoInference)();
  if (unable) health.report('models', { severity: 'degraded', message: `${unable} ${WITHOUT_MODELS}` });
  const usable = () => (unable ? NO_MODELS : { ...models.current(), backend: settings.current.inference_backend });
  const quarantine = createQuarantineRepository(db);
  const reporter = health.scopedReporter('analyser');
  const limits = () => workerLimits(settings.current);
  const pool = createInferencePool({
    ...{ host: host.workers, models: usable, events: reporter, access, quarantine, limits, ffmpeg: findFfmpeg },
  });

  const stopping = new AbortController();
  /** Ends with the application; what it has not made by then it makes at the next start. */
  function optimise(sample: () => readonly string[]): void {
    if (unable) return;
    models.optimise({ sample, signal: stopping.signal }).catch((thrown) => {
      if (!stopping.signal.aborted) report(thrown);
    });
  }

  function sizePool(): void {
    pool.setSize(poolSizeHere(settings.current.workers, usable()));
  }

  return {
    models,
    /** Those that this machine can run. */
    usable,
    pool,
    version: (preset: Preset = settings.current.preset) => analysisVersion(preset, usable()),
    /**
     * As many processes as the settings and the models ask for, from now on.
     *
     * @param sample some tracks of the libraries, to prove with that an optimised model gives the same scores
     */
    start(sample: () => readonly string[]): void {
      sizePool();
      events.on('settings.changed', ({ names }) => {
        if (names.includes('workers')) sizePool();
        if (names.includes('inference_backend')) pool.restart().catch(report);
      });
      optimise(sample);
      events.on('models.changed', () => {
        sizePool();
        pool.restart().catch(report);
        optimise(sample);
      });
      events.on('scan.ended', () => optimise(sample));
    },
    stop: (): Promise<void> => {
      stopping.abort();
      return pool.stop();
    },
  };
}
export type AnalysisService = ReturnType<typeof createAnalysisService>;
