import { useState } from 'react';
import { isWindow } from '../api';
import { logout } from '../auth';
import { hrefOf } from '../router';
import { Button, chooseTheme, Loaded, Page, Panel, SelectField, TextField, type Theme, useTheme } from '../ui';
import { Backups } from './Backups';
import { PlayersPanel } from './PlayersPanel';
import { SettingRow } from './SettingRow';
import styles from './Settings.module.css';
import { settingFields } from './setting-fields';
import { useSettings } from './use-settings';

const FIELDS = settingFields();

export function SettingsPage() {
  const settings = useSettings();
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const fields = FIELDS.filter(({ name, title, description, effect }) =>
    `${name} ${title} ${description} ${effect}`.toLowerCase().includes(wanted),
  );
  return (
    <Page
      title="Settings"
      lead="Each says what it does, when a change holds and what it is when left alone. None needs a restart."
      toolbar={isWindow ? undefined : <Button onClick={() => void logout()}>Log out</Button>}
    >
      <Panel title="Analysis and writing">
        <div className={styles.search}>
          <TextField label="Search settings" value={search} onChange={setSearch} />
        </div>
        <Loaded of={settings} lines={8}>
          {(values) => (
            <div className={styles.rows}>
              {fields.map((field) => (
                <SettingRow key={`${field.name}=${values[field.name]}`} field={field} value={values[field.name]} />
              ))}
              {fields.length === 0 && <p className={styles.muted}>No setting has these words.</p>}
            </div>
          )}
        </Loaded>
      </Panel>
      <PlayersPanel />
      <Appearance />
      <Backups />
      <Security />
    </Page>
  );
}

function Security() {
  return (
    <Panel title="Security">
      <p className={styles.muted}>
        Password, second factor, passkeys, API keys, who is logged in, and what was done or tried:{' '}
        <a href={hrefOf({ screen: 'security' })}>open the security settings</a>.
      </p>
    </Panel>
  );
}

const THEMES: readonly (readonly [Theme, string])[] = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

function Appearance() {
  const theme = useTheme();
  return (
    <Panel title="Appearance">
      <div className={styles.narrow}>
        <SelectField
          label="Colours"
          value={theme}
          options={THEMES}
          onChange={chooseTheme}
          hint="On this machine only."
        />
      </div>
    </Panel>
  );
}
