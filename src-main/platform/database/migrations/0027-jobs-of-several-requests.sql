-- A file that is queued already counts for whoever asks for it again by how its one job ends, not as passed over.
CREATE TABLE job_shared (
  batch_id   INTEGER NOT NULL REFERENCES job_batch (id) ON DELETE CASCADE,
  job_id     INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
  -- Whether this request wants its tags written: an undo of it takes back nothing that only others asked for.
  write_tags INTEGER NOT NULL,
  PRIMARY KEY (batch_id, job_id)
) WITHOUT ROWID;
CREATE INDEX job_shared_by_job ON job_shared (job_id);

-- A pending job belongs to its track, wherever the file is by now. Of several the last one knows the newest path.
UPDATE job SET status = 'skipped', reason_code = 'already_queued', error_message = 'It waits as a newer job.',
  finished_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE status = 'pending' AND track_id IS NOT NULL AND EXISTS (
  SELECT 1 FROM job AS newer
  WHERE newer.status = 'pending' AND newer.kind = job.kind AND newer.track_id = job.track_id AND newer.id > job.id);

-- A file waits once, and once more only for a run that must not write where another request will.
DROP INDEX job_waits_once;
CREATE UNIQUE INDEX job_waits_once ON job (kind, path, write_tags) WHERE status = 'pending';
CREATE UNIQUE INDEX job_waits_once_as_track ON job (kind, track_id, write_tags)
  WHERE status = 'pending' AND track_id IS NOT NULL;
