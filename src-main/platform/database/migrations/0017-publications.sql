-- A playlist of ours on another server: once for each server, in one of three ways.
CREATE TABLE publication (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  playlist_id   INTEGER NOT NULL,
  connection_id INTEGER NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
  how           TEXT NOT NULL CHECK (how IN ('smart', 'file', 'static')),
  name          TEXT NOT NULL,
  remote_id     TEXT,           -- of the playlist on the server; NULL for a file
  path          TEXT,           -- of the file that we wrote, absolute
  remote_hash   TEXT NOT NULL,  -- of what the server had when we had published: another one is someone else's change
  state         TEXT NOT NULL CHECK (state IN ('published', 'changed_there', 'gone', 'failed')),
  message       TEXT,
  published_at  TEXT NOT NULL,
  checked_at    TEXT NOT NULL,
  UNIQUE (playlist_id, connection_id)
);
CREATE INDEX publication_by_connection ON publication (connection_id);
