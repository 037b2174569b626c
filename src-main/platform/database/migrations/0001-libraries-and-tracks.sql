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
  id               INTEGER PRIMARY KEY,
  library_id       INTEGER NOT NULL REFERENCES library (id) ON DELETE CASCADE,
  path             TEXT NOT NULL,  -- relative to the library's root, forward slashes
  -- The path's raw bytes where they are not UTF-8; such a file can be listened to but not written.
  path_bytes       BLOB,
  folder           TEXT NOT NULL,  -- path without the file's name
  size_bytes       INTEGER NOT NULL,
  mtime_ms         REAL NOT NULL,
  inode            TEXT,
  container        TEXT,           -- mp3, flac, ogg, opus, m4a, wav, aiff, asf, ape, wavpack, mpc, dsf
  duration_ms      INTEGER,
  sample_rate      INTEGER,
  channels         INTEGER,
  bitrate          INTEGER,
  payload_hash     TEXT,           -- SHA-256 of the encoded audio without any tag
  title            TEXT NOT NULL,  -- the file's name where no tag gives one
  artist           TEXT NOT NULL DEFAULT '',
  album            TEXT NOT NULL DEFAULT '',
  album_id         INTEGER REFERENCES album (id) ON DELETE SET NULL,
  genre            TEXT NOT NULL DEFAULT '',
  year             INTEGER,
  track_number     INTEGER,
  disc_number      INTEGER,
  -- Lower case without diacritics, so that a plain index sorts as people do; what is unknown sorts last.
  sort_title       TEXT NOT NULL,
  sort_artist      TEXT NOT NULL,
  sort_album       TEXT NOT NULL,
  -- Why the tags could not be read at the last scan; NULL while they can.
  error_code       TEXT,
  error_message    TEXT,
  never_touch      INTEGER NOT NULL DEFAULT 0,
  added_at         TEXT NOT NULL,
  scanned_at       TEXT NOT NULL,
  missing_since    TEXT,           -- NULL while the file is there
  tagged_at        TEXT,           -- when we last wrote into the file
  tagged_with      TEXT,           -- the provenance that was written then
  -- Of the newest analysis, for lists; NULL again when the audio of the file has changed since.
  analyzed_at      TEXT,
  analysis_version TEXT,
  -- Of the last attempt to listen that came to nothing and would again, while the file and what it depended on stay as
  -- they were; NULL after a success.
  attempt_code       TEXT,
  attempt_at         TEXT,
  attempt_under      TEXT,         -- the analysis version, and the setting that the outcome depended on
  attempt_size_bytes INTEGER,
  attempt_mtime_ms   REAL,
  bpm              REAL,
  musical_key      TEXT,           -- C, C#, D … B, then m for minor
  -- What lists filter by, small enough to stand in each of their indexes: 1 missing, 2 unreadable, 4 analysed, 8 tagged.
  state            INTEGER NOT NULL GENERATED ALWAYS AS (
    (missing_since IS NOT NULL) + 2 * (error_code IS NOT NULL) + 4 * (analyzed_at IS NOT NULL) + 8 * (tagged_at IS NOT NULL)
  ) STORED,
  UNIQUE (library_id, path)
);
CREATE INDEX track_by_folder ON track (library_id, folder);
CREATE INDEX track_by_payload ON track (payload_hash) WHERE payload_hash IS NOT NULL;
CREATE INDEX track_missing ON track (library_id) WHERE missing_since IS NOT NULL;
CREATE INDEX track_attempted ON track (library_id) WHERE attempt_code IS NOT NULL;
CREATE INDEX track_album ON track (album_id);
-- Each holds all that a list looks at, so that a page in the middle of a large library is found without its rows.
CREATE INDEX track_by_title ON track (sort_title, id, library_id, state);
CREATE INDEX track_by_artist ON track (sort_artist, sort_album, disc_number, track_number, id, library_id, state);
CREATE INDEX track_by_album ON track (sort_album, album_id, disc_number, track_number, id, library_id, state);
CREATE INDEX track_by_added ON track (added_at, id, library_id, state);

-- How many tracks there are of each state: kept by the triggers below, so that no list has to count.
CREATE TABLE track_count (
  library_id  INTEGER NOT NULL,
  state       INTEGER NOT NULL,
  tracks      INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  PRIMARY KEY (library_id, state)
) WITHOUT ROWID;

-- Words as Tonearm itself cuts and folds them; the tokenizer only parts them at blanks. Without positions the index is
-- a third of the size, and a prefix of one letter is found in milliseconds among 100 000 tracks.
CREATE VIRTUAL TABLE track_search USING fts5 (
  words, content = '', contentless_delete = 1, detail = none,
  tokenize = "ascii", prefix = '1 2 3'
);

CREATE TRIGGER track_counted AFTER INSERT ON track BEGIN
  INSERT INTO track_count VALUES (NEW.library_id, NEW.state, 1, COALESCE(NEW.duration_ms, 0))
  ON CONFLICT DO UPDATE SET tracks = tracks + 1, duration_ms = duration_ms + excluded.duration_ms;
END;
CREATE TRIGGER track_counted_again
AFTER UPDATE OF library_id, duration_ms, missing_since, error_code, analyzed_at, tagged_at ON track
WHEN OLD.state <> NEW.state OR OLD.library_id <> NEW.library_id OR OLD.duration_ms IS NOT NEW.duration_ms BEGIN
  UPDATE track_count SET tracks = tracks - 1, duration_ms = duration_ms - COALESCE(OLD.duration_ms, 0)
  WHERE library_id = OLD.library_id AND state = OLD.state;
  INSERT INTO track_count VALUES (NEW.library_id, NEW.state, 1, COALESCE(NEW.duration_ms, 0))
  ON CONFLICT DO UPDATE SET tracks = tracks + 1, duration_ms = duration_ms + excluded.duration_ms;
END;
CREATE TRIGGER track_forgotten AFTER DELETE ON track BEGIN
  UPDATE track_count SET tracks = tracks - 1, duration_ms = duration_ms - COALESCE(OLD.duration_ms, 0)
  WHERE library_id = OLD.library_id AND state = OLD.state;
  DELETE FROM track_search WHERE rowid = OLD.id;
END;

-- What the last scan could not look into: folders that could not be read, links that lead out of the library.
CREATE TABLE scan_folder (
  library_id    INTEGER NOT NULL REFERENCES library (id) ON DELETE CASCADE,
  folder        TEXT NOT NULL,  -- relative to the library's root
  error_message TEXT NOT NULL,
  scanned_at    TEXT NOT NULL,
  PRIMARY KEY (library_id, folder)
) WITHOUT ROWID;
