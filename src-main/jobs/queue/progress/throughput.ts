import type { AlarmClock } from '../../../platform/clock';
import type { QueueStatus } from '../contract';
import type { Job, JobKinds } from '../job';
import type { JobViews } from '../store';
import { createEta } from './eta';
import type { LiveJobs } from './live-jobs';

/** How many ended jobs the mean time of a job is taken from. */
const RECENT_JOBS = 50;

export interface ThroughputDeps {
  readonly views: Pick<JobViews, 'totals' | 'endedInOpenBatches'>;
  readonly kinds: JobKinds;
  readonly live: Pick<LiveJobs, 'count' | 'analyzedMs'>;
  readonly clock: Pick<AlarmClock, 'now'>;
  readonly isPaused: () => boolean;
}

export type Throughput = Pick<
  QueueStatus,
  'avg_time' | 'eta' | 'eta_low' | 'eta_high' | 'speed' | 'audio_done_s' | 'audio_total_s'
>;

/** How much audio was analyzed, how fast, and how long the rest will take; kinds count by their weights. */
export function createThroughput({ views, kinds, live, clock, isPaused }: ThroughputDeps) {
  const eta = createEta();
  const recentMs: number[] = [];
  let endedMs = views.endedInOpenBatches().reduce((sum, { kind, audioMs }) => sum + kinds.weightOf(kind) * audioMs, 0);
  let analyzedMs = 0;
  let filesDone = 0;
  let isNewWork = false;

  /** Of pending and running jobs. */
  function openMs(): number {
    const weighted = kinds.list.filter(({ weight }) => weight > 0);
    return weighted.reduce((sum, { kind, weight }) => {
      const { audioMs } = views.totals(kind);
      return sum + weight * (audioMs.pending + audioMs.running);
    }, 0);
  }

  /** What comes next begins at zero; the sums of what has ended can be read until then. */
  function reset(): void {
    eta.reset();
    isNewWork = true;
    analyzedMs = 0;
    filesDone = 0;
  }

  return {
    allowJump: () => eta.allowJump(),
    jobStarted(): void {
      if (isNewWork) endedMs = 0;
      isNewWork = false;
    },
    /** @param fraction how far the job came, 0…1 */
    jobEnded(job: Job, fraction: number): void {
      const weight = kinds.weightOf(job.kind);
      if (weight === 0 || job.status === 'pending') return;
      const audioMs = weight * (job.audioMs ?? 0);
      endedMs += audioMs;
      // What was skipped at once says nothing about the speed of the analysis.
      if (fraction === 0) return;
      analyzedMs += job.status === 'error' ? audioMs * fraction : audioMs;
      filesDone++;
      recentMs.push(Date.parse(job.finishedAt!) - Date.parse(job.startedAt!));
      if (recentMs.length > RECENT_JOBS) recentMs.shift();
    },
    /** @param isIdle whether no job is pending or running */
    read(isIdle: boolean): Throughput {
      const now = clock.now();
      const runningMs = live.analyzedMs();
      if (live.count() > 0 && !isPaused()) eta.analyzed(now, analyzedMs + runningMs);
      else eta.rest(now);
      const leftMs = Math.max(0, openMs() - runningMs);
      if (isIdle) reset();
      const left = isIdle ? undefined : eta.estimate(now, { audioMs: leftMs, filesDone });
      return {
        avg_time: recentMs.length > 0 ? recentMs.reduce((a, b) => a + b) / recentMs.length / 1000 : null,
        eta: left?.seconds ?? null,
        eta_low: left?.low ?? null,
        eta_high: left?.high ?? null,
        speed: eta.speed() ?? null,
        audio_done_s: (endedMs + runningMs) / 1000,
        audio_total_s: (endedMs + runningMs + leftMs) / 1000,
      };
    },
  };
}
