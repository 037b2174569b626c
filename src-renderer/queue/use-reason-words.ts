import { useSettings } from '../settings';

const REASONS: Readonly<Record<string, string>> = {
  quarantined: 'brought the analyzer down twice',
  unreadable_audio: 'the audio cannot be decoded',
  unsupported_file: 'the file is not understood',
  no_audio: 'there is no audio in it',
  internal: 'something went wrong inside Tonearm',
};

/** Why files were skipped or failed, in a few words; a code that has none speaks for itself. */
export function useReasonWords(): (reason: string) => string {
  const { data: settings } = useSettings();
  return (reason) => {
    if (reason === 'too_short' && settings) return `under ${settings.min_duration_s} s`;
    return REASONS[reason] ?? reason.replaceAll('_', ' ');
  };
}
