-- With what this installation's secret is mixed, so that the same phrase is another key elsewhere.
CREATE TABLE sealing (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  salt BLOB NOT NULL
);
