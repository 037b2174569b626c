import { tryToConnect, useConnection } from '../api';
import { Banner, Button, time } from '../ui';

/** Says that the application is gone, since when, and that what is shown is from then. */
export function ConnectionBanner() {
  const lostSince = useConnection(({ lostSince: since }) => since);
  return (
    <div role="alert">
      {lostSince !== null && (
        <Banner tone="bad" icon="connections" action={<Button onClick={tryToConnect}>Try now</Button>}>
          <strong>No connection to Tonearm since {time(lostSince)}.</strong> What you see is from then and may be
          different by now. It is tried again by itself.
        </Banner>
      )}
    </div>
  );
}
