-- Which track of the library a person has chosen for a line of an imported playlist; taken again at the next import.
CREATE TABLE import_match (
  title      TEXT NOT NULL,             -- in normal form, as is the artist
  artist     TEXT NOT NULL,
  isrc       TEXT NOT NULL DEFAULT '',
  track_id   INTEGER NOT NULL REFERENCES track (id) ON DELETE CASCADE,
  created_at TEXT NOT NULL,
  PRIMARY KEY (title, artist, isrc)
) WITHOUT ROWID;
CREATE INDEX import_match_by_track ON import_match (track_id);
