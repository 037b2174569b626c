import type { Command } from '../router';
import { pauseQueue, resumeQueue, retryFailed } from './queue-actions';
import { useQueueStatus } from './use-queue';

/** What the palette can do with the queue now. */
export function useQueueActions(): readonly Command[] {
  const isPaused = useQueueStatus().data?.paused ?? false;
  return [
    isPaused
      ? { id: 'resume', title: 'Resume the queue', icon: 'play', run: () => void resumeQueue() }
      : { id: 'pause', title: 'Pause the queue', icon: 'pause', run: () => void pauseQueue() },
    { id: 'retry', title: 'Retry what failed', icon: 'retry', run: () => void retryFailed() },
  ];
}
