interface Dated {
  readonly createdAt: Date;
}

const DAY_MS = 86_400_000;
/** Of those that were made before something, so many of each kind. */
const KEPT_BEFORE = 3;

/** How many stretches of time keep their newest backup, and how to tell one stretch from another (UTC). */
const STRETCHES = [
  { count: 7, of: (at: Date) => Math.floor(at.getTime() / DAY_MS) },
  // 1970 began on a Thursday; weeks begin on Mondays.
  { count: 4, of: (at: Date) => Math.floor((at.getTime() / DAY_MS + 3) / 7) },
  { count: 3, of: (at: Date) => at.getUTCFullYear() * 12 + at.getUTCMonth() },
] as const;

/**
 * What goes: of the daily ones all but the newest of seven days, of four weeks and of three months; of those before a
 * migration or an update all but three each. What a person made stays until a person removes it.
 *
 * @param backups newest first
 */
export function toRemove<B extends Dated & { readonly reason: string }>(backups: readonly B[]): B[] {
  const daily = backups.filter(({ reason }) => reason === 'daily');
  const kept = new Set(STRETCHES.flatMap(({ count, of }) => newestOfEach(daily, of).slice(0, count)));
  const before = (['migration', 'update'] as const).flatMap((kind) =>
    backups.filter(({ reason }) => reason === kind).slice(KEPT_BEFORE),
  );
  return [...daily.filter((backup) => !kept.has(backup)), ...before];
}

function newestOfEach<B extends Dated>(backups: readonly B[], stretchOf: (at: Date) => number): B[] {
  const stretches = backups.map(({ createdAt }) => stretchOf(createdAt));
  return backups.filter((_, index) => stretches.indexOf(stretches[index]) === index);
}
