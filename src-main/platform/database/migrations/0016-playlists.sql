CREATE TABLE playlist (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL,
  -- smart: the tracks that its rules match; static: those of playlist_track.
  kind       TEXT NOT NULL CHECK (kind IN ('smart', 'static')),
  comment    TEXT NOT NULL DEFAULT '',
  criteria   TEXT,               -- JSON of a smart one: rules, sort, order, limit …
  is_public  INTEGER NOT NULL DEFAULT 0,
  -- Where its person wants to have it: nowhere, on a server by its API, as a file, or as the tracks of now.
  target     TEXT NOT NULL DEFAULT 'none',
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  CHECK ((kind = 'smart') = (criteria IS NOT NULL))
);

CREATE TABLE playlist_track (
  playlist_id INTEGER NOT NULL REFERENCES playlist (id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  track_id    INTEGER NOT NULL REFERENCES track (id) ON DELETE CASCADE,
  PRIMARY KEY (playlist_id, position)
) WITHOUT ROWID;
CREATE INDEX playlist_track_by_track ON playlist_track (track_id);

-- Files that we wrote, and only these are ever replaced or deleted.
CREATE TABLE playlist_file (
  path         TEXT PRIMARY KEY,  -- absolute
  playlist_id  INTEGER REFERENCES playlist (id) ON DELETE SET NULL,
  template_id  TEXT,
  content_hash TEXT NOT NULL,     -- SHA-256, by which an edit by someone else is told
  written_at   TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX playlist_file_by_playlist ON playlist_file (playlist_id);
