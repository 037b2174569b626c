import type { Reader } from '../../../platform/database';
import { AppError } from '../../../rpc';
import type { MeasureQueries } from '../measure';
import { LEAST_SAMPLES } from '../measure';
import type { CalibrationRepository, CalibrationVersion, MeasuredLabel } from './calibration-repository';

export interface GenerateDeps {
  readonly reader: Reader<MeasureQueries>;
  readonly repository: Pick<CalibrationRepository, 'add'>;
}

export interface GenerateOptions {
  readonly minSamples: number;
  readonly note: string;
  readonly signal?: AbortSignal;
}

export interface Generated {
  readonly version: CalibrationVersion;
  /** `head:label` of those with too few scores. */
  readonly skipped: readonly string[];
}

/**
 * Measures every label of the library and keeps the result as a new version, which is not in force yet. Throws
 * `conflict` when nothing was analyzed, and when nothing has enough scores.
 */
export async function generate({ reader, repository }: GenerateDeps, options: GenerateOptions): Promise<Generated> {
  const { analysisVersion, librarySize, labels } = await reader.read('calibration.measurable', {});
  if (analysisVersion === null || labels.length === 0) {
    throw new AppError(
      'conflict',
      'No track was analyzed with models that tell moods, so there is nothing to measure.',
    );
  }
  const found: MeasuredLabel[] = [];
  for (const label of labels) {
    options.signal?.throwIfAborted();
    const measure = await reader.read('calibration.measure', { analysisVersion, ...label });
    if (measure && measure.samples > LEAST_SAMPLES) found.push({ ...label, ...measure });
  }
  if (found.length === 0) {
    const least = `at least ${LEAST_SAMPLES + 1} are needed, and 1000 are advised`;
    throw new AppError('conflict', `Only ${librarySize} tracks were analyzed; ${least}.`);
  }
  const isFound = ({ head, label }: { head: string; label: string }) =>
    found.some((each) => each.head === head && each.label === label);
  const { minSamples, note } = options;
  return {
    version: repository.add({ analysisVersion, source: 'generated', librarySize, minSamples, note, labels: found }),
    skipped: labels.filter((each) => !isFound(each)).map(({ head, label }) => `${head}:${label}`),
  };
}
