-- What each scan did, for people who ask why something is not there. The newest hundred of a library are kept.
CREATE TABLE scan_run (
  id         INTEGER PRIMARY KEY,
  library_id INTEGER NOT NULL REFERENCES library (id) ON DELETE CASCADE,
  started_at TEXT NOT NULL,
  ended_at   TEXT NOT NULL,
  outcome    TEXT NOT NULL,  -- done, offline, guarded, cancelled, failed
  message    TEXT,
  found      INTEGER NOT NULL,
  added      INTEGER NOT NULL,
  changed    INTEGER NOT NULL,
  moved      INTEGER NOT NULL,
  missing    INTEGER NOT NULL,
  errors     INTEGER NOT NULL,
  queued     INTEGER NOT NULL
);
CREATE INDEX scan_run_by_library ON scan_run (library_id, id);
