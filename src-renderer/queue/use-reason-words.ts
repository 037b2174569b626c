import { api, useCall } from '../api';
import { reasonWords } from './reason-words';

/** Why files were skipped or failed, in a few words. */
export function useReasonWords(): (reason: string) => string {
  const { data: settings } = useCall(api.settings.get, {}, { refreshOn: 'settings.changed' });
  return (reason) => (reason === 'too_short' && settings ? `under ${settings.min_duration_s} s` : reasonWords(reason));
}
