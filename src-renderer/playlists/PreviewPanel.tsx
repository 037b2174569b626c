import { Badge, count, Failed, Panel } from '../ui';
import styles from './Playlists.module.css';
import type { usePreview } from './use-playlists';

/** How many tracks the rules find, the first of them, and what the preview cannot know. */
export function PreviewPanel({ preview }: { preview: ReturnType<typeof usePreview> }) {
  const { data, error, isOld } = preview;
  return (
    <div className={styles.preview}>
      <Panel title="What it finds now">
        {error && !data && <Failed error={error} />}
        <p className={styles.count} role="status">
          {data && !isOld ? foundWords(data) : 'Looking …'}
        </p>
        {data && <Warnings data={data} />}
        <ol className={`${styles.sample} ${isOld ? styles.old : ''}`} aria-label="The first tracks" aria-busy={isOld}>
          {data?.preview.map(({ path, title, artist }) => (
            <li key={path} title={path}>
              <span className={styles.sampleTitle}>{title}</span>
              <span className={styles.muted}>{artist || 'Unknown artist'}</span>
            </li>
          ))}
        </ol>
      </Panel>
    </div>
  );
}

type Data = NonNullable<ReturnType<typeof usePreview>['data']>;

function foundWords({ matched_tracks, findings }: Data): string {
  const isWrong = findings.some(({ severity }) => severity === 'error');
  return isWrong ? 'A rule is not finished' : count(matched_tracks, 'track');
}

/** What belongs to a rule stands beside that rule; here is the rest. */
function Warnings({ data: { warnings, findings, unjudged } }: { data: Data }) {
  const beside = new Set(findings.filter(({ path }) => path.length > 0).map(({ message }) => message));
  const rest = [...new Set(warnings)].filter((warning) => !beside.has(warning));
  if (rest.length === 0) return null;
  return (
    <ul className={styles.warnings} aria-label="What to know">
      {rest.map((warning) => (
        <li key={warning}>{warning}</li>
      ))}
      {unjudged.length > 0 && (
        <li>
          <Badge tone="warn">{`${count(unjudged.length, 'rule')} judged by Navidrome alone`}</Badge>
        </li>
      )}
    </ul>
  );
}
