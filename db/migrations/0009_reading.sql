-- What the staff set for the discussion of one article. An article without a row follows the newspaper.
CREATE TABLE article_control (
  article_id INTEGER PRIMARY KEY REFERENCES article (id),
  version    INTEGER NOT NULL,                       -- 1, 2, 3 …
  mode       TEXT    NOT NULL DEFAULT '' CHECK (mode IN ('', 'pre', 'post')), -- '' is the newspaper's
  slow       INTEGER NOT NULL DEFAULT 0 CHECK (slow BETWEEN 0 AND 86400),     -- seconds between two comments of a reader, 0 for none
  days       INTEGER CHECK (days >= 0),              -- after publication it closes; 0 is never, NULL is the desk's setting
  closes     INTEGER                                 -- when it closes; goes before days
) STRICT;

-- A comment that the staff put first or chose. It stands while those words stand on the page.
CREATE TABLE pick (
  id         INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL REFERENCES article (id), -- the comment's
  comment_id INTEGER NOT NULL REFERENCES comment (id),
  version    INTEGER NOT NULL,                       -- of the words
  kind       TEXT    NOT NULL CHECK (kind IN ('pinned', 'choice')),
  user_id    INTEGER NOT NULL REFERENCES user (id),
  at         INTEGER NOT NULL,
  UNIQUE (comment_id, kind)
) STRICT;
CREATE INDEX pick_article ON pick (article_id, kind);

-- Readers recommend the words of comments. What is taken back stays as a row, so that seq tells of every change under an article.
CREATE TABLE reaction (
  comment_id  INTEGER NOT NULL REFERENCES comment (id),
  user_id     INTEGER NOT NULL REFERENCES user (id),
  article_id  INTEGER NOT NULL REFERENCES article (id), -- the comment's
  version     INTEGER NOT NULL,                      -- of the words: new ones are not recommended by anybody
  recommended INTEGER NOT NULL CHECK (recommended IN (0, 1)),
  seq         INTEGER NOT NULL,                      -- 1, 2, 3 … under the article, in the order of the commits
  at          INTEGER NOT NULL,
  PRIMARY KEY (comment_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reaction_article ON reaction (article_id, seq);
CREATE INDEX reaction_reader ON reaction (user_id, article_id, seq);
CREATE INDEX reaction_at ON reaction (user_id, at);

-- A reader does not want to read another one. Nobody else learns of it.
CREATE TABLE mute (
  user_id  INTEGER NOT NULL REFERENCES user (id),
  muted_id INTEGER NOT NULL REFERENCES user (id),
  at       INTEGER NOT NULL,
  PRIMARY KEY (user_id, muted_id),
  CHECK (user_id <> muted_id)
) STRICT, WITHOUT ROWID;

-- An answer is told once.
CREATE UNIQUE INDEX message_reply ON message (comment_id) WHERE kind = 'reply';
