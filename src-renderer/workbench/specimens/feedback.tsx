import { useEffect } from 'react';
import {
  Badge,
  Banner,
  Button,
  Empty,
  Failed,
  Loaded,
  Notices,
  Progress,
  QrCode,
  tellDone,
  tellFailed,
  tellUndoable,
} from '../../ui';
import styles from '../Workbench.module.css';
import type { Specimen, Specimens } from './specimen';

const TONES = ['calm', 'good', 'warn', 'bad', 'accent'] as const;
const LONG =
  'The file /home/anna/Music/Río Seco/Lanterns/A very long name of a song that never ends.flac is read-only.';

/** Tells something once, and again when asked: what was done goes away by itself. */
function NoticeButton({ tell }: { tell(): void }) {
  useEffect(tell, [tell]);
  return (
    <>
      <Button onClick={tell}>Tell it again</Button>
      <Notices />
    </>
  );
}

const tellOfUndo = () => tellDone('3 files were written.', { label: 'Undo', run: () => tellDone('It was undone.') });
const tellOfRemoval = () =>
  tellUndoable('46 waiting jobs taken out of the queue.', () => tellDone('46 jobs put back.'));
const tellOfFailure = () => tellFailed(new Error('There is no host of this name.'));
function tellTwoAtOnce() {
  tellDone('The folder was added.');
  tellFailed(new Error(LONG));
}
function tellMoreThanFit() {
  for (let number = 1; number <= 6; number += 1) tellFailed(new Error(`Number ${number} of 6.`));
}

const NOTICES: readonly Specimen[] = [
  { state: 'done, with a way back', show: <NoticeButton tell={tellOfUndo} />, pageHeight: 150 },
  { state: 'taken away, with the seconds that are left', show: <NoticeButton tell={tellOfRemoval} />, pageHeight: 150 },
  { state: 'failed', show: <NoticeButton tell={tellOfFailure} />, pageHeight: 150 },
  { state: 'done and failed, long text', show: <NoticeButton tell={tellTwoAtOnce} />, pageHeight: 260 },
  { state: 'more than are shown at once', show: <NoticeButton tell={tellMoreThanFit} />, pageHeight: 320 },
];

const PICTURE = 'M0 0h3v3h-3zM6 0h3v3h-3zM0 6h3v3h-3zM4 4h1v1h-1zM6 4h2v1h-2zM5 6h1v3h-1zM7 7h2v2h-2z';

const PROGRESS = [
  { state: 'at the beginning', value: 0, text: 'nothing yet' },
  { state: 'under way', value: 0.43, text: '2,180 of 5,120 tracks' },
  { state: 'at the end', value: 1, text: 'all of 5,120 tracks' },
  { state: 'paused', value: 0.43, text: '2,180 of 5,120 tracks', isPaused: true },
  { state: 'slim', value: 0.43, text: '2,180 of 5,120 tracks', isSlim: true },
  { state: 'without a known end', text: 'counting' },
];

export const feedback = {
  Badge: [
    {
      state: 'in all tones',
      show: (
        <div className={styles.row}>
          {TONES.map((tone) => (
            <Badge key={tone} tone={tone}>
              {tone}
            </Badge>
          ))}
        </div>
      ),
    },
    {
      state: 'with an icon',
      show: (
        <div className={styles.row}>
          {TONES.map((tone) => (
            <Badge key={tone} tone={tone} icon="waiting">
              {tone}
            </Badge>
          ))}
        </div>
      ),
    },
    { state: 'long text', show: <Badge icon="check">ready, verified, in use since Friday</Badge> },
  ],
  Banner: [
    {
      state: 'bad, with something to do',
      show: (
        <Banner tone="bad" icon="connections" action={<Button>Try now</Button>}>
          <strong>No connection to Tonearm since 7:52:10 AM.</strong> What you see is from then.
        </Banner>
      ),
    },
    {
      state: 'a warning',
      show: (
        <Banner tone="warn" icon="warning">
          The disk is nearly full.
        </Banner>
      ),
    },
    {
      state: 'calm',
      show: (
        <Banner tone="calm" icon="models">
          No model is installed, so there are no moods.
        </Banner>
      ),
    },
    {
      state: 'long text',
      show: (
        <Banner tone="warn" icon="warning">
          {LONG}
        </Banner>
      ),
    },
  ],
  Progress: PROGRESS.map(({ state, ...progress }) => ({ state, show: <Progress label={state} {...progress} /> })),
  QrCode: [{ state: 'of nine modules', show: <QrCode path={PICTURE} size={9} label="An example" /> }],
  Loaded: [
    { state: 'busy', show: <Loaded of={{ data: undefined, error: null, refetch() {} }}>{() => null}</Loaded> },
    {
      state: 'busy, more lines',
      show: (
        <Loaded of={{ data: undefined, error: null, refetch() {} }} lines={8}>
          {() => null}
        </Loaded>
      ),
    },
    {
      state: 'failed',
      show: (
        <Loaded of={{ data: undefined, error: new Error('The library is gone.'), refetch() {} }}>{() => null}</Loaded>
      ),
    },
    {
      state: 'loaded, and a refresh failed',
      show: (
        <Loaded of={{ data: 'What was there before stays.', error: new Error('The library is gone.'), refetch() {} }}>
          {(text) => <p>{text}</p>}
        </Loaded>
      ),
    },
  ],
  Failed: [
    { state: 'with a way on', show: <Failed error={new Error('The library is gone.')} onRetry={() => {}} /> },
    { state: 'without a reason or a way on', show: <Failed error={undefined} /> },
    { state: 'long text', show: <Failed error={new Error(LONG)} onRetry={() => {}} /> },
  ],
  Empty: [
    {
      state: 'with an action',
      show: (
        <Empty icon="playlist" title="No playlists yet" action={<Button icon="add">New playlist</Button>}>
          Build one from rules, or begin with a template.
        </Empty>
      ),
    },
    {
      state: 'without an action',
      show: (
        <Empty icon="search" title="Nothing has this name">
          Try fewer letters.
        </Empty>
      ),
    },
    {
      state: 'long text',
      show: (
        <Empty icon="drop" title="Nothing of what was dropped here is music that can be read">
          {LONG}
        </Empty>
      ),
    },
  ],
  Notices: NOTICES,
} satisfies Specimens;
