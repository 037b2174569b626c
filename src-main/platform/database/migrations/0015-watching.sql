-- How changes of a library's folder are noticed between scans: told by the system, looked for every so often, or not.
ALTER TABLE library ADD COLUMN watch_mode TEXT NOT NULL DEFAULT 'events' CHECK (watch_mode IN ('off', 'events', 'poll'));
ALTER TABLE library ADD COLUMN poll_interval_s INTEGER NOT NULL DEFAULT 300;
