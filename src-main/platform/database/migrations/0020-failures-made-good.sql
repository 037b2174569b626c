-- A failure is settled by a later job that did the same for the same file.
CREATE INDEX job_failed ON job (kind, path) WHERE status = 'error';

UPDATE job SET status = 'skipped', reason_code = 'done_later',
  error_message = 'Done by a later job. This one failed: ' || COALESCE(error_message, reason_code, '')
FROM (
  SELECT kind, path, MAX(finished_at) AS at FROM job
  WHERE status = 'done' OR (status = 'skipped' AND reason_code = 'up_to_date') GROUP BY kind, path
) AS good
WHERE job.status = 'error' AND job.kind = good.kind AND job.path = good.path AND job.finished_at <= good.at;
