import { verifyJobKind } from '../files/verify';
import type { JobKind, JobRunner } from '../jobs/queue';
import { calibrateJobKind } from '../library/calibration';
import { type Libraries, scanJobKind } from '../library/libraries';
import { createWriteJob, tagJobKind, writeJobKind } from '../library/tagging';
import { wallClock } from '../platform/clock';
import type { AnalysisService } from './analysis-service';
import type { TagPipeline } from './tag-pipeline';

export interface JobKindsParts {
  readonly pipeline: TagPipeline;
  readonly pool: AnalysisService['pool'];
  readonly scan: Libraries['scan'];
  readonly verify: JobRunner;
}

/** Every kind of job, one line each. */
export const jobKindsOf = ({ pipeline, pool, scan, verify }: JobKindsParts): readonly JobKind[] => [
  tagJobKind(pipeline.tagJob, pool, wallClock),
  scanJobKind(scan),
  calibrateJobKind(pipeline.calibrations.applyJob),
  writeJobKind(createWriteJob(pipeline.tracks, pipeline.writeAnalyzed)),
  verifyJobKind(verify),
];
