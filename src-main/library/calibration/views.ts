import type { CalibrationView, LabelView } from './contract';
import { weightOf } from './measure';
import type { CalibrationVersion, MeasuredLabel } from './store';

/** From this many tracks on percentiles hardly move any more. */
const ADVISED = 1000;

export function viewOf(version: CalibrationVersion): CalibrationView {
  return { ...version, warning: adviceFor(version.librarySize, version.minSamples) };
}

/** What to say when there are few tracks to go by. */
export function adviceFor(tracks: number, minSamples: number): string | null {
  if (tracks < minSamples) {
    return `${tracks} tracks are few: below ${minSamples} the raw scores are mixed in. ${ADVISED} are advised.`;
  }
  return tracks < ADVISED ? `${tracks} tracks will do; with ${ADVISED} or more it gets steadier.` : null;
}

export function labelView(label: MeasuredLabel, minSamples: number): LabelView {
  const { head, samples, p5, p95, median, mean, std, min, max } = label;
  const weight = weightOf(samples, minSamples);
  return { head, label: label.label, samples, weight, p5, p95, median, mean, std, min, max };
}
