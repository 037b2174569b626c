-- Times are ISO 8601 in UTC unless the name says otherwise.

CREATE TABLE library (
  id              INTEGER PRIMARY KEY,
  name            TEXT NOT NULL UNIQUE,
  root_path       TEXT NOT NULL UNIQUE,  -- absolute, real path
  is_enabled      INTEGER NOT NULL DEFAULT 1,
  is_default      INTEGER NOT NULL DEFAULT 0,
  -- What we write into its files: none removes our namespace, minimal writes the moods only.
  write_mode      TEXT NOT NULL DEFAULT 'full' CHECK (write_mode IN ('none', 'minimal', 'full')),
  -- Whether tracks that a scan found are tagged without being asked for one by one.
  auto_write      INTEGER NOT NULL DEFAULT 0,
  keep_mtime      INTEGER NOT NULL DEFAULT 1,
  hard_links      TEXT NOT NULL DEFAULT 'skip' CHECK (hard_links IN ('skip', 'break')),
  ignore_patterns TEXT NOT NULL DEFAULT '',  -- globs, comma separated
  -- A scan that would mark too many tracks missing at once stops here until a person says that they are gone.
  state           TEXT NOT NULL DEFAULT 'ready' CHECK (state IN ('ready', 'scanning', 'offline', 'guarded')),
  state_message   TEXT,
  last_scan_at    TEXT,
  created_at      TEXT NOT NULL,
  updated_at      TEXT NOT NULL
);

CREATE TABLE album (
  id     INTEGER PRIMARY KEY,
  title  TEXT NOT NULL,
  artist TEXT NOT NULL,  -- the album artist, else the artist of its tracks
  UNIQUE (title, artist)
);

CREATE TABLE track (
  id            INTEGER PRIMARY KEY,
  library_id    INTEGER NOT NULL REFERENCES library (id) ON DELETE CASCADE,
  path          TEXT NOT NULL,  -- relative to the library's root, forward slashes
  -- The name's raw bytes where they are not UTF-8; such a file can be listened to but not written.
  path_bytes    BLOB,
  folder        TEXT NOT NULL,  -- path without the file's name
  size_bytes    INTEGER NOT NULL,
  mtime_ms      REAL NOT NULL,
  inode         TEXT,
  container     TEXT,           -- mp3, flac, ogg, opus, m4a, wav, aiff, asf, ape, wavpack, mpc, dsf
  duration_ms   INTEGER,
  sample_rate   INTEGER,
  channels      INTEGER,
  bitrate       INTEGER,
  payload_hash  TEXT,           -- SHA-256 of the encoded audio without any tag
  title         TEXT NOT NULL,  -- the file's name where no tag gives one
  artist        TEXT NOT NULL DEFAULT '',
  album_id      INTEGER REFERENCES album (id) ON DELETE SET NULL,
  genre         TEXT NOT NULL DEFAULT '',
  year          INTEGER,
  track_number  INTEGER,
  disc_number   INTEGER,
  -- Why the tags could not be read at the last scan; NULL while they can.
  error_code    TEXT,
  error_message TEXT,
  never_touch   INTEGER NOT NULL DEFAULT 0,
  added_at      TEXT NOT NULL,
  scanned_at    TEXT NOT NULL,
  missing_since TEXT,           -- NULL while the file is there
  tagged_at     TEXT,           -- when we last wrote into the file
  tagged_with   TEXT,           -- the provenance that was written then
  UNIQUE (library_id, path)
);
CREATE INDEX track_by_folder ON track (library_id, folder);
CREATE INDEX track_by_payload ON track (payload_hash) WHERE payload_hash IS NOT NULL;
CREATE INDEX track_by_title ON track (title COLLATE NOCASE, id);
CREATE INDEX track_by_artist ON track (artist COLLATE NOCASE, title COLLATE NOCASE, id);
CREATE INDEX track_by_album ON track (album_id);
CREATE INDEX track_by_added ON track (added_at, id);

CREATE VIRTUAL TABLE track_search USING fts5 (
  title, artist, album, genre, path,
  tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);

-- One row for each folder that a scan has seen, with what was wrong with it.
CREATE TABLE scan_folder (
  library_id    INTEGER NOT NULL REFERENCES library (id) ON DELETE CASCADE,
  folder        TEXT NOT NULL,
  error_message TEXT,
  scanned_at    TEXT NOT NULL,
  PRIMARY KEY (library_id, folder)
) WITHOUT ROWID;
