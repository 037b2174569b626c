import { StaleTags } from '../tagging';
import { Panel } from '../ui';
import styles from './Settings.module.css';

const PLAYERS = ['Kodi', 'MPD', 'Quod Libet', 'beets', 'Navidrome'] as const;

/** Measured with the players themselves, but for Navidrome, of which its documents tell; see `docs/players.md`. */
const ROWS: readonly (readonly [string, ...string[]])[] = [
  ['MOOD', 'first mood', 'not in WMA', 'not in WAV', 'no', 'yes'],
  ['BPM', 'yes', 'FLAC, Ogg, Opus, WavPack', 'not in WAV', 'yes', 'yes'],
  ['INITIALKEY', 'no', 'FLAC, Ogg, Opus, WavPack, M4A', 'not in M4A, WAV, WMA', 'not in WMA', 'yes'],
  ['REPLAYGAIN', 'yes', 'yes', 'not in WAV, WMA', 'not in WMA', 'yes'],
  ['nom:happy', 'no', 'no', 'FLAC, Ogg, Opus, WavPack', 'no', 'once configured'],
  ['nom_happy, nom-happy', 'no', 'yes', 'FLAC, Ogg, Opus, WavPack', 'no', 'once configured'],
];

/** Which players see what of the tags that are written, and the files that hold older ones. */
export function PlayersPanel() {
  return (
    <Panel title="What players see">
      <p className={styles.muted}>
        The first four are written with “For all players”. The others are Tonearm's own names, as “Between namespace and
        name” says.
      </p>
      <table className={styles.players}>
        <thead>
          <tr>
            <th scope="col">Tag</th>
            {PLAYERS.map((player) => (
              <th key={player} scope="col">
                {player}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ROWS.map(([tag, ...cells]) => (
            <tr key={tag}>
              <th scope="row">
                <code>{tag}</code>
              </th>
              {cells.map((cell, at) => (
                <td key={PLAYERS[at]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <StaleTags />
    </Panel>
  );
}
