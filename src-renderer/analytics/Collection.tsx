import type { z } from 'zod';
import type { analyticsContract } from '../../src-main/discovery/analytics/contract';
import { bytes, clock, number, Panel, span } from '../ui';
import styles from './Analytics.module.css';
import { Bars, Columns } from './Bars';
import { tempoColumns, yearColumns } from './scales';

type Overview = z.output<typeof analyticsContract.overview.output>;
const GENRES_SHOWN = 12;

/** The numbers that say how much there is. */
export function Totals({ of }: { of: Overview }) {
  const totals = [
    ['Tracks', number(of.file_count)],
    ['Playing time', span(of.total_duration_ms / 1000)],
    ['On disk', bytes(of.total_file_size_bytes)],
    ['Average length', clock(of.avg_track_length_ms)],
  ] as const;
  return (
    <dl className={styles.totals}>
      {totals.map(([name, value]) => (
        <div key={name} className={styles.total}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** How the collection is made up: what the files say, and the tempo and key that were detected. */
export function Collection({ of }: { of: Overview }) {
  const unanalyzed = 'Known once tracks are analyzed.';
  return (
    <div className={styles.grid}>
      <Panel title="Tempo, in beats per minute">
        <Columns columns={tempoColumns(of.tempoHistogram)} none={unanalyzed} />
      </Panel>
      <Panel title="Years">
        <Columns columns={yearColumns(of.year_distribution)} none="The files name no years." />
      </Panel>
      <Panel title="Genres in the files">
        <Bars bars={of.genre_distribution.slice(0, GENRES_SHOWN)} none="The files name no genres." />
      </Panel>
      <Panel title="Keys">
        <Bars bars={of.keyDistribution.slice(0, GENRES_SHOWN)} none={unanalyzed} />
      </Panel>
      <Panel title="Containers">
        <Bars bars={of.containers} none="None could be read." />
      </Panel>
    </div>
  );
}
