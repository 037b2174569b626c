-- How much of a file was decoded and by what: a file that gives less than it promises is marked, on its track for lists.
ALTER TABLE analysis ADD COLUMN decoded_by TEXT NOT NULL DEFAULT 'builtin';  -- or a program: ffmpeg 5.1.6
ALTER TABLE analysis ADD COLUMN expected_s REAL;  -- what the file says of its length; NULL where it says nothing
ALTER TABLE track ADD COLUMN is_incomplete INTEGER NOT NULL DEFAULT 0;
UPDATE track SET is_incomplete = 1 WHERE analyzed_at IS NOT NULL AND EXISTS (
  SELECT 1 FROM analysis
  WHERE track_id = track.id AND version = track.analysis_version AND is_truncated = 1
);
