import type { QueueStatus } from '../../jobs/queue/contract';
import { ask, type RunningApp } from './desktop-parts';

const HOUR_MS = 3_600_000;

/** Pauses and resumes the queue for the tray and for the machine going to sleep. */
export function createQueueControl(app: RunningApp) {
  let status: QueueStatus | undefined;
  let timer: NodeJS.Timeout | undefined;
  let pausedForSleep = false;
  const end = app.events.on('queue.status', (now) => {
    status = now;
  });

  function resume() {
    clearTimeout(timer);
    void ask(app, 'queue.resume');
  }
  function pause() {
    clearTimeout(timer);
    void ask(app, 'queue.pause');
  }

  return {
    pause,
    resume,
    pauseForAnHour() {
      pause();
      timer = setTimeout(resume, HOUR_MS);
    },
    sleep() {
      pausedForSleep = status?.paused === false;
      if (pausedForSleep) pause();
    },
    wake() {
      if (pausedForSleep) resume();
      pausedForSleep = false;
    },
    /** Whether there is work that closing the window would leave unseen. */
    get isBusy() {
      return status !== undefined && !status.paused && status.pending + status.running > 0;
    },
    end() {
      clearTimeout(timer);
      end();
    },
  };
}
