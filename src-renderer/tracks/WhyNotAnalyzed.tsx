import type { Track } from '../../src-main/library/tracks/contract';
import { useReasonWords } from '../queue';
import { hrefOf } from '../router';
import { Banner } from '../ui';

/** Why a track was skipped or failed, and what can be done about it; nothing for any other. */
export function WhyNotAnalyzed({ track: { status, statusReason, errorMessage } }: { track: Track }) {
  const wordsOf = useReasonWords();
  if (status !== 'skipped' && status !== 'failed') return null;
  const reason = statusReason ?? '';
  if (reason === 'too_short') {
    return (
      <Banner tone="calm" icon="skip" action={<a href={hrefOf({ screen: 'settings' })}>Change the shortest length</a>}>
        This track was skipped: it lasts {wordsOf(reason)}. With a lower limit it is analyzed like any other.
      </Banner>
    );
  }
  return (
    <Banner tone={status === 'failed' ? 'bad' : 'calm'} icon={status === 'failed' ? 'error' : 'skip'}>
      {status === 'failed' ? 'The analysis failed' : 'This track was skipped'}: {wordsOf(reason)}.{' '}
      {errorMessage ?? 'It is tried again when the file or the models change, or by “Analyze now”.'}
    </Banner>
  );
}
