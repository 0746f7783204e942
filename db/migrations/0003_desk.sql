-- Decisions can now take a comment down for a time, put it back, and take an earlier decision back. The clock of the
-- archive decides as nobody (user_id NULL): it puts back what was taken down only until then.
CREATE TABLE decision_next (
  id         INTEGER PRIMARY KEY,
  comment_id INTEGER NOT NULL REFERENCES comment (id),
  version    INTEGER NOT NULL,                       -- of the comment it speaks of
  user_id    INTEGER REFERENCES user (id),           -- NULL: the program
  action     TEXT    NOT NULL CHECK (action IN ('approve', 'reject', 'block', 'restore', 'reopen', 'withdraw')),
  clause     TEXT    NOT NULL DEFAULT '',
  note_id    INTEGER REFERENCES note (id),           -- for the staff
  answer_id  INTEGER REFERENCES note (id),           -- for the author
  standards  TEXT    NOT NULL REFERENCES standards (version),
  at         INTEGER NOT NULL,
  until      INTEGER,                                -- when a block ends by itself
  undoes     INTEGER,                                -- the decision that this one takes back
  appeal_id  INTEGER,                                -- the appeal that this one answers
  CHECK (action NOT IN ('reject', 'block') OR clause <> ''),
  CHECK (action = 'block' OR until IS NULL)
) STRICT;
INSERT INTO decision_next (id, comment_id, version, user_id, action, clause, note_id, standards, at)
SELECT id, comment_id, version, user_id, action, clause, note_id, standards, at FROM decision;
DROP TABLE decision;
ALTER TABLE decision_next RENAME TO decision;
CREATE INDEX decision_comment ON decision (comment_id, id);
CREATE INDEX decision_until ON decision (until) WHERE until IS NOT NULL;
CREATE INDEX decision_undoes ON decision (undoes) WHERE undoes IS NOT NULL;
CREATE INDEX decision_appeal ON decision (appeal_id) WHERE appeal_id IS NOT NULL;

-- What somebody is told: in the account at once, by mail when it is due. Its words are made from what it points at.
CREATE TABLE message (
  id          INTEGER PRIMARY KEY,
  user_id     INTEGER REFERENCES user (id),          -- NULL: somebody without an account
  kind        TEXT    NOT NULL,
  comment_id  INTEGER REFERENCES comment (id),
  decision_id INTEGER REFERENCES decision (id),
  at          INTEGER NOT NULL,
  seen        INTEGER,                               -- when it was opened in the account
  mail        TEXT    NOT NULL CHECK (mail IN ('none', 'wait', 'sent', 'failed')),
  due         INTEGER NOT NULL,                      -- of the mail: later than at where the decision may still be taken back
  tries       INTEGER NOT NULL DEFAULT 0,
  error       TEXT    NOT NULL DEFAULT ''            -- of the last try
) STRICT;
CREATE INDEX message_user ON message (user_id, id);
CREATE INDEX message_due ON message (due) WHERE mail = 'wait';
CREATE INDEX message_decision ON message (decision_id) WHERE decision_id IS NOT NULL;

-- How the desk works: what an admin sets of it. The highest version is in force.
CREATE TABLE desk_setting (
  version  INTEGER PRIMARY KEY,                      -- 1, 2, 3 …
  document TEXT    NOT NULL,                         -- JSON
  applied  INTEGER NOT NULL,
  user_id  INTEGER REFERENCES user (id)
) STRICT;

-- A reader points at a comment: once for each reader and comment. It is open until the next decision on the comment (ids
-- grow with time); that decision says whether it was right.
CREATE TABLE report (
  id         INTEGER PRIMARY KEY,
  comment_id INTEGER NOT NULL REFERENCES comment (id),
  version    INTEGER NOT NULL,                       -- of the words that were read
  user_id    INTEGER NOT NULL REFERENCES user (id),
  reason     TEXT    NOT NULL,                       -- id of a clause, or 'other'
  note_id    INTEGER REFERENCES note (id),
  at         INTEGER NOT NULL,
  UNIQUE (comment_id, user_id)
) STRICT;
CREATE INDEX report_user ON report (user_id, id);

-- The author asks for another look at a decision. It is open until a decision bears its id.
CREATE TABLE appeal (
  id          INTEGER PRIMARY KEY,
  comment_id  INTEGER NOT NULL REFERENCES comment (id),
  decision_id INTEGER NOT NULL UNIQUE REFERENCES decision (id),
  user_id     INTEGER NOT NULL REFERENCES user (id),
  note_id     INTEGER NOT NULL REFERENCES note (id), -- the author's text
  at          INTEGER NOT NULL
) STRICT;
CREATE INDEX appeal_comment ON appeal (comment_id, id);

-- Somebody, with or without an account, says that a comment is against the law (DSA, article 16) or asks for it to be taken
-- down (Korea's Network Act, article 44-2). It is open until the next decision on the comment, as a report is.
CREATE TABLE notice (
  id         INTEGER PRIMARY KEY,
  number     TEXT    NOT NULL UNIQUE,                -- the case's, told to everybody concerned
  law        TEXT    NOT NULL CHECK (law IN ('dsa', 'kr')),
  comment_id INTEGER NOT NULL REFERENCES comment (id),
  version    INTEGER NOT NULL,
  user_id    INTEGER REFERENCES user (id),           -- NULL: signed out
  name       TEXT    NOT NULL,                       -- of the requester; '' when erased
  email      TEXT    NOT NULL,
  language   TEXT    NOT NULL,
  ground     TEXT    NOT NULL,                       -- what is said to be wrong: a word of the form
  note_id    INTEGER NOT NULL REFERENCES note (id),  -- why
  token      BLOB    NOT NULL,                       -- SHA-256 of the token in the requester's link
  at         INTEGER NOT NULL
) STRICT;
CREATE INDEX notice_comment ON notice (comment_id, id);

-- What a reader chose for themselves.
CREATE TABLE preference (
  user_id        INTEGER PRIMARY KEY REFERENCES user (id),
  mail_decisions INTEGER NOT NULL DEFAULT 1 CHECK (mail_decisions IN (0, 1)),
  mail_replies   INTEGER NOT NULL DEFAULT 0 CHECK (mail_replies IN (0, 1)),
  keys           TEXT    NOT NULL DEFAULT ''         -- JSON: keys of the desk that are not the usual ones
) STRICT;
