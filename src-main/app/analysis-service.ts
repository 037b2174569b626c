import { findFfmpeg } from '../analysis/audio';
import {
  analysisVersion,
  createInferencePool,
  createInspector,
  createModelStore,
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
  const models = createModelStore({ folders: [paths.models, ...paths.extraModels], events, inspect });
  const unable = (host.whyNoInference ?? whyNoInference)();
  if (unable) health.report('models', { severity: 'degraded', message: `${unable} ${WITHOUT_MODELS}` });
  const usable = () => (unable ? NO_MODELS : models.current());
  const quarantine = createQuarantineRepository(db);
  const reporter = health.scopedReporter('analyser');
  const limits = () => workerLimits(settings.current);
  const pool = createInferencePool({
    ...{ host: host.workers, models: usable, events: reporter, access, quarantine, limits, ffmpeg: findFfmpeg },
  });

  function sizePool(): void {
    pool.setSize(poolSizeHere(settings.current.workers, usable()));
  }

  return {
    models,
    /** Those that this machine can run. */
    usable,
    pool,
    version: (preset: Preset = settings.current.preset) => analysisVersion(preset, usable()),
    /** As many processes as the settings and the models ask for, from now on. */
    start(): void {
      sizePool();
      events.on('settings.changed', ({ names }) => names.includes('workers') && sizePool());
      events.on('models.changed', () => {
        sizePool();
        pool.restart().catch(report);
      });
    },
    stop: () => pool.stop(),
  };
}
export type AnalysisService = ReturnType<typeof createAnalysisService>;
