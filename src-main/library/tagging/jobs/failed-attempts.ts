import type { Preset } from '../../../analysis/inference';
import type { KnownStamp } from '../../../platform/file-stamp';
import type { SettingsStore } from '../../../platform/settings';
import type { ErrorCode } from '../../../rpc';
import type { TrackRepository } from '../../tracks';
import type { TaggingSettings } from '../contract';

export interface AttemptsDeps {
  readonly tracks: Pick<TrackRepository, 'markAttempt' | 'listKnownFailures' | 'forgetTooShort'>;
  readonly version: (preset?: Preset) => string;
  readonly settings: Pick<SettingsStore<TaggingSettings>, 'current'>;
  readonly now?: () => Date;
}

/** What a failed attempt tells of the file, and not of the hour: a full disk or a worker that died may be past. */
const WOULD_FAIL_AGAIN: readonly ErrorCode[] = [
  'internal',
  'no_audio',
  'quarantined',
  'too_large',
  'too_short',
  'unreadable_audio',
  'unsupported_file',
];

/** The reasons by which those who asked are told that a track was passed over; any other code is `failed_before`. */
const REASONS: Readonly<Partial<Record<ErrorCode, string>>> = { quarantined: 'quarantined', too_short: 'too_short' };

/**
 * Remembers of which tracks the analysis failed, so that scans do not queue them each time anew: until the file, the
 * analysis version or, for what was too short, the least duration changes.
 */
export function createAttempts({ tracks, version, settings, now = () => new Date() }: AttemptsDeps) {
  const leastOf = (analysisVersion: string) => `${analysisVersion} from ${settings.current.min_duration_s} s`;

  return {
    /** Notes a failure, if it would be the same the next time. */
    remember(trackId: number, file: KnownStamp, code: ErrorCode, preset?: Preset): void {
      if (!WOULD_FAIL_AGAIN.includes(code)) return;
      const under = code === 'too_short' ? leastOf(version(preset)) : version(preset);
      tracks.markAttempt(trackId, { code, under, at: now().toISOString(), ...file });
    },
    /** The least duration is another: what is long enough now waits again. Tells how many tracks do. */
    leastChanged: (): number => tracks.forgetTooShort(settings.current.min_duration_s * 1000),
    /** The tracks of a library that a scan leaves alone, by id, each with the reason. */
    knownFailures(libraryId: number): ReadonlyMap<number, string> {
      const current = version();
      const found = tracks.listKnownFailures(libraryId, [current, leastOf(current)]);
      return new Map(found.map(({ id, code }) => [id, REASONS[code as ErrorCode] ?? 'failed_before']));
    },
  };
}
export type Attempts = ReturnType<typeof createAttempts>;
