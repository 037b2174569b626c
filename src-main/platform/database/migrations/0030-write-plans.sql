-- What a write of many files would change: looked up file by file, and shown before anybody says yes.
CREATE TABLE write_plan (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  title      TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('planning', 'ready', 'cancelled', 'failed', 'applied')),
  message    TEXT,              -- for people: why it ended before its end
  total      INTEGER NOT NULL,  -- tracks that were chosen
  looked_at  INTEGER NOT NULL DEFAULT 0,
  batch_id   INTEGER REFERENCES job_batch (id) ON DELETE SET NULL,  -- the jobs that write it
  created_at TEXT NOT NULL
);

CREATE TABLE write_plan_file (
  plan_id    INTEGER NOT NULL REFERENCES write_plan (id) ON DELETE CASCADE,
  track_id   INTEGER NOT NULL REFERENCES track (id) ON DELETE CASCADE,
  verdict    TEXT NOT NULL,     -- write, unchanged, or the code of what speaks against it
  message    TEXT,              -- the same for people, where it speaks against it
  digest     TEXT,              -- of the changes; the write that comes later has to make the same ones
  changes    INTEGER NOT NULL DEFAULT 0,
  size_bytes INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (plan_id, track_id)
) WITHOUT ROWID;
CREATE INDEX write_plan_file_by_verdict ON write_plan_file (plan_id, verdict, track_id);
CREATE INDEX write_plan_file_of_track ON write_plan_file (track_id);

-- How many files get each tag, have it changed or lose it, with a few of them as examples.
CREATE TABLE write_plan_field (
  plan_id  INTEGER NOT NULL REFERENCES write_plan (id) ON DELETE CASCADE,
  field    TEXT NOT NULL,
  added    INTEGER NOT NULL,
  changed  INTEGER NOT NULL,
  removed  INTEGER NOT NULL,
  examples TEXT NOT NULL,       -- JSON: [{trackId, title, old, new}]
  PRIMARY KEY (plan_id, field)
) WITHOUT ROWID;

-- Jobs that were taken off the list, as they stood there, until that can no longer be taken back.
CREATE TABLE cleared_job (
  job_id   INTEGER PRIMARY KEY,
  clearing INTEGER NOT NULL,    -- the same for all that were taken off at once
  job      TEXT NOT NULL        -- JSON: every column of its row
);
CREATE INDEX cleared_job_by_clearing ON cleared_job (clearing);
