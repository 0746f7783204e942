-- A filter of the desk's queue that somebody keeps under a name.
CREATE TABLE filter (
  id        INTEGER PRIMARY KEY,
  user_id   INTEGER NOT NULL REFERENCES user (id),
  name      TEXT    NOT NULL,
  everybody INTEGER NOT NULL CHECK (everybody IN (0, 1)), -- the whole desk sees it
  query     TEXT    NOT NULL,                             -- as it stands in the address of the queue
  at        INTEGER NOT NULL
) STRICT;
CREATE INDEX filter_user ON filter (user_id);

-- The ways into the queues, so that a count or a page costs the same whatever lies behind it.
CREATE INDEX verdict_publish ON verdict (comment_id) WHERE outcome = 'publish';
CREATE INDEX comment_blocked ON comment (id) WHERE state = 'blocked';
CREATE INDEX user_name ON user (lower(name));
