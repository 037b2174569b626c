import type { ModelSet } from '../../../analysis/inference';
import type { CalibratedLabel } from '../measure';
import type { CalibrationVersion, MeasuredLabel } from '../store';

export interface CalibrationFile {
  /** `mood_happy-msd-musicnn-1-calibration-v3.json` */
  readonly name: string;
  readonly content: Record<string, unknown>;
}

/** The name of a head's model file, by which others know it. */
export function modelOf({ head, backbone }: Pick<CalibratedLabel, 'head' | 'backbone'>, models: ModelSet): string {
  const heads = models.backbones.find(({ id }) => id === backbone)?.heads ?? [];
  return heads.find(({ name, task }) => task === head || name === head)?.name ?? `${head}-${backbone}`;
}

/** A version as files: one for each head as Nomarr's documents have it, with what we add, and the bundle of all. */
export function filesOf(
  version: CalibrationVersion,
  labels: readonly MeasuredLabel[],
  models: ModelSet,
): CalibrationFile[] {
  const sidecars = [...Map.groupBy(labels, ({ head }) => head).values()].map((ofHead): CalibrationFile => {
    const model = modelOf(ofHead[0], models);
    const content = {
      calibration_version: version.id,
      calibration_method: 'minmax',
      library_size: version.librarySize,
      min_samples: version.minSamples,
      model,
      head: ofHead[0].head,
      head_type: ofHead[0].kind,
      backbone: ofHead[0].backbone,
      analysis_version: version.analysisVersion,
      labels: Object.fromEntries(ofHead.map((label) => [label.label, numbersOf(label)])),
    };
    return { name: `${model}-calibration-v${version.id}.json`, content };
  });
  return [...sidecars, bundleOf(version, labels)];
}

function bundleOf(version: CalibrationVersion, labels: readonly MeasuredLabel[]): CalibrationFile {
  const metadata = {
    generated_at: version.createdAt,
    version: version.id,
    source: 'tonearm',
    global_version: version.analysisVersion,
    library_size: version.librarySize,
    min_samples: version.minSamples,
    analysis_version: version.analysisVersion,
  };
  const content = {
    labels: Object.fromEntries(labels.map((label) => [`${label.head}:${label.label}`, numbersOf(label)])),
    metadata,
  };
  return { name: `calibration-v${version.id}.json`, content };
}

function numbersOf({ head: _head, label: _label, backbone: _backbone, kind: _kind, ...numbers }: MeasuredLabel) {
  return { method: 'minmax', ...numbers };
}
