import { expect, it } from 'vitest';
import type { Reason } from './backup-files';
import { toRemove } from './retention';

const DAY_MS = 86_400_000;
const START = Date.parse('2026-01-01T12:00:00Z');

/** A backup each day, with what is too many removed each day, as the application does. */
function after(days: number, reason: Reason = 'daily') {
  let kept: { reason: Reason; createdAt: Date }[] = [];
  for (let day = 0; day < days; day++) {
    kept.unshift({ reason, createdAt: new Date(START + day * DAY_MS) });
    const gone = toRemove(kept);
    kept = kept.filter((backup) => !gone.includes(backup));
  }
  return kept.map(({ createdAt }) => createdAt.toISOString().slice(0, 10));
}

it('keeps the newest of seven days, of four weeks (Sundays) and of three months (their last days)', () => {
  // The 200th day is Sunday, 19 July 2026.
  expect(after(200)).toEqual([
    ...['2026-07-19', '2026-07-18', '2026-07-17', '2026-07-16', '2026-07-15', '2026-07-14', '2026-07-13'],
    ...['2026-07-12', '2026-07-05', '2026-06-30', '2026-06-28', '2026-05-31'],
  ]);
});

it('keeps all of the first week', () => expect(after(7)).toHaveLength(7));

it('keeps what a person made, and three before migrations', () => {
  expect(after(30, 'manual')).toHaveLength(30);
  expect(after(30, 'migration')).toHaveLength(3);
});

it('keeps the newest days that there are, also after months without one', () => {
  const old = Array.from({ length: 7 }, (_, day) => new Date(START - day * DAY_MS));
  const backups = [new Date(START + 300 * DAY_MS), ...old].map((createdAt) => ({
    reason: 'daily' as const,
    createdAt,
  }));
  expect(toRemove(backups)).toHaveLength(1);
});
