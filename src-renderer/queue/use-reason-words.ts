import { useSettings } from '../settings';
import { reasonWords } from './reason-words';

/** Why files were skipped or failed, in a few words. */
export function useReasonWords(): (reason: string) => string {
  const { data: settings } = useSettings();
  return (reason) => (reason === 'too_short' && settings ? `under ${settings.min_duration_s} s` : reasonWords(reason));
}
