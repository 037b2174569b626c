import type { MenuItemConstructorOptions } from 'electron';
import type { QueueStatus } from '../../jobs/queue/contract';

export interface TrayActions {
  open(): void;
  addFiles(): void;
  pause(): void;
  resume(): void;
  pauseForAnHour(): void;
  quit(): void;
}

/** The queue in one line: `Idle`, `Analyzing 213 of 5120, about 41 min left`. */
export function statusLine(status: QueueStatus | undefined): string {
  const left = status ? status.pending + status.running : 0;
  if (!status || left === 0) return 'Idle';
  const done = status.completed + status.errors;
  const progress = `${done} of ${done + left}`;
  if (status.paused) return `Paused at ${progress}`;
  const minutes = status.eta === null ? undefined : Math.max(1, Math.round(status.eta / 60));
  return `Analyzing ${progress}${minutes === undefined ? '' : `, about ${minutes} min left`}`;
}

/** Share of the jobs that ended, 0…1; −1 when there is nothing to do. */
export function progressOf(status: QueueStatus): number {
  const left = status.pending + status.running;
  const done = status.completed + status.errors;
  if (left === 0) return -1;
  return status.audio_total_s > 0 ? Math.min(1, status.audio_done_s / status.audio_total_s) : done / (done + left);
}

export function trayMenu(status: QueueStatus | undefined, actions: TrayActions): MenuItemConstructorOptions[] {
  const pausing: MenuItemConstructorOptions[] = status?.paused
    ? [{ label: 'Resume', click: actions.resume }]
    : [
        { label: 'Pause', click: actions.pause },
        { label: 'Pause for 1 hour', click: actions.pauseForAnHour },
      ];
  return [
    { label: statusLine(status), enabled: false },
    { type: 'separator' },
    { label: 'Open Tonearm', click: actions.open },
    { label: 'Add files…', click: actions.addFiles },
    { type: 'separator' },
    ...pausing,
    { type: 'separator' },
    { label: 'Quit', click: actions.quit },
  ];
}
