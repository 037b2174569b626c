import { PASSED_OVER, type ScanRun } from '../contract';

/** What a scan did not take into the library, in a sentence; null when there was nothing. */
export function sayPassedOver(passedOver: ScanRun['passedOver']): string | null {
  const parts = Object.entries(passedOver).map(
    ([reason, count]) => `${count} ${PASSED_OVER[reason as keyof typeof PASSED_OVER]}`,
  );
  return parts.length > 0 ? `Besides its tracks: ${parts.join('; ')}.` : null;
}
