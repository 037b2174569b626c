import type { JobView } from '../../src-main/jobs/queue/contract';
import type { IconName, Tone } from '../ui';

const partsOf = (job: JobView) => job.path.split(/[\\/]/).filter(Boolean);

export const fileName = (job: JobView): string => partsOf(job).at(-1) ?? job.path;

/** The last two folders of the path: enough to tell two files of one name apart. */
export const folderName = (job: JobView): string => partsOf(job).slice(-3, -1).join(' / ');

/** What is being done to it. */
export const phaseWords = (job: JobView): string => job.phase_label ?? job.label;

interface StateWords {
  text: string;
  tone: Tone;
  icon: IconName;
}

/** How a job stands or ended. */
export function stateOf(job: JobView): StateWords {
  if (job.status === 'error') return { text: 'failed', tone: 'bad', icon: 'error' };
  if (job.status === 'pending') return { text: 'waiting', tone: 'calm', icon: 'waiting' };
  if (job.status === 'running') return { text: 'running', tone: 'accent', icon: 'play' };
  if (job.outcome === 'skipped') return { text: 'skipped', tone: 'warn', icon: 'skip' };
  return { text: job.outcome_label ?? 'done', tone: 'good', icon: 'check' };
}
