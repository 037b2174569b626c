import { prefixOf } from '../../../files/tag-formats';
import type { Database } from '../../../platform/database';
import type { WriteMode } from '../../libraries/contract';
import { separatorOf, type TagSettings } from '../../moods';
import type { TaggingSettings } from '../contract';

/** From what our tags in a file were made, as far as other circumstances would make others. */
export interface TagState {
  readonly analysisVersion: string;
  /** See `writeFingerprint`. */
  readonly manner: string;
  /** See `moodsText`; empty in the mode `none`. */
  readonly moods: string;
}

/** The mode and the settings that shape what is written, as one text: the same for the same tags. */
export function writeFingerprint(
  mode: WriteMode,
  settings: TagSettings & Pick<TaggingSettings, 'overwrite_tags'>,
): string {
  if (mode === 'none') return mode;
  const keeps = settings.overwrite_tags ? '' : ' beside';
  const names = namesOf(settings);
  if (mode === 'minimal') return `${mode} ${names}${keeps}`;
  const standard = settings.overwrite_standard_fields ? ' all-players-over' : ' all-players';
  const alias = settings.write_alias_keys ? ' alias' : '';
  return `${mode} ${names}${keeps}${alias}${settings.write_standard_fields ? standard : ''}`;
}

/** The word in a fingerprint for how the names of our tags begin: `nom` (with a colon), `nom_`, `nom-`. */
export function namesOf(settings: Pick<TagSettings, 'namespace' | 'tag_separator'>): string {
  return prefixOf({ namespace: settings.namespace, separator: separatorOf(settings) }).replace(/:$/, '');
}

/** What the files were written from, by which those are found that hold older tags. */
export function createTagStates(db: Database) {
  const note = db.prepare(`
    INSERT INTO tag_state (track_id, analysis_version, manner, moods) VALUES (@trackId, @analysisVersion, @manner, @moods)
    ON CONFLICT (track_id) DO UPDATE SET
      analysis_version = excluded.analysis_version, manner = excluded.manner, moods = excluded.moods`);
  const forget = db.prepare('DELETE FROM tag_state WHERE track_id = ?');

  const isOf = db
    .prepare<[{ trackId: number; mode: WriteMode; manner: string; analysisVersion: string }], 1>(`
      SELECT 1 FROM tag_state LEFT JOIN mood_state USING (track_id)
      WHERE track_id = @trackId AND manner = @manner AND tag_state.analysis_version = @analysisVersion
        AND tag_state.moods IS CASE @mode WHEN 'none' THEN '' ELSE mood_state.moods END`)
    .pluck();

  return {
    /** Whether the tags in a file were made in this manner of this analysis and the moods that are decided now. */
    isOf: (trackId: number, wanted: { mode: WriteMode } & Omit<TagState, 'moods'>): boolean =>
      isOf.get({ ...wanted, trackId }) !== undefined,
    note(trackId: number, state: TagState): void {
      note.run({ ...state, trackId });
    },
    /** After an undo: what the file holds now was written under circumstances that nobody noted. */
    forget(trackId: number): void {
      forget.run(trackId);
    },
  };
}
export type TagStates = ReturnType<typeof createTagStates>;
