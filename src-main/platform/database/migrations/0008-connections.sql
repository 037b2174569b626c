-- Servers that we talk to. The password or API key is sealed with a key that is not in this file: a copy of the
-- database alone gives nothing away.
CREATE TABLE connection (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  kind          TEXT NOT NULL,                    -- navidrome, lidarr …
  name          TEXT NOT NULL COLLATE NOCASE UNIQUE,
  url           TEXT NOT NULL,                    -- without credentials and without a slash at the end
  username      TEXT NOT NULL DEFAULT '',
  secret        BLOB,                             -- sealed; NULL when there is none
  options       TEXT NOT NULL DEFAULT '{}',       -- JSON that only the kind understands
  is_enabled    INTEGER NOT NULL DEFAULT 1,
  state         TEXT NOT NULL DEFAULT 'unchecked' CHECK (state IN ('ok', 'failing', 'unchecked')),
  state_message TEXT,                             -- why it fails, for people
  warnings      TEXT NOT NULL DEFAULT '[]',       -- JSON: what works but should be looked at
  version       TEXT,                             -- of the server
  checked_at    TEXT,
  created_at    TEXT NOT NULL,
  updated_at    TEXT NOT NULL
);
