-- Which tracks have got or lost a vector since somebody last looked: who keeps vectors in memory reads the rows beyond the
-- greatest serial it knows. The number of a track that is gone stays, so that its vector goes too.
CREATE TABLE vector_change (
  track_id INTEGER PRIMARY KEY,
  serial   INTEGER NOT NULL
);
CREATE INDEX vector_change_by_serial ON vector_change (serial);

CREATE TRIGGER vector_added AFTER INSERT ON embedding BEGIN
  INSERT INTO vector_change (track_id, serial)
  VALUES ((SELECT track_id FROM analysis WHERE id = new.analysis_id), (SELECT COALESCE(MAX(serial), 0) + 1 FROM vector_change))
  ON CONFLICT (track_id) DO UPDATE SET serial = excluded.serial;
END;
CREATE TRIGGER vector_removed AFTER DELETE ON analysis BEGIN
  INSERT INTO vector_change (track_id, serial)
  VALUES (old.track_id, (SELECT COALESCE(MAX(serial), 0) + 1 FROM vector_change))
  ON CONFLICT (track_id) DO UPDATE SET serial = excluded.serial;
END;
