import { CALLER_SOURCE } from '../../jobs/queue';
import type { HandlersOf } from '../../rpc';
import { AppError } from '../../rpc';
import type { Calibrations } from './calibration';
import type { calibrationContract, DriftView } from './contract';
import { modelOf } from './files';
import type { CalibrationVersion } from './store';

type AdminHandlers = Pick<HandlersOf<typeof calibrationContract>, 'run' | 'history' | 'retagAll'>;

/** Answers the paths for administrators, as their documents have them. */
export function calibrationAdminHandlers(calibrations: Calibrations): AdminHandlers {
  const { repository, apply } = calibrations;

  function mustBeOn(): void {
    if (calibrations.isAutomatic()) return;
    throw new AppError('forbidden', 'The setting calibrate_heads is off. Switch it on to calibrate from here.');
  }

  function runsOf(version: CalibrationVersion) {
    const labels = Map.groupBy(repository.listLabels(version.id), ({ head }) => head);
    return calibrations.driftOf(version).map((drift) => ({
      version: version.id,
      model: modelOf(labels.get(drift.head)![0], calibrations.models()),
      head: drift.head,
      labels: labels.get(drift.head)!.length,
      library_size: version.librarySize,
      created_at: version.createdAt,
      is_active: version.isActive,
      is_stable: drift.isStable,
      grade: drift.grade,
      ...{ apd_p5: drift.apdP5, apd_p95: drift.apdP95, srd: drift.srd, jsd: drift.jsd },
      ...{ median_drift: drift.medianDrift, iqr_drift: drift.iqrDrift },
    }));
  }

  return {
    async run(_, { signal }) {
      mustBeOn();
      const { version } = await calibrations.generate({ note: '', signal });
      const saved = await calibrations.saveSidecars(version);
      await apply.activate(version.id, { source: CALLER_SOURCE.http, rewriteTags: true });
      const labels = repository.listLabels(version.id);
      const drift = calibrations.driftOf(version);
      const headOf = (each: DriftView) => ({
        labels: labels.filter(({ head }) => head === each.head).length,
        ...{ is_stable: each.isStable, grade: each.grade, drift_metrics: each },
      });
      const stable = drift.filter(({ isStable }) => isStable).length;
      return {
        status: 'ok',
        calibration: {
          ...{ version: version.id, library_size: version.librarySize, saved_files: saved.files },
          heads: Object.fromEntries(drift.map((each) => [each.head, headOf(each)])),
          reference_updates: saved.references,
          summary: { total_heads: drift.length, stable_heads: stable, unstable_heads: drift.length - stable },
        },
      };
    },
    history({ model, head, limit }) {
      mustBeOn();
      const runs = repository
        .list()
        .flatMap(runsOf)
        .filter((run) => (!model || run.model === model) && (!head || run.head === head))
        .slice(0, limit);
      return { status: 'ok', count: runs.length, runs };
    },
    async retagAll() {
      mustBeOn();
      const enqueued = await calibrations.retagAll();
      return { enqueued, message: `Queued ${enqueued} files to be written anew` };
    },
  };
}
