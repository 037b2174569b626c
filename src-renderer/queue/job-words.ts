import type { JobView } from '../../src-main/jobs/queue/contract';
import type { IconName, Tone } from '../ui';

const partsOf = (job: JobView) => job.path.split(/[\\/]/).filter(Boolean);

export const fileName = (job: JobView): string => partsOf(job).at(-1) ?? job.path;

/** The last two folders of the path: enough to tell two files of one name apart. */
export const folderName = (job: JobView): string => partsOf(job).slice(-3, -1).join(' / ');

const PHASES: Readonly<Record<string, string>> = {
  decode: 'Decoding',
  listen: 'Listening',
  analyze: 'Listening',
  write: 'Writing tags',
  scan: 'Scanning',
  deciding: 'Deciding moods',
  verifying: 'Reading written files again',
};

const BEGINNINGS: Readonly<Record<JobView['kind'], string>> = {
  tag: 'Listening',
  scan: 'Scanning',
  calibrate: 'Deciding moods',
  verify: 'Reading the file again',
  write: 'Writing tags',
};

/** What is being done to it; an unknown phase speaks for itself. */
export function phaseWords(job: JobView): string {
  if (job.phase === null) return BEGINNINGS[job.kind];
  return PHASES[job.phase] ?? job.phase.charAt(0).toUpperCase() + job.phase.slice(1);
}

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
  switch (job.outcome) {
    case 'skipped':
      return { text: 'skipped', tone: 'warn', icon: 'skip' };
    case 'tagged':
      return { text: 'written', tone: 'good', icon: 'check' };
    case 'unchanged':
      return { text: 'unchanged', tone: 'good', icon: 'check' };
    case 'verified':
      return { text: 'verified', tone: 'good', icon: 'check' };
    case 'calibrated':
      return { text: 'decided', tone: 'good', icon: 'check' };
    case 'scanned':
      return { text: 'scanned', tone: 'good', icon: 'check' };
    default:
      return { text: 'heard', tone: 'good', icon: 'check' };
  }
}
