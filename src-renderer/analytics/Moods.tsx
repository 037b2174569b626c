import type { MoodTier } from '../../src-main/discovery/analytics/contract';
import { hrefOf } from '../router';
import { TIER_WORDS } from '../tracks';
import { Empty, Loaded, number, Panel } from '../ui';
import styles from './Analytics.module.css';
import { openMood, showTier, useAnalyticsStore } from './analytics-store';
import { Bars } from './Bars';
import { Correlations } from './Correlations';
import { useMoodAnalysis, useMoodDistribution } from './use-analytics';

const TIERS = ['strict', 'regular', 'loose'] as const;

/** The moods of the library; what to do, where there are none. */
export function Moods() {
  const distribution = useMoodDistribution();
  return (
    <Loaded of={distribution} lines={6}>
      {({ analyzedTracks, mood_distribution, tier }) =>
        analyzedTracks === 0 ? (
          <Empty icon="wave" title="Nothing was analyzed yet">
            Moods, tempo and key are counted once tracks have been analyzed.{' '}
            <a href={hrefOf({ screen: 'library' })}>Go to the library</a> and analyze it.
          </Empty>
        ) : (
          <>
            <Panel title="Moods" actions={<TierSwitch />}>
              <Bars
                bars={mood_distribution.map(({ mood, count, ofAnalyzed }) => ({
                  name: mood,
                  count,
                  percentage: ofAnalyzed,
                }))}
                onOpen={openMood}
                none={<NoMoods tier={tier} />}
              />
            </Panel>
            {mood_distribution.length > 0 && (
              <>
                <Balance />
                <Correlations />
              </>
            )}
          </>
        )
      }
    </Loaded>
  );
}

function NoMoods({ tier }: { tier: MoodTier }) {
  return (
    <>
      {tier === 'loose' ? 'No moods were detected.' : 'No mood is as sure as that. Choose “Perhaps”.'}{' '}
      <a href={hrefOf({ screen: 'models' })}>Moods need models</a>.
    </>
  );
}

function TierSwitch() {
  const tier = useAnalyticsStore((state) => state.tier);
  return (
    <fieldset className={styles.switch}>
      <legend className="visually-hidden">How sure a mood has to be</legend>
      {TIERS.map((value) => (
        <label key={value}>
          <input type="radio" name="tier" checked={tier === value} onChange={() => showTier(value)} />
          <span>{TIER_WORDS[value]}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** How the library leans between moods that exclude each other. */
function Balance() {
  return (
    <Panel title="Opposites">
      <Loaded of={useMoodAnalysis()}>
        {({ balance }) => (
          <ul className={styles.balance}>
            {balance.map(({ sides: [a, b] }) => (
              <li key={a.mood}>
                <span>
                  {a.mood} <b>{number(a.count)}</b> <span className={styles.share}>{a.percentage.toFixed(0)} %</span>
                </span>
                <span className={styles.scale} aria-hidden="true">
                  <span className={styles.current} style={{ flexGrow: a.count }} />
                  <span className={styles.older} style={{ flexGrow: b.count }} />
                </span>
                <span className={styles.right}>
                  <span className={styles.share}>{b.percentage.toFixed(0)} %</span> <b>{number(b.count)}</b> {b.mood}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Panel>
  );
}
