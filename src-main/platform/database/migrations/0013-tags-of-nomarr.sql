-- How many of the tags in a file Nomarr wrote, as the last scan found it or our last write left it.
ALTER TABLE track ADD COLUMN nomarr_tags INTEGER NOT NULL DEFAULT 0;
CREATE INDEX track_of_nomarr ON track (library_id) WHERE nomarr_tags > 0;
