-- Where a playlist is gone nothing of ours is on a server any more; its number may be given to another.
DELETE FROM publication WHERE playlist_id NOT IN (SELECT id FROM playlist);
CREATE TRIGGER playlist_removed AFTER DELETE ON playlist BEGIN
  DELETE FROM publication WHERE playlist_id = OLD.id;
END;
