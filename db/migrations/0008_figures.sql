-- A seal also keeps eight bytes for each of its rows, so that the first broken row can be named.
-- NULL: a seal made before, which vouches for its rows together, and not for its own time.
ALTER TABLE audit_seal ADD COLUMN tags BLOB;

-- A second moderator's answer to a decision, given without knowing it. It changes nothing.
CREATE TABLE reading (
  id          INTEGER PRIMARY KEY,
  decision_id INTEGER NOT NULL UNIQUE REFERENCES decision (id),
  user_id     INTEGER NOT NULL REFERENCES user (id),
  action      TEXT    NOT NULL CHECK (action IN ('approve', 'reject')),
  clause      TEXT    NOT NULL DEFAULT '',
  at          INTEGER NOT NULL,
  CHECK ((action = 'reject') = (clause <> ''))
) STRICT;
CREATE INDEX reading_at ON reading (at);

-- The figures of a period are queries over these.
CREATE INDEX decision_at ON decision (at);
CREATE INDEX comment_submitted ON comment (submitted);
CREATE INDEX report_at ON report (at);
CREATE INDEX appeal_at ON appeal (at);
CREATE INDEX notice_at ON notice (at);

-- The log is looked through by what was done, to what, and by whom.
CREATE INDEX audit_action ON audit (action, seq);
CREATE INDEX audit_subject ON audit (subject, seq);
CREATE INDEX audit_user ON audit (user_id, seq);
CREATE INDEX audit_at ON audit (at);
