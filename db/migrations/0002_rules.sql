-- How the standards are enforced. A version keeps its document for ever; the highest is in force.
CREATE TABLE rules (
  version  INTEGER PRIMARY KEY,                      -- 1, 2, 3 …
  document TEXT    NOT NULL,                         -- JSON
  applied  INTEGER NOT NULL,
  user_id  INTEGER REFERENCES user (id)              -- NULL: the command line
) STRICT;

-- What the classifier learned from the newsroom's decisions, each time it was fitted to all of them.
CREATE TABLE refit (
  id       INTEGER PRIMARY KEY,
  at       INTEGER NOT NULL,
  last     INTEGER NOT NULL,                         -- the last decision it looked at
  model    TEXT    NOT NULL,                         -- version of the model that came with the program
  promoted INTEGER NOT NULL CHECK (promoted IN (0, 1)), -- it was better on the decisions held back
  in_force INTEGER NOT NULL CHECK (in_force IN (0, 1)), -- at most one is
  report   TEXT    NOT NULL,                         -- JSON: figures
  layer    BLOB    NOT NULL
) STRICT;
CREATE INDEX refit_in_force ON refit (in_force) WHERE in_force = 1;
