import type { ScoreView, TrackDetail } from '../../src-main/library/tracks/contract';
import { hrefOf } from '../router';
import { Badge, Panel } from '../ui';
import styles from './Scores.module.css';
import { headWords, LEFT_OUT_WORDS, labelWords, shownScores, TIER_WORDS } from './score-words';

/** What the models detected, as bars: one group for each question they answer. */
export function Scores({ analysis }: { analysis: TrackDetail['analysis'] }) {
  if (analysis === null) {
    return (
      <Panel title="What was detected">
        <p className={styles.none}>This track has not been analyzed yet.</p>
      </Panel>
    );
  }
  if (analysis.scores.length === 0) {
    return (
      <Panel title="What was detected">
        <p className={styles.none}>
          Tempo, key and loudness only. Moods, voice and genre come from models, and none was installed when this track
          was analyzed. <a href={hrefOf({ screen: 'models' })}>Install models</a>, then analyze it again.
        </p>
      </Panel>
    );
  }
  const heads = Map.groupBy(analysis.scores, ({ head }) => head);
  return (
    <Panel
      title="What was detected"
      actions={
        analysis.isStale ? (
          <Badge tone="warn" icon="warning">
            analyzed before the last change
          </Badge>
        ) : undefined
      }
    >
      <dl className={styles.heads}>
        {[...heads].map(([head, scores]) => {
          const shown = shownScores(scores);
          return (
            <div key={head} className={styles.head}>
              <dt>{headWords(head)}</dt>
              <dd>
                {shown.map((score) => (
                  <ScoreBar key={score.label} score={score} isOnly={shown.length === 1} />
                ))}
              </dd>
            </div>
          );
        })}
      </dl>
    </Panel>
  );
}

/** A yes has no name of its own: the question says it. */
function ScoreBar({ score, isOnly }: { score: ScoreView; isOnly: boolean }) {
  const percent = Math.round(score.value * 100);
  const spread = `from ${score.min.toFixed(2)} to ${score.max.toFixed(2)} over the track`;
  return (
    <div className={`${styles.score} ${isOnly ? styles.only : ''}`} title={spread}>
      {!isOnly && <span className={styles.label}>{labelWords(score.label)}</span>}
      <span
        className={styles.bar}
        role="meter"
        aria-label={`${headWords(score.head)}: ${labelWords(score.label)}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.min(100, Math.max(0, percent))}
        aria-valuetext={`${percent} %, ${spread}`}
      >
        <span
          className={`${styles.fill} ${score.tier ? styles[score.tier] : ''}`}
          style={{ width: `${Math.min(100, Math.max(0, score.value * 100))}%` }}
        />
      </span>
      <span className={styles.value}>{score.value.toFixed(2)}</span>
      <span className={styles.tier}>
        {score.tier && (score.leftOut ? LEFT_OUT_WORDS[score.leftOut] : TIER_WORDS[score.tier])}
      </span>
    </div>
  );
}
