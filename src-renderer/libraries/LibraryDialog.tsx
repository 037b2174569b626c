import { useState } from 'react';
import type { Library } from '../../src-main/library/libraries/contract';
import { Button, count, Dialog, RemovalDialog, SelectField, SwitchField, TextField } from '../ui';
import { removeLibrary, updateLibrary } from './library-actions';
import { WRITE_MODES } from './write-modes';

/** How one library is treated, and the way to remove it. */
export function LibraryDialog({ library, onClose }: { library: Library; onClose(): void }) {
  const [draft, setDraft] = useState(library);
  const [isRemoving, setRemoving] = useState(false);
  const change = (changes: Partial<Library>) => setDraft({ ...draft, ...changes });

  async function save() {
    const { name, writeMode, autoWrite, keepMtime, hardLinks, ignorePatterns, watchMode, pollIntervalS } = draft;
    const isSaved = await updateLibrary(library, {
      name,
      writeMode,
      autoWrite,
      keepMtime,
      hardLinks,
      ignorePatterns,
      watchMode,
      pollIntervalS,
    });
    if (isSaved) onClose();
  }

  if (isRemoving) return <RemoveDialog library={library} onClose={onClose} />;
  return (
    <Dialog
      title={`Settings of ${library.name}`}
      onClose={onClose}
      onSubmit={save}
      actions={
        <>
          <Button look="danger" icon="trash" onClick={() => setRemoving(true)}>
            Remove …
          </Button>
          <Button type="submit" look="primary">
            Save
          </Button>
        </>
      }
    >
      <TextField name="name" label="Name" value={draft.name} onChange={(name) => change({ name })} isRequired />
      <SelectField
        name="writeMode"
        label="What is written into its files"
        value={draft.writeMode}
        options={WRITE_MODES}
        onChange={(writeMode) => change({ writeMode })}
      />
      <SwitchField
        name="autoWrite"
        label="Write tags automatically"
        hint="Tracks that a scan finds are written without being asked for one by one. For what is analyzed already you see a plan first."
        isOn={draft.autoWrite}
        onChange={(autoWrite) => change({ autoWrite })}
      />
      <SwitchField
        name="keepMtime"
        label="Keep the time of files"
        hint="A file that was written does not look recently changed to other programs."
        isOn={draft.keepMtime}
        onChange={(keepMtime) => change({ keepMtime })}
      />
      <SelectField
        name="hardLinks"
        label="Files that have several names (hard links)"
        value={draft.hardLinks}
        options={[
          ['skip', 'Leave them alone'],
          ['break', 'Give this library a copy of its own'],
        ]}
        onChange={(hardLinks) => change({ hardLinks })}
      />
      <SelectField
        name="watchMode"
        label="Notice changes between scans"
        value={draft.watchMode}
        options={[
          ['events', 'At once, as the system tells of them'],
          ['poll', 'By checking every so often'],
          ['off', 'Only when I scan'],
        ]}
        onChange={(watchMode) => change({ watchMode })}
        hint={
          draft.watchMode === 'events'
            ? 'A network share does not tell of changes; it is checked every so often.'
            : undefined
        }
      />
      {draft.watchMode !== 'off' && (
        <SelectField
          name="pollIntervalS"
          label="Check every"
          value={String(draft.pollIntervalS)}
          options={pollIntervals(draft.pollIntervalS)}
          onChange={(seconds) => change({ pollIntervalS: Number(seconds) })}
        />
      )}
      <TextField
        name="ignorePatterns"
        label="Leave out"
        value={draft.ignorePatterns}
        onChange={(ignorePatterns) => change({ ignorePatterns })}
        placeholder="**/Podcasts/**, *.tmp.mp3"
        hint="Patterns of paths, separated by commas."
      />
    </Dialog>
  );
}

const POLL_INTERVALS: readonly (readonly [string, string])[] = [
  ['60', 'minute'],
  ['300', 'five minutes'],
  ['900', 'quarter of an hour'],
  ['3600', 'hour'],
];

/** An interval that a script has chosen stands beside the usual ones. */
function pollIntervals(seconds: number): (readonly [string, string])[] {
  const isUsual = POLL_INTERVALS.some(([value]) => value === String(seconds));
  return isUsual ? [...POLL_INTERVALS] : [...POLL_INTERVALS, [String(seconds), `${seconds} seconds`]];
}

function RemoveDialog({ library, onClose }: { library: Library; onClose(): void }) {
  const known = library.trackCount + library.missingCount;
  return (
    <RemovalDialog
      title={`Remove ${library.name}?`}
      action={`Remove ${count(known, 'entry', 'entries')}, keep files`}
      remove={() => removeLibrary(library)}
      onClose={onClose}
    >
      <p>
        Tonearm forgets the folder, {count(known, 'track')} with every analysis, its jobs in the queue and the list of
        its scans; playlists of tracks lose what they hold of it. No file in <code>{library.root_path}</code> is deleted
        or changed; tags that were written stay.
      </p>
    </RemovalDialog>
  );
}
