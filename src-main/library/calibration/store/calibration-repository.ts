import type { Database } from '../../../platform/database';
import type { CalibratedLabel, Measure } from '../measure';

/** One version: what the library measured like once. */
export interface CalibrationVersion {
  readonly id: number;
  readonly analysisVersion: string;
  readonly source: 'generated' | 'imported';
  readonly librarySize: number;
  readonly minSamples: number;
  readonly note: string;
  readonly isActive: boolean;
  readonly createdAt: string;
  readonly activatedAt: string | null;
}

/** What is known of a label in one version. An imported file may know only where its scores lie. */
export type MeasuredLabel = CalibratedLabel &
  Pick<Measure, 'p5' | 'p95'> & { readonly [M in Exclude<keyof Measure, 'p5' | 'p95'>]: Measure[M] | null };

export type NewCalibration = Pick<
  CalibrationVersion,
  'analysisVersion' | 'source' | 'librarySize' | 'minSamples' | 'note'
> & { readonly labels: readonly MeasuredLabel[] };

interface VersionRow {
  id: number;
  analysis_version: string;
  source: CalibrationVersion['source'];
  library_size: number;
  min_samples: number;
  note: string;
  is_active: 0 | 1;
  created_at: string;
  activated_at: string | null;
}
type CalibrationLabelRow = Omit<MeasuredLabel, 'histogram'> & { histogram: string | null };

/** Every calibration there ever was; none is changed after it was made, but which one is in force. */
export function createCalibrationRepository(db: Database, now: () => Date = () => new Date()) {
  const add = db.prepare(`
    INSERT INTO calibration (analysis_version, source, library_size, min_samples, note, created_at)
    VALUES (@analysisVersion, @source, @librarySize, @minSamples, @note, @createdAt)`);
  const addLabel = db.prepare(`
    INSERT INTO calibration_label (calibration_id, head, label, backbone, kind, samples, p5, p25, median, p75, p95, mean,
      std, min, max, histogram)
    VALUES (@id, @head, @label, @backbone, @kind, @samples, @p5, @p25, @median, @p75, @p95, @mean,
      @std, @min, @max, @histogram)`);
  const byId = db.prepare<[number], VersionRow>('SELECT * FROM calibration WHERE id = ?');
  const all = db.prepare<[], VersionRow>('SELECT * FROM calibration ORDER BY id DESC');
  const labels = db.prepare<[number], CalibrationLabelRow>(`
    SELECT head, label, backbone, kind, samples, p5, p25, median, p75, p95, mean, std, min, max, histogram
    FROM calibration_label WHERE calibration_id = ? ORDER BY head, label`);
  const lastActivated = db.prepare<[], VersionRow>(
    'SELECT * FROM calibration WHERE is_active = 1 ORDER BY activated_at DESC, id DESC LIMIT 1',
  );
  const before = db.prepare<[string, number], VersionRow>(
    'SELECT * FROM calibration WHERE analysis_version = ? AND id < ? ORDER BY id DESC LIMIT 1',
  );
  const usedBefore = db.prepare<[string, number], VersionRow>(`
    SELECT * FROM calibration WHERE analysis_version = ? AND id < ? AND activated_at IS NOT NULL
    ORDER BY id DESC LIMIT 1`);
  const retire = db.prepare('UPDATE calibration SET is_active = 0 WHERE analysis_version = ? AND is_active = 1');
  const enforce = db.prepare('UPDATE calibration SET is_active = 1, activated_at = ? WHERE id = ?');
  const toMaybe = (row: VersionRow | undefined) => row && toVersion(row);

  const find = (id: number): CalibrationVersion | undefined => toMaybe(byId.get(id));

  return {
    find,
    add: db.transaction(({ labels, ...calibration }: NewCalibration): CalibrationVersion => {
      const id = Number(add.run({ ...calibration, createdAt: now().toISOString() }).lastInsertRowid);
      for (const label of labels) {
        addLabel.run({ ...label, id, histogram: label.histogram && JSON.stringify(label.histogram) });
      }
      return find(id)!;
    }),
    /** Newest first. */
    list: (): CalibrationVersion[] => all.all().map(toVersion),
    listLabels: (id: number): MeasuredLabel[] => labels.all(id).map(toLabel),
    /** Of all analysis versions: the one that was put into force last, if any is. */
    findInForce: () => toMaybe(lastActivated.get()),
    /** The one made before, for the same analysis version. */
    findBefore: ({ analysisVersion, id }: CalibrationVersion) => toMaybe(before.get(analysisVersion, id)),
    /** The last one before that was in force once. */
    findUsedBefore: ({ analysisVersion, id }: CalibrationVersion) => toMaybe(usedBefore.get(analysisVersion, id)),
    /** Puts one into force for its analysis version, or none. */
    activate: db.transaction((analysisVersion: string, id: number | null): void => {
      retire.run(analysisVersion);
      if (id !== null) enforce.run(now().toISOString(), id);
    }),
  };
}
export type CalibrationRepository = ReturnType<typeof createCalibrationRepository>;

function toVersion(row: VersionRow): CalibrationVersion {
  return {
    id: row.id,
    analysisVersion: row.analysis_version,
    source: row.source,
    librarySize: row.library_size,
    minSamples: row.min_samples,
    note: row.note,
    isActive: row.is_active === 1,
    createdAt: row.created_at,
    activatedAt: row.activated_at,
  };
}

function toLabel({ histogram, ...row }: CalibrationLabelRow): MeasuredLabel {
  return { ...row, histogram: histogram === null ? null : (JSON.parse(histogram) as number[]) };
}
