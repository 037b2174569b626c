-- Readings of all written files against the journal, and what they found that is not as it was left.
CREATE TABLE verification (
  id         INTEGER PRIMARY KEY,
  job_id     INTEGER,           -- kept when the job is cleaned up
  root_path  TEXT,              -- only files beneath it; NULL: all
  started_at TEXT NOT NULL,
  ended_at   TEXT,              -- NULL while it runs, or when it was cut off
  files      INTEGER NOT NULL DEFAULT 0,
  bytes      INTEGER NOT NULL DEFAULT 0,
  intact     INTEGER NOT NULL DEFAULT 0,
  retagged   INTEGER NOT NULL DEFAULT 0   -- other tags since, the same audio
);

CREATE TABLE verification_finding (
  verification_id INTEGER NOT NULL REFERENCES verification (id) ON DELETE CASCADE,
  path            TEXT NOT NULL,
  verdict         TEXT NOT NULL CHECK (verdict IN ('damaged', 'replaced', 'missing', 'unreadable')),
  PRIMARY KEY (verification_id, path)
) WITHOUT ROWID;
