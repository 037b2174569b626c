import type { EventBus } from '../../../platform/events';
import type { LibrariesEvents } from '../contract';

export type ScanPhase = 'walk' | 'match' | 'read' | 'missing' | 'finish' | 'ended';

const LEAST_MS_BETWEEN = 250;

/** Counts what a scan did so far and tells it, at most four times a second, and whenever a phase begins. */
export function createProgress(libraryId: number, events: Pick<EventBus<LibrariesEvents>, 'emit'>) {
  const numbers = { found: 0, done: 0, added: 0, changed: 0, moved: 0, missing: 0, errors: 0 };
  let phase: ScanPhase = 'walk';
  let emittedAt = 0;

  function tell(): void {
    emittedAt = performance.now();
    events.emit('scan.progress', { libraryId, phase, ...numbers });
  }

  return {
    numbers,
    begin(next: ScanPhase): void {
      phase = next;
      tell();
    },
    add(more: Partial<typeof numbers>): void {
      for (const [name, by] of Object.entries(more)) numbers[name as keyof typeof numbers] += by;
      if (performance.now() - emittedAt >= LEAST_MS_BETWEEN) tell();
    },
  };
}
export type Progress = ReturnType<typeof createProgress>;
