-- What other servers tell us, word for word and before anything is done about it: they tell it once.
CREATE TABLE inbound_event (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  connection_id INTEGER NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
  received_at   TEXT NOT NULL,
  via           TEXT NOT NULL CHECK (via IN ('webhook', 'script', 'history')),
  event_type    TEXT NOT NULL,
  digest        TEXT,             -- by which a repetition is known; NULL where that would mean nothing
  raw           TEXT NOT NULL,
  -- pending, waiting (for not_before), done, ignored, duplicate, unmapped (parked until a path mapping is added),
  -- failed, refused (not understood)
  status        TEXT NOT NULL,
  stage         INTEGER NOT NULL DEFAULT 0,  -- how far an event came that is done in steps
  not_before    INTEGER,                     -- milliseconds since 1970
  message       TEXT,                        -- what was done, or why not, for people
  unmapped      TEXT,                        -- JSON: the folders of the server that a mapping is missing for
  processed_at  TEXT
);
CREATE INDEX inbound_event_pending ON inbound_event (id) WHERE status = 'pending';
CREATE INDEX inbound_event_waiting ON inbound_event (not_before, id) WHERE status = 'waiting';
CREATE INDEX inbound_event_unmapped ON inbound_event (connection_id, id) WHERE status = 'unmapped';
CREATE INDEX inbound_event_of ON inbound_event (connection_id, id);
CREATE INDEX inbound_event_digest ON inbound_event (digest, received_at) WHERE digest IS NOT NULL;
CREATE INDEX inbound_event_age ON inbound_event (received_at);

-- Our end of a Lidarr: the secret of its webhook, and how far we have read its history.
CREATE TABLE lidarr_link (
  connection_id   INTEGER PRIMARY KEY REFERENCES connection (id) ON DELETE CASCADE,
  api_key_id      INTEGER,   -- the webhook's secret is an API key of ours
  token           BLOB,      -- the same, sealed: scripts are shown with it
  notification_id INTEGER,   -- what Lidarr calls the webhook that we installed
  webhook_url     TEXT,
  instance_name   TEXT,
  verified_at     TEXT,      -- when an event of it reached us last
  history_date    TEXT,      -- of the newest row of its history that we have seen
  history_ids     TEXT NOT NULL DEFAULT '[]',  -- JSON: the rows of that very date
  caught_up_at    TEXT,
  problems        TEXT NOT NULL DEFAULT '[]'   -- JSON: what it says of its own health
);
-- The key of a webhook goes with it, however it goes.
CREATE TRIGGER lidarr_link_removed AFTER DELETE ON lidarr_link BEGIN
  DELETE FROM api_key WHERE id = OLD.api_key_id;
END;

-- Which file of Lidarr is which track: its later events name albums and numbers, no paths.
CREATE TABLE lidarr_file (
  connection_id INTEGER NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
  file_id       INTEGER NOT NULL,
  track_id      INTEGER NOT NULL REFERENCES track (id) ON DELETE CASCADE,
  album_id      INTEGER,
  album_mbid    TEXT,
  artist_id     INTEGER,
  artist_mbid   TEXT,
  PRIMARY KEY (connection_id, file_id)
) WITHOUT ROWID;
CREATE INDEX lidarr_file_album ON lidarr_file (connection_id, album_id);
CREATE INDEX lidarr_file_track ON lidarr_file (track_id);

-- Albums that Lidarr has begun to download.
CREATE TABLE lidarr_incoming (
  connection_id INTEGER NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
  download_id   TEXT NOT NULL,
  title         TEXT NOT NULL,
  album_ids     TEXT NOT NULL,  -- JSON
  grabbed_at    TEXT NOT NULL,
  failure       TEXT,           -- why it came to nothing
  PRIMARY KEY (connection_id, download_id)
) WITHOUT ROWID;

-- Tags of ours that another program removed and that we wrote again: at most three times a day for a file.
CREATE TABLE tag_restored (
  track_id INTEGER NOT NULL REFERENCES track (id) ON DELETE CASCADE,
  at       INTEGER NOT NULL  -- milliseconds since 1970
);
CREATE INDEX tag_restored_track ON tag_restored (track_id, at);
