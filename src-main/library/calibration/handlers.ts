import { CALLER_SOURCE } from '../../jobs/queue';
import type { HandlersOf } from '../../rpc';
import { AppError } from '../../rpc';
import { numberOf } from '../moods';
import { calibrationAdminHandlers } from './admin-handlers';
import type { Calibrations } from './calibration';
import type { calibrationContract } from './contract';
import { previewOf } from './preview';
import type { MeasuredLabel } from './store';
import { labelView, viewOf } from './views';

/** Answers what windows and scripts ask of calibrations. */
export function calibrationHandlers(calibrations: Calibrations): HandlersOf<typeof calibrationContract> {
  const { repository, reader, apply, jobs } = calibrations;

  function get(id: number) {
    const version = repository.find(id);
    if (!version) throw new AppError('not_found', `There is no calibration ${id}.`);
    return version;
  }

  return {
    ...calibrationAdminHandlers(calibrations),
    status: () => jobs.status(),
    async generate({ save_sidecars, note }, { signal }) {
      const { version, skipped } = await calibrations.generate({ note, signal });
      const saved = save_sidecars ? (await calibrations.saveSidecars(version)).files : [];
      const data = Object.fromEntries(repository.listLabels(version.id).map(entryOf));
      return {
        status: 'success',
        ...{ data, saved_files: saved, skipped_tags: [...skipped], calibration: viewOf(version) },
      };
    },
    apply({ version, rewriteTags }, { transport }) {
      const options = { rewriteTags, source: CALLER_SOURCE[transport] };
      return version === undefined ? apply.activateNewest(options) : apply.activate(version, options);
    },
    async clear() {
      const cleared = await jobs.clear();
      return { cleared, message: `Cleared ${cleared} calibration jobs` };
    },
    async versions() {
      const { analysisVersion, librarySize, labels } = await reader.read('calibration.measurable', {});
      return {
        items: repository.list().map(viewOf),
        library: {
          ...{ analysisVersion, tracks: librarySize, labels: labels.length },
          advice: calibrations.adviceFor(librarySize),
        },
      };
    },
    version({ id }) {
      const version = get(id);
      const labels = repository.listLabels(id);
      return {
        calibration: viewOf(version),
        labels: labels.map((label) => labelView(label, version.minSamples)),
        against: repository.findBefore(version)?.id ?? null,
        drift: calibrations.driftOf(version),
      };
    },
    async preview({ version, examples }, { signal }) {
      const analysisVersion = (version === null ? repository.findInForce() : get(version))?.analysisVersion;
      return previewOf(reader, {
        ...{ calibrationId: version, examples, signal },
        analysisVersion: analysisVersion ?? (await calibrations.commonVersion()),
      });
    },
    activate: ({ id, rewriteTags }, { transport }) =>
      apply.activate(id, { rewriteTags, source: CALLER_SOURCE[transport] }),
    rollBack: ({ toNone, rewriteTags }, { transport }) =>
      apply.rollBack(toNone, { rewriteTags, source: CALLER_SOURCE[transport] }),
    export: ({ id }) => ({ files: calibrations.filesOf(get(id)) }),
    async import({ files, note }) {
      const { version, skipped } = await calibrations.import(files, note);
      return { calibration: viewOf(version), skipped_tags: [...skipped] };
    },
  };
}

/** A head's first label goes by the head's name, as scripts know it; the others say both. */
function entryOf({ head, label, kind, ...numbers }: MeasuredLabel, _at: number, all: readonly MeasuredLabel[]) {
  const labels = all.filter((each) => each.head === head).map((each) => each.label);
  const isFirst = kind === 'softmax' && numberOf(head, labels)?.label === label;
  const { samples, p5, p95, mean, std, min, max } = numbers;
  const known = (value: number | null) => value ?? 0;
  return [
    isFirst ? head : `${head}:${label}`,
    {
      ...{ p5, p95, samples: known(samples), mean: known(mean), std: known(std) },
      ...{ min: known(min), max: known(max) },
    },
  ];
}
