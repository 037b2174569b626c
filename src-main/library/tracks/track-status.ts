import type { Track } from './contract';

/** Codes of attempts that are no failure: the file was passed over on purpose. */
export const PASSED_OVER: readonly string[] = ['too_short', 'quarantined'];

interface StatusRow {
  readonly missing_since: string | null;
  readonly analyzed_at: string | null;
  readonly attempt_code: string | null;
  readonly error_code: string | null;
}

/** What has become of a track; whoever counts tracks by their state goes by the same. */
export function statusOf(row: StatusRow): Pick<Track, 'status' | 'statusReason'> {
  if (row.missing_since !== null) return { status: 'missing', statusReason: null };
  if (row.analyzed_at !== null) return { status: 'analyzed', statusReason: null };
  const reason = row.attempt_code ?? row.error_code;
  if (reason === null) return { status: 'waiting', statusReason: null };
  const isPassed = row.attempt_code !== null && PASSED_OVER.includes(reason);
  return { status: isPassed ? 'skipped' : 'failed', statusReason: reason };
}
