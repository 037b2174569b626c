import { useState } from 'react';
import { api, useCall } from '../api';
import { hrefOf } from '../router';
import { Button, copyText, count, Loaded, Page, Panel, SelectField } from '../ui';
import styles from './Playlists.module.css';
import { saveText } from './playlist-actions';

type Style = 'dotted' | 'tables';
type Mood = 'none' | 'strict' | 'regular' | 'loose';

const STYLES: readonly (readonly [Style, string])[] = [
  ['dotted', 'At the top of navidrome.toml'],
  ['tables', 'At the end of navidrome.toml'],
];
const MOODS: readonly (readonly [Mood, string])[] = [
  ['none', 'Leave it alone'],
  ['strict', 'Add the moods that are sure'],
  ['regular', 'Add the moods that are likely'],
  ['loose', 'Add every mood that was detected'],
];

/** The lines that Navidrome needs to know our tags, and what its person has to do with them. */
export function NavidromePage() {
  const [style, setStyle] = useState<Style>('dotted');
  const [mood, setMood] = useState<Mood>('none');
  const config = useCall(api.playlists.config, { style, feed_mood: mood }, { refreshOn: 'settings.changed' });
  const place =
    style === 'dotted' ? 'the top of navidrome.toml, before the first line in [brackets]' : 'the end of navidrome.toml';
  return (
    <Page
      title="Set up Navidrome"
      lead="Navidrome reads only the tags that its configuration names. Version 0.55 or newer is needed."
      toolbar={
        <a className={styles.back} href={hrefOf({ screen: 'playlists' })}>
          All playlists
        </a>
      }
    >
      <Panel title="What you have to do">
        <ol className={styles.steps}>
          <li>Copy the lines below to {place}. If tags of Tonearm stand there already, replace them.</li>
          <li>Restart Navidrome. Environment variables cannot set these lines.</li>
          <li>Start a full scan in Navidrome. A quick scan does not read the tags of files that did not change.</li>
        </ol>
      </Panel>
      <Panel title="Choices">
        <div className={styles.fields}>
          <SelectField label="Where the lines go" value={style} options={STYLES} onChange={setStyle} />
          <SelectField
            label="Navidrome’s own mood field"
            hint="Its usual sources stay."
            value={mood}
            options={MOODS}
            onChange={setMood}
          />
        </div>
      </Panel>
      <Loaded of={config} lines={8}>
        {({ config: text, tag_count, warnings }) => (
          <Panel
            title={`Lines for ${count(tag_count, 'tag')}`}
            actions={
              <>
                <Button look="primary" icon="copy" onClick={() => void copyText(text, 'The configuration')}>
                  Copy
                </Button>
                <Button icon="drop" onClick={() => void saveText('tonearm-tags.toml', text)}>
                  Save …
                </Button>
              </>
            }
          >
            {warnings.length > 0 && (
              <ul className={styles.warnings} aria-label="What to know">
                {warnings.map((warning) => (
                  <li key={warning}>{warning}</li>
                ))}
              </ul>
            )}
            <textarea className={styles.code} aria-label="Lines for navidrome.toml" readOnly rows={18} value={text} />
          </Panel>
        )}
      </Loaded>
    </Page>
  );
}
