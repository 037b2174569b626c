import { useId } from 'react';
import { ENCODINGS, type ImportPreview } from '../../../src-main/discovery/playlists/import/contract';
import { hrefOf } from '../../router';
import { Button, count, Empty, Page, Panel, Progress, SelectField, TextField } from '../../ui';
import { ENCODING_WORDS } from './encoding-words';
import styles from './Import.module.css';
import {
  nameIt,
  openAt,
  openFile,
  readIn,
  saveAsM3u,
  saveAsPlaylist,
  saveUnmatched,
  startOver,
  tracksToKeep,
  useImportStore,
} from './import-store';
import { AmbiguousLine, Lines, MatchedLine, UnmatchedLine } from './Lines';

/** A playlist from elsewhere, line by line: what it is here, what has to be decided, what is not here. */
export function ImportPage() {
  const { preview, isReading } = useImportStore();
  return (
    <Page
      title="Import a playlist"
      lead="From a file of another player or service. Nothing is sent anywhere."
      toolbar={
        <>
          <a className={styles.back} href={hrefOf({ screen: 'playlists' })}>
            All playlists
          </a>
          {preview && <Button onClick={startOver}>Another file …</Button>}
        </>
      }
    >
      {isReading && <Progress label="Looking for the tracks" text="Looking for the tracks in your library" />}
      {preview ? <Found preview={preview} /> : !isReading && <Beginning />}
    </Page>
  );
}

function Beginning() {
  const id = useId();
  return (
    <Empty
      icon="drop"
      title="Choose a file"
      action={
        <div className={styles.file}>
          <label htmlFor={id} className="visually-hidden">
            Playlist file
          </label>
          <input
            id={id}
            type="file"
            accept=".m3u,.m3u8,.pls,.xspf,.wpl,.zpl,.asx,.jspf,.json,.csv,.txt"
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              if (file) void openFile(file);
            }}
          />
        </div>
      }
    >
      M3U, PLS, XSPF, WPL and ASX of any player; Spotify’s account data or an Exportify table; Deezer, YouTube Music,
      and other tables with titles and artists.
    </Empty>
  );
}

function Found({ preview }: { preview: ImportPreview }) {
  const { matched, ambiguous, unmatched } = preview;
  return (
    <>
      <Keep preview={preview} />
      {ambiguous.length > 0 && (
        <Panel title={`To decide: ${count(ambiguous.length, 'track')}`}>
          <Lines label="To decide" of={ambiguous}>
            {(line) => <AmbiguousLine key={line.source.position} line={line} />}
          </Lines>
        </Panel>
      )}
      {unmatched.length > 0 && (
        <Panel
          title={`Not in your library: ${count(unmatched.length, 'track')}`}
          actions={
            <Button icon="drop" onClick={() => void saveUnmatched(preview)}>
              Save this list …
            </Button>
          }
        >
          <Lines label="Not in your library" of={unmatched}>
            {(source) => <UnmatchedLine key={source.position} source={source} />}
          </Lines>
        </Panel>
      )}
      {matched.length > 0 && (
        <Panel title={`Found: ${count(matched.length, 'track')}`}>
          <Lines label="Found" of={matched}>
            {(line) => <MatchedLine key={line.source.position} line={line} />}
          </Lines>
        </Panel>
      )}
    </>
  );
}

function Keep({ preview }: { preview: ImportPreview }) {
  const { chosen, name, encoding } = useImportStore();
  const tracks = tracksToKeep(preview, chosen).length;
  const { playlists, total, isEncodingGuessed } = preview;
  const isUnsure = isEncodingGuessed || encoding !== undefined;
  return (
    <Panel title={`${count(tracks, 'track')} of ${total} will be in it`}>
      <div className={styles.keep}>
        {playlists.length > 1 && (
          <SelectField
            label="Playlist in the file"
            value={String(playlists.findIndex((playlist) => playlist.name === preview.name))}
            options={playlists.map((playlist, index) => [String(index), `${playlist.name} (${playlist.tracks})`])}
            onChange={(index) => void openAt(Number(index))}
          />
        )}
        {isUnsure && preview.encoding && (
          <SelectField
            label="Letters of the file"
            hint="The file does not say in which encoding it is. If names look wrong, choose another."
            value={preview.encoding}
            options={ENCODINGS.map((each) => [each, ENCODING_WORDS[each]])}
            onChange={(chosenEncoding) => void readIn(chosenEncoding)}
          />
        )}
        <TextField label="Name" value={name} onChange={nameIt} />
        <div className={styles.buttons}>
          <Button look="primary" icon="check" disabled={tracks === 0} onClick={() => void saveAsPlaylist()}>
            Save as a playlist
          </Button>
          <Button icon="drop" disabled={tracks === 0} onClick={() => void saveAsM3u()}>
            Save as M3U …
          </Button>
        </div>
      </div>
    </Panel>
  );
}
