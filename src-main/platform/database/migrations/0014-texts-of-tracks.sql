-- What a file's own tags say beyond the columns of `track`: names of roles and tags as Navidrome knows them, each with a
-- list of texts, as one JSON object. Bounded when it is written; lists of tracks never read it.
CREATE TABLE track_text (
  track_id INTEGER PRIMARY KEY REFERENCES track (id) ON DELETE CASCADE,
  texts    TEXT NOT NULL,
  -- Which edition of the reader wrote it; 0: made of the columns of `track`, until the next scan reads the file.
  edition  INTEGER NOT NULL
);
INSERT INTO track_text (track_id, texts, edition)
SELECT track.id, json_patch('{}', json_object(
    'artist', CASE WHEN track.artist <> '' THEN json_array(track.artist) END,
    'albumartist', CASE WHEN album.artist <> '' THEN json_array(album.artist) END,
    -- Several genres were joined with `; `.
    'genre', CASE WHEN genre <> '' THEN json('[' || replace(json_quote(genre), '; ', '","') || ']') END)), 0
FROM track LEFT JOIN album ON album.id = album_id;
