-- Which lengths were worked out from a part of a file, so that whoever hears all of it can put them right; the lyrics of
-- a file; and what a scan of a whole library passed over, by reason.
ALTER TABLE track ADD COLUMN duration_is_estimate INTEGER NOT NULL DEFAULT 0;
ALTER TABLE track_text ADD COLUMN lyrics TEXT;
ALTER TABLE scan_run ADD COLUMN passed_over TEXT;
