import type { ModelSet } from '../../analysis/inference';
import { CALLER_SOURCE, type Queue } from '../../jobs/queue';
import type { Database, Reader } from '../../platform/database';
import type { EventBus } from '../../platform/events';
import type { SettingsStore } from '../../platform/settings';
import { AppError } from '../../rpc';
import { createMoodStore } from '../moods';
import type { Rewrite } from '../tagging';
import type { TracksEvents } from '../tracks/contract';
import { createApply } from './apply';
import { createApplyJob } from './apply-job';
import { AUTOMATIC, CALIBRATE_JOB } from './calibrate-job';
import { createCalibrationJobs } from './calibration-jobs';
import type { CalibrationEvents, CalibrationSettings } from './contract';
import {
  analysisVersionIn,
  type CalibrationFile,
  filesOf,
  type GivenFile,
  modelOf,
  readFiles,
  saveFiles,
} from './files';
import type { CalibrationQueries } from './measure';
import { createCalibrationReader } from './measure';
import { type CalibrationVersion, createCalibrationRepository, driftBetween, generate, type HeadDrift } from './store';
import { adviceFor } from './views';

export interface CalibrationDeps {
  readonly db: Database;
  readonly reader: Reader<CalibrationQueries>;
  readonly events: EventBus<CalibrationEvents & TracksEvents>;
  readonly settings: Pick<SettingsStore<CalibrationSettings>, 'current'>;
  /** The queue is made after what it runs. */
  readonly queue: () => Pick<Queue, 'enqueue' | 'views' | 'isPaused' | 'clearKind'>;
  readonly models: () => ModelSet;
  /** Where exported files go. */
  readonly folder: string;
  /** Queues the writing of tagged files: those that say other moods than were decided, or all. */
  readonly rewrite: Rewrite['enqueue'];
}

/** What the library's scores are measured by, and the moods that follow from it. */
export function createCalibration(deps: CalibrationDeps) {
  const { db, reader, events, settings, models } = deps;
  const { inForce } = createCalibrationReader(db);
  const moods = createMoodStore(db);
  const repository = createCalibrationRepository(db);
  const enqueue: Queue['enqueue'] = (request) => deps.queue().enqueue(request);
  const changed = () => events.emit('calibration.changed', {});
  const apply = createApply({ repository, reader, enqueue, changed });
  let isGenerating = false;

  async function rewrite(what: 'moods' | 'all'): Promise<number> {
    return (await deps.rewrite({ what, source: CALLER_SOURCE.http })).queued;
  }

  const minSamples = () => settings.current.calibration_min_samples;
  const listFiles = (version: CalibrationVersion) => filesOf(version, repository.listLabels(version.id), models());

  function driftOf(version: CalibrationVersion): HeadDrift[] {
    const before = repository.findBefore(version);
    return driftBetween(before ? repository.listLabels(before.id) : [], repository.listLabels(version.id));
  }

  /** Throws `conflict` when nothing was analyzed yet. */
  async function commonVersion(): Promise<string> {
    const { analysisVersion } = await reader.read('calibration.measurable', {});
    if (analysisVersion === null) throw new AppError('conflict', 'No track was analyzed yet.');
    return analysisVersion;
  }

  return {
    ...{ inForce, moods, repository, reader, apply, models, driftOf, commonVersion, filesOf: listFiles },
    jobs: createCalibrationJobs(deps.queue),
    applyJob: createApplyJob({ reader, moods, events, rewrite: () => rewrite('moods') }),
    retagAll: () => rewrite('all'),
    isAutomatic: () => settings.current.calibrate_heads,
    adviceFor: (tracks: number) => adviceFor(tracks, minSamples()),
    /** Throws `conflict` while another measuring runs, and as `generate`. */
    async generate({ note, signal }: { note: string; signal?: AbortSignal }) {
      if (isGenerating) throw new AppError('conflict', 'The library is being measured already.');
      isGenerating = true;
      try {
        return await generate({ reader, repository }, { minSamples: minSamples(), note, signal });
      } finally {
        isGenerating = false;
        changed();
      }
    },
    /** Writes the files of a version; the reference of a head, without number, only when the head is not stable. */
    async saveSidecars(version: CalibrationVersion) {
      const files = listFiles(version);
      const labels = repository.listLabels(version.id);
      const drift = driftOf(version);
      const references = drift.flatMap(({ head, isStable }): CalibrationFile[] => {
        const model = modelOf(labels.find((label) => label.head === head)!, models());
        const file = files.find(({ name }) => name === `${model}-calibration-v${version.id}.json`);
        return isStable || !file ? [] : [{ name: `${model}-calibration.json`, content: file.content }];
      });
      const saved = await saveFiles(deps.folder, [...files, ...references]);
      const said = drift.map(({ head, isStable }) => [head, isStable ? 'kept' : 'updated'] as const);
      return { files: saved, references: Object.fromEntries(said) };
    },
    /** Makes a version of exported files. Throws `invalid_input`, and `conflict` when they are about other models. */
    async import(files: readonly GivenFile[], note: string) {
      const analysisVersion = analysisVersionIn(files) ?? (await commonVersion());
      const { labels: known } = await reader.read('calibration.measurable', { analysisVersion });
      if (known.length === 0) {
        const other = `${analysisVersion}, by which no track here was analyzed`;
        throw new AppError('conflict', `The files are about the analysis ${other}. Scores of another do not compare.`);
      }
      const { labels, librarySize, minSamples: least = minSamples(), skipped } = readFiles(files, known, models());
      const imported = { analysisVersion, source: 'imported', librarySize, minSamples: least, note, labels } as const;
      const version = repository.add(imported);
      changed();
      return { version, skipped };
    },
    /** Queues the deciding of moods that were never decided, or under something else than what is in force. */
    async catchUp(): Promise<void> {
      const { pending, running } = deps.queue().views.totals(CALIBRATE_JOB).jobs;
      const due = pending + running > 0 ? 0 : await reader.read('calibration.countDue', {});
      const title = due === 1 ? 'Moods of 1 track' : `Moods of ${due} tracks`;
      if (due > 0) await apply.decideAll(title, { source: AUTOMATIC, rewriteTags: false });
    },
  };
}
export type Calibrations = ReturnType<typeof createCalibration>;
