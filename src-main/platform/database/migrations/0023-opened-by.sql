-- Which Tonearm has opened this library, and since when: where the last one is another than the one that runs, Tonearm
-- was updated, and the library is backed up before anything else is done with it.
CREATE TABLE opened_by (
  id INTEGER PRIMARY KEY,
  version TEXT NOT NULL,
  since TEXT NOT NULL
);
