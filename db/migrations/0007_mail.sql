-- What was done to an account because of how it was used. Rows are only added; a lift ends all before it, an uphold
-- answers an objection and changes nothing.
CREATE TABLE sanction (
  id        INTEGER PRIMARY KEY,
  user_id   INTEGER NOT NULL REFERENCES user (id),   -- whose account
  by_id     INTEGER NOT NULL REFERENCES user (id),
  action    TEXT    NOT NULL CHECK (action IN ('warn', 'premoderate', 'suspend', 'ban', 'lift', 'uphold')),
  clause    TEXT    NOT NULL DEFAULT '',
  note_id   INTEGER REFERENCES note (id),            -- for the staff
  answer_id INTEGER REFERENCES note (id),            -- for the reader
  standards TEXT    NOT NULL REFERENCES standards (version),
  at        INTEGER NOT NULL,
  until     INTEGER,                                 -- when it ends by itself; NULL: not
  objection_id INTEGER,                              -- the objection that it answers
  CHECK (action IN ('lift', 'uphold') OR clause <> ''),
  CHECK ((action = 'uphold') = (objection_id IS NOT NULL)),
  CHECK (action <> 'suspend' OR until IS NOT NULL),
  CHECK (action IN ('suspend', 'premoderate') OR until IS NULL)
) STRICT;
CREATE INDEX sanction_user ON sanction (user_id, id);

-- What a reader says against a sanction. It is open until a sanction answers it, or a lift ends the sanction.
CREATE TABLE objection (
  id          INTEGER PRIMARY KEY,
  sanction_id INTEGER NOT NULL UNIQUE REFERENCES sanction (id),
  note_id     INTEGER NOT NULL REFERENCES note (id), -- the reader's text
  at          INTEGER NOT NULL
) STRICT;

-- The decisions that a ban took on all comments of an account, and those with which a lift took them back.
ALTER TABLE decision ADD COLUMN sanction_id INTEGER REFERENCES sanction (id);
CREATE INDEX decision_sanction ON decision (sanction_id) WHERE sanction_id IS NOT NULL;

ALTER TABLE message ADD COLUMN sanction_id INTEGER REFERENCES sanction (id);
ALTER TABLE message ADD COLUMN language TEXT NOT NULL DEFAULT ''; -- to be written in, where the account made no choice
ALTER TABLE message ADD COLUMN sent INTEGER;                      -- when the mail server took it
CREATE INDEX message_sent ON message (user_id, sent) WHERE sent IS NOT NULL;
CREATE INDEX message_outbox ON message (mail, id) WHERE mail <> 'none';

-- Who of the staff looked at whose account lately: each hour is logged once.
CREATE INDEX audit_view ON audit (subject, user_id, at) WHERE action = 'user.view';
CREATE INDEX message_unseen ON message (user_id) WHERE seen IS NULL;
