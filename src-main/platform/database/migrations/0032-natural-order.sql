-- Lists sort titles, artists and albums as people count: before each number of a key stands how many digits it has.
CREATE TEMP TABLE natural_key AS
WITH RECURSIVE
  plain(text) AS (
    SELECT sort_title FROM track WHERE sort_title GLOB '*[0-9]*'
    UNION SELECT sort_artist FROM track WHERE sort_artist GLOB '*[0-9]*'
    UNION SELECT sort_album FROM track WHERE sort_album GLOB '*[0-9]*'
  ),
  -- A character or a number at a time: what is done, what is still to do, and how many digits the latter begins with.
  part(text, done, rest, digits) AS (
    SELECT text, '', text, length(text) - length(ltrim(text, '0123456789')) FROM plain
    UNION ALL
    SELECT text,
      done || CASE
        WHEN digits = 0 THEN substr(rest, 1, 1)
        WHEN ltrim(substr(rest, 1, digits), '0') = '' THEN '10'
        ELSE char(48 + length(ltrim(substr(rest, 1, digits), '0'))) || ltrim(substr(rest, 1, digits), '0') END,
      substr(rest, 1 + max(1, digits)),
      length(substr(rest, 1 + max(1, digits))) - length(ltrim(substr(rest, 1 + max(1, digits)), '0123456789'))
    FROM part WHERE rest <> ''
  )
SELECT text, done AS key FROM part WHERE rest = '';
CREATE UNIQUE INDEX temp.natural_key_of ON natural_key (text);

UPDATE track SET sort_title = (SELECT key FROM natural_key WHERE text = sort_title) WHERE sort_title GLOB '*[0-9]*';
UPDATE track SET sort_artist = (SELECT key FROM natural_key WHERE text = sort_artist) WHERE sort_artist GLOB '*[0-9]*';
UPDATE track SET sort_album = (SELECT key FROM natural_key WHERE text = sort_album) WHERE sort_album GLOB '*[0-9]*';
DROP TABLE natural_key;
