import type { Preset } from '../session';

/** Processing time of one second of audio before anything was measured; generous, since it only sets a deadline. */
const FIRST_GUESS_MS = 250;
/** How much one file counts against all before. */
const WEIGHT = 0.1;

/** Learns from each file how long the next will take. */
export function createPace() {
  const msPerSecond = new Map<Preset, number>();
  return {
    learn(preset: Preset, audioS: number, tookMs: number): void {
      if (audioS <= 0) return;
      const pace = tookMs / audioS;
      const before = msPerSecond.get(preset);
      msPerSecond.set(preset, before === undefined ? pace : before + WEIGHT * (pace - before));
    },
    /** Milliseconds; null when the length is not known. */
    expect: (preset: Preset, audioS: number | null | undefined): number | null =>
      audioS ? audioS * (msPerSecond.get(preset) ?? FIRST_GUESS_MS) : null,
  };
}
