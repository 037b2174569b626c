import type { AlarmClock } from '../../../platform/clock';

/** Counts crashes: of each file, for the quarantine, and of all in the last minutes, for the pause. */
export function createCrashLedger(clock: AlarmClock, windowMs: number) {
  const byFile = new Map<string, number>();
  let recent: number[] = [];
  return {
    /** @param before crashes over the file that were counted before this process began */
    crashed(file: string | undefined, before = 0): { ofFile: number; recently: number } {
      const now = clock.now();
      recent = [...recent.filter((at) => now - at <= windowMs), now];
      if (file === undefined) return { ofFile: 0, recently: recent.length };
      const ofFile = Math.max(before, byFile.get(file) ?? 0) + 1;
      byFile.set(file, ofFile);
      return { ofFile, recently: recent.length };
    },
    /** The file was analyzed after all, or is in quarantine: what comes later counts anew. */
    forget: (file: string): boolean => byFile.delete(file),
    /** Begins to count anew, after a person has looked. */
    forgive(): void {
      recent = [];
    },
  };
}
