-- Numbers of keys and sessions are never given twice: what remembers a number, such as the audit log or a stream that is
-- open, must not mean another one later.
DROP TRIGGER lidarr_link_removed;
CREATE TABLE numbered_key (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  name         TEXT NOT NULL,
  scope        TEXT NOT NULL CHECK (scope IN ('full', 'read', 'webhook')),
  key_hash     BLOB NOT NULL UNIQUE,  -- SHA-256
  last_four    TEXT NOT NULL,
  created_at   TEXT NOT NULL,
  last_used_at TEXT
);
INSERT INTO numbered_key SELECT id, name, scope, key_hash, last_four, created_at, last_used_at FROM api_key;
DROP TABLE api_key;
ALTER TABLE numbered_key RENAME TO api_key;
CREATE TRIGGER lidarr_link_removed AFTER DELETE ON lidarr_link BEGIN
  DELETE FROM api_key WHERE id = OLD.api_key_id;
END;

CREATE TABLE numbered_session (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  token_hash   BLOB NOT NULL UNIQUE,  -- SHA-256
  created_at   TEXT NOT NULL,
  last_used_at TEXT NOT NULL,
  expires_at   TEXT NOT NULL,
  user_agent   TEXT NOT NULL DEFAULT '',
  address      TEXT NOT NULL DEFAULT '',  -- from which it was used last
  confirmed_at TEXT NOT NULL DEFAULT ''   -- when the person last proved who they are; empty for not since then
);
INSERT INTO numbered_session (id, token_hash, created_at, last_used_at, expires_at, user_agent)
SELECT id, token_hash, created_at, last_used_at, expires_at, user_agent FROM session;
DROP TABLE session;
ALTER TABLE numbered_session RENAME TO session;

-- What is asked for beside the password: codes by the time (RFC 6238).
CREATE TABLE authenticator (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  secret     BLOB NOT NULL,     -- sealed
  last_step  INTEGER NOT NULL,  -- number of the last code that was taken: none is good twice
  created_at TEXT NOT NULL
);

-- What opens in place of such a code, once each.
CREATE TABLE recovery_code (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  code_hash BLOB NOT NULL UNIQUE  -- SHA-256
);

-- What opens in place of password and code (WebAuthn).
CREATE TABLE passkey (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  credential_id TEXT NOT NULL UNIQUE,  -- base64url
  public_key    BLOB NOT NULL,         -- COSE
  counter       INTEGER NOT NULL,
  transports    TEXT NOT NULL,         -- JSON
  host          TEXT NOT NULL,         -- the name of the page that it is for
  name          TEXT NOT NULL,
  created_at    TEXT NOT NULL,
  last_used_at  TEXT
);
