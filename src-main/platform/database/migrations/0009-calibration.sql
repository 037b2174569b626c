-- One measuring of the library: where the scores of each head's labels lie. Every one is kept, so that an older one can
-- be put back into force. AUTOINCREMENT: files name the calibration they were written with, so no number comes twice.
CREATE TABLE calibration (
  id               INTEGER PRIMARY KEY AUTOINCREMENT,
  analysis_version TEXT NOT NULL,          -- whose scores it is for; no other is touched by it
  source           TEXT NOT NULL CHECK (source IN ('generated', 'imported')),
  library_size     INTEGER NOT NULL,       -- tracks that were measured
  min_samples      INTEGER NOT NULL,       -- with fewer it is blended towards the raw scores
  note             TEXT NOT NULL DEFAULT '',
  is_active        INTEGER NOT NULL DEFAULT 0,
  created_at       TEXT NOT NULL,
  activated_at     TEXT                    -- when it was last put into force
);
CREATE UNIQUE INDEX calibration_in_force ON calibration (analysis_version) WHERE is_active = 1;

CREATE TABLE calibration_label (
  calibration_id INTEGER NOT NULL REFERENCES calibration (id) ON DELETE CASCADE,
  head           TEXT NOT NULL,
  label          TEXT NOT NULL,
  backbone       TEXT NOT NULL,
  kind           TEXT NOT NULL,
  samples        INTEGER,                  -- NULL: imported without saying
  p5             REAL NOT NULL,
  p95            REAL NOT NULL,
  -- NULL where an imported file did not say.
  p25            REAL,
  median         REAL,
  p75            REAL,
  mean           REAL,
  std            REAL,
  min            REAL,
  max            REAL,
  histogram      TEXT,                     -- JSON: how many scores in each hundredth of 0…1
  PRIMARY KEY (calibration_id, head, label)
) WITHOUT ROWID;

-- From what the moods in track_mood were decided: where any of it is another now, they are due again.
CREATE TABLE mood_state (
  track_id    INTEGER PRIMARY KEY REFERENCES track (id) ON DELETE CASCADE,
  analysis_id INTEGER NOT NULL,
  heard_at    TEXT NOT NULL,               -- analysis.created_at
  calibration TEXT NOT NULL,               -- calibration.id, or none
  moods       TEXT NOT NULL                -- happy:3,party:1
);

-- From what our tags in a file were made; a file without a row was written before this was noted.
CREATE TABLE tag_state (
  track_id         INTEGER PRIMARY KEY REFERENCES track (id) ON DELETE CASCADE,
  analysis_version TEXT NOT NULL,
  manner           TEXT NOT NULL,          -- write mode, namespace and the settings that shape tags
  moods            TEXT NOT NULL           -- as mood_state.moods
);
