-- What one person, script or scan asked for at once; its jobs are counted together.
CREATE TABLE job_batch (
  id         INTEGER PRIMARY KEY,
  title      TEXT NOT NULL,
  source     TEXT NOT NULL CHECK (source IN ('window', 'api', 'cli', 'scan')),
  -- Every file that was looked at: those with a job, and those counted in job_batch_ended.
  found      INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL
);

-- Files of a batch that have no job: what was passed over, and what became of jobs that were removed since.
CREATE TABLE job_batch_ended (
  batch_id INTEGER NOT NULL REFERENCES job_batch (id) ON DELETE CASCADE,
  status   TEXT NOT NULL CHECK (status IN ('done', 'skipped', 'error')),
  reason   TEXT NOT NULL,
  count    INTEGER NOT NULL,
  PRIMARY KEY (batch_id, status, reason)
) WITHOUT ROWID;

-- AUTOINCREMENT: the journal keeps a job's number after the job is gone, so no number may come twice.
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
  attempts      INTEGER NOT NULL DEFAULT 0,
  crashes       INTEGER NOT NULL DEFAULT 0,  -- how often a worker died over it
  -- Why it was skipped or failed: a code for programs and a sentence for people.
  reason_code   TEXT,
  error_message TEXT,
  outcome       TEXT,                        -- how a job that is done has ended
  created_at    TEXT NOT NULL,
  started_at    TEXT,
  finished_at   TEXT
);
CREATE INDEX job_next ON job (kind, priority DESC, id) WHERE status = 'pending';
CREATE INDEX job_by_status ON job (status, id DESC);
CREATE INDEX job_by_batch ON job (batch_id, status, reason_code);
CREATE INDEX job_by_library ON job (library_id);
CREATE INDEX job_by_track ON job (track_id);
CREATE INDEX job_finished ON job (finished_at) WHERE finished_at IS NOT NULL;
-- The same file waits once, however often it is asked for, and is never worked on twice at a time.
CREATE UNIQUE INDEX job_waits_once ON job (kind, path) WHERE status = 'pending';
CREATE UNIQUE INDEX job_runs_once ON job (kind, path) WHERE status = 'running';

-- How many jobs stand where, kept by triggers: counting 100 000 rows four times a second would show.
CREATE TABLE job_total (
  kind     TEXT NOT NULL,
  status   TEXT NOT NULL,
  jobs     INTEGER NOT NULL,
  audio_ms INTEGER NOT NULL,  -- of the jobs whose length is known
  timed    INTEGER NOT NULL,  -- how many those are
  PRIMARY KEY (kind, status)
) WITHOUT ROWID;

CREATE TRIGGER job_added AFTER INSERT ON job BEGIN
  INSERT INTO job_total (kind, status, jobs, audio_ms, timed)
  VALUES (new.kind, new.status, 1, COALESCE(new.audio_ms, 0), new.audio_ms IS NOT NULL)
  ON CONFLICT (kind, status) DO UPDATE SET
    jobs = jobs + 1, audio_ms = audio_ms + excluded.audio_ms, timed = timed + excluded.timed;
END;
CREATE TRIGGER job_removed AFTER DELETE ON job BEGIN
  UPDATE job_total SET
    jobs = jobs - 1, audio_ms = audio_ms - COALESCE(old.audio_ms, 0), timed = timed - (old.audio_ms IS NOT NULL)
  WHERE kind = old.kind AND status = old.status;
END;
CREATE TRIGGER job_moved AFTER UPDATE OF status, audio_ms ON job BEGIN
  UPDATE job_total SET
    jobs = jobs - 1, audio_ms = audio_ms - COALESCE(old.audio_ms, 0), timed = timed - (old.audio_ms IS NOT NULL)
  WHERE kind = old.kind AND status = old.status;
  INSERT INTO job_total (kind, status, jobs, audio_ms, timed)
  VALUES (new.kind, new.status, 1, COALESCE(new.audio_ms, 0), new.audio_ms IS NOT NULL)
  ON CONFLICT (kind, status) DO UPDATE SET
    jobs = jobs + 1, audio_ms = audio_ms + excluded.audio_ms, timed = timed + excluded.timed;
END;
