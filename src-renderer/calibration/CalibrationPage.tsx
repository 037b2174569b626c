import { useState } from 'react';
import { Button, Empty, Loaded, Page } from '../ui';
import { ActiveVersion } from './ActiveVersion';
import { measureLibrary } from './calibration-actions';
import { PreviewPanel } from './PreviewPanel';
import { type Previewed, useVersions } from './use-calibration';
import { Versions } from './Versions';

/** Judging moods by what is usual in one's own library. */
export function CalibrationPage() {
  const versions = useVersions();
  const [previewed, preview] = useState<Previewed>(undefined);
  const [isMeasuring, setMeasuring] = useState(false);
  async function measure() {
    setMeasuring(true);
    await measureLibrary();
    setMeasuring(false);
  }
  return (
    <Page
      title="Calibration"
      lead="Judges moods by what is usual in your library: what is high here counts as high, without another analysis."
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
              Install models and let some tracks be analyzed; from 21 tracks on their scores can be measured, and 1,000
              are advised.
            </Empty>
          ) : (
            <>
              <ActiveVersion versions={items} library={library} />
              {previewed !== undefined && <PreviewPanel version={previewed} onClose={() => preview(undefined)} />}
              <Versions versions={items} previewed={previewed} onPreview={preview} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}
