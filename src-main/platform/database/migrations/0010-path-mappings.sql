-- Where the folders of a connected server lie on this machine: a container or another computer writes other paths.
CREATE TABLE path_mapping (
  id             INTEGER PRIMARY KEY,
  connection_id  INTEGER NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
  remote_prefix  TEXT NOT NULL,
  local_prefix   TEXT NOT NULL,
  remote_style   TEXT NOT NULL CHECK (remote_style IN ('posix', 'windows')),
  priority       INTEGER NOT NULL DEFAULT 0,  -- among several for one prefix the highest is tried first
  source         TEXT NOT NULL CHECK (source IN ('manual', 'inferred')),
  samples_ok     INTEGER NOT NULL DEFAULT 0,  -- files that were found where it says
  samples_failed INTEGER NOT NULL DEFAULT 0,
  verified_at    TEXT,
  UNIQUE (connection_id, remote_prefix, local_prefix)
);
