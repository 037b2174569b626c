-- What one version of the analysis heard in a track. Scores of different versions are never compared.
CREATE TABLE analysis (
  id         INTEGER PRIMARY KEY,
  track_id   INTEGER NOT NULL REFERENCES track (id) ON DELETE CASCADE,
  version    TEXT NOT NULL,     -- decoder, resampler, front end, preset and models, in short
  preset     TEXT NOT NULL,
  duration_s REAL NOT NULL,
  patches    INTEGER NOT NULL,
  is_short   INTEGER NOT NULL DEFAULT 0,  -- its only patch had to be looped
  is_truncated INTEGER NOT NULL DEFAULT 0,  -- the file ended before its audio did
  -- The file that was heard: when it is another now, the analysis is stale.
  size_bytes INTEGER NOT NULL,
  mtime_ms   REAL NOT NULL,
  created_at TEXT NOT NULL,
  UNIQUE (track_id, version)
);

-- Raw activations of one head's label, pooled over the patches; nothing here is calibrated.
CREATE TABLE score (
  analysis_id  INTEGER NOT NULL REFERENCES analysis (id) ON DELETE CASCADE,
  head         TEXT NOT NULL,
  label        TEXT NOT NULL,
  position     INTEGER NOT NULL,  -- the label's index in the head's output
  backbone     TEXT NOT NULL,
  kind         TEXT NOT NULL CHECK (kind IN ('softmax', 'sigmoid', 'identity')),
  mean         REAL NOT NULL,
  trimmed_mean REAL NOT NULL,
  std          REAL,              -- over the patches; NULL when there was only one
  min          REAL NOT NULL,
  max          REAL NOT NULL,
  PRIMARY KEY (analysis_id, head, label)
) WITHOUT ROWID;

CREATE TABLE embedding (
  analysis_id INTEGER NOT NULL REFERENCES analysis (id) ON DELETE CASCADE,
  backbone    TEXT NOT NULL,
  vector      BLOB NOT NULL,      -- float32, little endian, mean over the patches
  PRIMARY KEY (analysis_id, backbone)
) WITHOUT ROWID;

-- What is heard without any model.
CREATE TABLE descriptor (
  analysis_id       INTEGER PRIMARY KEY REFERENCES analysis (id) ON DELETE CASCADE,
  loudness_lufs     REAL,
  loudness_range_lu REAL,
  true_peak_dbtp    REAL,
  replaygain_gain_db REAL,
  replaygain_peak   REAL,
  bpm               REAL,
  bpm_confidence    REAL,
  musical_key       TEXT,         -- C, C#, D … B
  scale             TEXT CHECK (scale IN ('major', 'minor')),
  key_confidence    REAL
);

-- A file that brought the analyser down twice is left alone until it or the models change.
CREATE TABLE quarantine (
  path       TEXT PRIMARY KEY,
  size_bytes INTEGER NOT NULL,
  mtime_ms   REAL NOT NULL,
  version    TEXT NOT NULL,
  reason     TEXT NOT NULL,
  created_at TEXT NOT NULL
) WITHOUT ROWID;
