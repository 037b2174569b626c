-- Every change to a file, written down before the file is replaced; what undo and recovery read.
CREATE TABLE tag_write (
  id            INTEGER PRIMARY KEY,
  job_id        INTEGER,            -- kept when the job is cleaned up
  track_id      INTEGER REFERENCES track (id) ON DELETE SET NULL,
  path          TEXT NOT NULL,      -- absolute
  temp_path     TEXT NOT NULL,      -- the copy beside it, until it took its place
  -- prepared: the copy is complete, the file may or may not have been replaced yet;
  -- written: the file is the new one; undoing: as prepared, on the way back; undone: it was put back;
  -- abandoned: it was never replaced.
  state         TEXT NOT NULL CHECK (state IN ('prepared', 'written', 'undoing', 'undone', 'abandoned')),
  payload_hash  TEXT NOT NULL,      -- SHA-256 of the audio payload, the same before and after
  old_size      INTEGER NOT NULL,
  old_mtime_ms  REAL NOT NULL,
  old_file_hash TEXT NOT NULL,      -- SHA-256 of the whole file before, by which an undo knows that it is exact
  new_size      INTEGER NOT NULL,
  new_mtime_ms  REAL NOT NULL,
  new_file_hash TEXT NOT NULL,      -- SHA-256 of the whole new file, by which recovery knows it
  changes       TEXT NOT NULL,      -- JSON: [{ field, old, new }], each a list of strings
  restore       BLOB NOT NULL,      -- what turns the new file back into the old one, byte for byte
  created_at    TEXT NOT NULL,
  undone_at     TEXT
);
CREATE INDEX tag_write_by_path ON tag_write (path, id);
CREATE INDEX tag_write_by_job ON tag_write (job_id);
CREATE INDEX tag_write_open ON tag_write (state) WHERE state IN ('prepared', 'undoing');

-- Folders that may hold a copy that a crash left behind: noted before the first copy is made there, emptied by recovery.
CREATE TABLE tag_write_folder (
  folder TEXT PRIMARY KEY
) WITHOUT ROWID;
