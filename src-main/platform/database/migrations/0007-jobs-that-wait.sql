-- A job may wait for a time: a file that another program has just put down is left alone until it is at rest.
ALTER TABLE job ADD COLUMN not_before INTEGER;  -- milliseconds since 1970; NULL: at once
DROP INDEX job_next;
-- With the time in it, so that a claim passes over thousands of waiting jobs without reading their rows.
CREATE INDEX job_next ON job (kind, priority DESC, id, not_before) WHERE status = 'pending';
CREATE INDEX job_asleep ON job (not_before) WHERE status = 'pending' AND not_before IS NOT NULL;
