-- The journal of writes takes every kind of file, not audio alone; writes keep their numbers, so that undo goes on.
CREATE TABLE file_write (
  id            INTEGER PRIMARY KEY,
  kind          TEXT NOT NULL,      -- which kind of file, by whose rules it is written: audio, playlist …
  job_id        INTEGER,            -- kept when the job is cleaned up
  track_id      INTEGER REFERENCES track (id) ON DELETE SET NULL,
  path          TEXT NOT NULL,      -- absolute
  temp_path     TEXT NOT NULL,      -- the copy beside it, until it took its place; empty where none is needed
  -- prepared: the copy is complete, the file may or may not have been replaced yet;
  -- written: the file is the new one; undoing: as prepared, on the way back; undone: it was put back;
  -- abandoned: it was never replaced.
  state         TEXT NOT NULL CHECK (state IN ('prepared', 'written', 'undoing', 'undone', 'abandoned')),
  payload_hash  TEXT,               -- of audio: SHA-256 of its payload, the same before and after
  old_size      INTEGER,            -- NULL, like the two below it: there was no file, the write made it
  old_mtime_ms  REAL,
  old_file_hash TEXT,               -- SHA-256 of the whole file before, by which an undo knows that it is exact
  new_size      INTEGER,            -- NULL, like the two below it: there is no file, the write removed it
  new_mtime_ms  REAL,
  new_file_hash TEXT,               -- SHA-256 of the whole new file, by which recovery knows it
  changes       TEXT NOT NULL,      -- JSON: [{ field, old, new }], each a list of strings
  restore       BLOB,               -- what turns the new file back into the old one, byte for byte
  created_at    TEXT NOT NULL,
  undone_at     TEXT
);

INSERT INTO file_write (id, kind, job_id, track_id, path, temp_path, state, payload_hash, old_size, old_mtime_ms,
    old_file_hash, new_size, new_mtime_ms, new_file_hash, changes, restore, created_at, undone_at)
  SELECT id, 'audio', job_id, track_id, path, temp_path, state, payload_hash, old_size, old_mtime_ms,
    old_file_hash, new_size, new_mtime_ms, new_file_hash, changes, restore, created_at, undone_at FROM tag_write;
DROP TABLE tag_write;

CREATE INDEX file_write_by_path ON file_write (path, id);
CREATE INDEX file_write_by_job ON file_write (job_id);
CREATE INDEX file_write_open ON file_write (state) WHERE state IN ('prepared', 'undoing');

ALTER TABLE tag_write_folder RENAME TO file_write_folder;
