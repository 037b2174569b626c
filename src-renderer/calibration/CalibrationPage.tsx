import { useState } from 'react';
import { Button, Empty, Loaded, Page } from '../ui';
import { measureLibrary } from './calibration-actions';
import { InForce } from './InForce';
import { PreviewPanel } from './PreviewPanel';
import { type Looked, useVersions } from './use-calibration';
import { Versions } from './Versions';

/** Judging moods by what is usual in one's own library. */
export function CalibrationPage() {
  const versions = useVersions();
  const [looked, look] = useState<Looked>(undefined);
  const [isMeasuring, setMeasuring] = useState(false);
  async function measure() {
    setMeasuring(true);
    await measureLibrary();
    setMeasuring(false);
  }
  return (
    <Page
      title="Calibration"
      lead="Judges moods by what is usual in your library: what is high here counts as high, without listening again."
      toolbar={
        <Button
          icon="wave"
          look="primary"
          isBusy={isMeasuring}
          disabled={!versions.data || versions.data.library.tracks === 0}
          onClick={() => void measure()}
        >
          Measure the library
        </Button>
      }
    >
      <Loaded of={versions} lines={6}>
        {({ items, library }) =>
          library.tracks === 0 && items.length === 0 ? (
            <Empty icon="wave" title="Nothing to measure yet">
              Install models and let some tracks be listened to; from 21 tracks on their scores can be measured, and
              1,000 are advised.
            </Empty>
          ) : (
            <>
              <InForce versions={items} library={library} />
              {looked !== undefined && <PreviewPanel version={looked} onClose={() => look(undefined)} />}
              <Versions versions={items} looked={looked} onLook={look} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}
