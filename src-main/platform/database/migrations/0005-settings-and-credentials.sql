CREATE TABLE setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL  -- JSON
) WITHOUT ROWID;

-- Keys for programs. Only the hash is kept: a key is shown once, when it is made.
CREATE TABLE api_key (
  id           INTEGER PRIMARY KEY,
  name         TEXT NOT NULL,
  scope        TEXT NOT NULL CHECK (scope IN ('full', 'read', 'webhook')),
  key_hash     BLOB NOT NULL UNIQUE,  -- SHA-256
  last_four    TEXT NOT NULL,
  created_at   TEXT NOT NULL,
  last_used_at TEXT
);

-- The one password of the page; scrypt, with its parameters beside it.
CREATE TABLE password (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  salt       BLOB NOT NULL,
  hash       BLOB NOT NULL,
  cost       INTEGER NOT NULL,
  block_size INTEGER NOT NULL,
  parallel   INTEGER NOT NULL,
  changed_at TEXT NOT NULL
);

CREATE TABLE session (
  id           INTEGER PRIMARY KEY,
  token_hash   BLOB NOT NULL UNIQUE,  -- SHA-256
  created_at   TEXT NOT NULL,
  last_used_at TEXT NOT NULL,
  expires_at   TEXT NOT NULL,
  user_agent   TEXT NOT NULL DEFAULT ''
);
