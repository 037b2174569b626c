-- Which kinds of jobs there are, and who may ask for them, is the code's business: a list in the schema would have the
-- tables built anew with each kind that is added.
CREATE TABLE job_batch_anew (
  id         INTEGER PRIMARY KEY,
  title      TEXT NOT NULL,
  source     TEXT NOT NULL,
  -- Every file that was looked at: those with a job, and those counted in job_batch_ended.
  found      INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL
);
INSERT INTO job_batch_anew SELECT id, title, source, found, created_at FROM job_batch;
DROP TABLE job_batch;
ALTER TABLE job_batch_anew RENAME TO job_batch;

CREATE TABLE job_anew (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  kind          TEXT NOT NULL,
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
INSERT INTO job_anew SELECT * FROM job;
-- No number comes twice, not even that of a job that is gone.
DELETE FROM sqlite_sequence WHERE name = 'job_anew';
INSERT INTO sqlite_sequence (name, seq) SELECT 'job_anew', seq FROM sqlite_sequence WHERE name = 'job';
DROP TABLE job;
ALTER TABLE job_anew RENAME TO job;
CREATE INDEX job_next ON job (kind, priority DESC, id) WHERE status = 'pending';
CREATE INDEX job_by_status ON job (status, id DESC);
CREATE INDEX job_by_batch ON job (batch_id, status, reason_code);
CREATE INDEX job_by_library ON job (library_id);
CREATE INDEX job_by_track ON job (track_id);
CREATE INDEX job_finished ON job (finished_at) WHERE finished_at IS NOT NULL;
-- The same file waits once, however often it is asked for, and is never worked on twice at a time.
CREATE UNIQUE INDEX job_waits_once ON job (kind, path) WHERE status = 'pending';
CREATE UNIQUE INDEX job_runs_once ON job (kind, path) WHERE status = 'running';

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

-- The mood terms of a track as its newest analysis and the calibration in force decide them: what lists, analytics and
-- playlists ask for, and what the mood tags of its file say or should say.
CREATE TABLE track_mood (
  track_id INTEGER NOT NULL REFERENCES track (id) ON DELETE CASCADE,
  mood     TEXT NOT NULL,
  tier     INTEGER NOT NULL CHECK (tier BETWEEN 1 AND 3),  -- 1 loose, 2 regular, 3 strict
  PRIMARY KEY (track_id, mood)
) WITHOUT ROWID;
CREATE INDEX track_mood_by_mood ON track_mood (mood, tier, track_id);
