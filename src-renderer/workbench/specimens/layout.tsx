import { Button, Page, Panel } from '../../ui';
import { List, rowAt } from './List';
import type { Specimens } from './specimen';

const LONG = 'Everything that there is to say about the recordings of the last forty years, and then a little more';
const ACTION = <Button icon="add">Add folder …</Button>;

export const layout = {
  Page: [
    {
      state: 'with a lead and a toolbar',
      pageHeight: 240,
      isPage: true,
      show: (
        <Page title="Queue" lead="What is being analyzed, what waits, and how it ended." toolbar={ACTION}>
          <Panel title="Now">Nothing waits.</Panel>
        </Page>
      ),
    },
    {
      state: 'with a title alone',
      pageHeight: 160,
      isPage: true,
      show: (
        <Page title="Models">
          <p>None is installed.</p>
        </Page>
      ),
    },
    {
      state: 'long text',
      pageHeight: 280,
      isPage: true,
      show: (
        <Page title={LONG} lead={`${LONG}. ${LONG}.`} toolbar={ACTION}>
          <p>{LONG}</p>
        </Page>
      ),
    },
    {
      state: 'filling',
      pageHeight: 520,
      isPage: true,
      show: (
        <Page title="Library" isFilling>
          <List label="Tracks" total={100_000} rowAt={rowAt} isFilling />
        </Page>
      ),
    },
  ],
  Panel: [
    { state: 'with a title', show: <Panel title="Sound">Tempo, key and loudness.</Panel> },
    {
      state: 'with actions',
      show: (
        <Panel title="Versions" actions={<Button icon="drop">Import …</Button>}>
          The newest is in use.
        </Panel>
      ),
    },
    { state: 'without a title', show: <Panel>4 tracks</Panel> },
    {
      state: 'long text',
      show: (
        <Panel title={LONG} actions={ACTION}>
          {LONG}
        </Panel>
      ),
    },
  ],
} satisfies Specimens;
