-- What the staff write down about a reader, for each other.
CREATE TABLE author_note (
  id      INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES user (id),     -- the reader
  by_id   INTEGER NOT NULL REFERENCES user (id),
  note_id INTEGER NOT NULL REFERENCES note (id),     -- its body is '' when it was erased
  at      INTEGER NOT NULL
) STRICT;
CREATE INDEX author_note_user ON author_note (user_id, id);
