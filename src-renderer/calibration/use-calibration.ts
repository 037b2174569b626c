import { api, useCall } from '../api';
import { useRunningJobs } from '../queue';

/** What is previewed before it is applied: a version, or (null) the raw scores. */
export type Previewed = number | null | undefined;

/** All versions, and how much there is to measure. */
export const useVersions = () => useCall(api.calibration.versions, {}, { refreshOn: 'calibration.changed' });

/** One version with its labels and its drift. */
export const useVersion = (id: number) => useCall(api.calibration.version, { id });

/** What a version, or none, would do. */
export const usePreview = (version: number | null) => useCall(api.calibration.preview, { version, examples: 5 });

/** The job that decides moods now, if one does. */
export function useDeciding() {
  const { data } = useRunningJobs();
  return data?.jobs.find(({ kind, status }) => kind === 'calibrate' && status === 'running');
}
