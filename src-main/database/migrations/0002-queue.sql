-- What one person, script or scan asked for at once; its jobs are counted together.
CREATE TABLE job_batch (
  id         INTEGER PRIMARY KEY,
  title      TEXT NOT NULL,
  source     TEXT NOT NULL CHECK (source IN ('window', 'api', 'cli', 'scan')),
  -- Every file that was looked at: jobs of the batch plus what was passed over.
  found      INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL
);

-- Files that needed no job, by reason: found = jobs + passed over.
CREATE TABLE job_batch_passed (
  batch_id INTEGER NOT NULL REFERENCES job_batch (id) ON DELETE CASCADE,
  reason   TEXT NOT NULL,
  count    INTEGER NOT NULL,
  PRIMARY KEY (batch_id, reason)
) WITHOUT ROWID;

CREATE TABLE job (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  kind          TEXT NOT NULL CHECK (kind IN ('tag', 'scan')),
  -- What the job is about: a file's absolute path, or a library's root.
  path          TEXT NOT NULL,
  library_id    INTEGER REFERENCES library (id) ON DELETE CASCADE,
  track_id      INTEGER REFERENCES track (id) ON DELETE SET NULL,
  batch_id      INTEGER REFERENCES job_batch (id) ON DELETE SET NULL,
  status        TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'running', 'done', 'skipped', 'error')),
  priority      INTEGER NOT NULL DEFAULT 0,  -- higher first, then first in first out
  force         INTEGER NOT NULL DEFAULT 0,  -- even when the stored analysis is up to date
  write_tags    INTEGER NOT NULL DEFAULT 0,
  options       TEXT NOT NULL DEFAULT '{}',  -- JSON that only the kind understands
  audio_ms      INTEGER,                     -- the unit of progress and of the time that is left
  phase         TEXT,
  progress      REAL NOT NULL DEFAULT 0,
  attempts      INTEGER NOT NULL DEFAULT 0,
  crashes       INTEGER NOT NULL DEFAULT 0,  -- how often a worker died over it
  -- Why it was skipped or failed: a code for programs and a sentence for people.
  reason_code   TEXT,
  error_message TEXT,
  result        TEXT,                        -- JSON
  cancel_asked  INTEGER NOT NULL DEFAULT 0,
  created_at    TEXT NOT NULL,
  started_at    TEXT,
  finished_at   TEXT
);
CREATE INDEX job_next ON job (priority DESC, id) WHERE status = 'pending';
CREATE INDEX job_by_status ON job (status, id DESC);
CREATE INDEX job_by_batch ON job (batch_id, status);
CREATE INDEX job_finished ON job (finished_at) WHERE finished_at IS NOT NULL;
-- The same file waits once, however often it is asked for.
CREATE UNIQUE INDEX job_waits_once ON job (kind, path) WHERE status = 'pending';
