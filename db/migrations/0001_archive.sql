-- Times are unix milliseconds, written by the program. Ids are made by the program.
-- Nothing is counted beside the truth: counts, trust and history are queries over these rows.

CREATE TABLE user (
  id             INTEGER PRIMARY KEY,
  email          TEXT    NOT NULL UNIQUE,            -- lower case
  email_verified INTEGER NOT NULL DEFAULT 0 CHECK (email_verified IN (0, 1)),
  name           TEXT    NOT NULL,                   -- public text, 2-20 characters
  password       TEXT    NOT NULL,                   -- PHC string of argon2id
  role           TEXT    NOT NULL CHECK (role IN ('reader', 'moderator', 'admin')),
  status         TEXT    NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'disabled')),
  language       TEXT    NOT NULL DEFAULT '',        -- '' follows the browser
  created        INTEGER NOT NULL
) STRICT;
CREATE INDEX user_role ON user (role);

CREATE TABLE session (
  hash    BLOB    PRIMARY KEY,                       -- SHA-256 of the cookie's 256-bit id
  user_id INTEGER NOT NULL REFERENCES user (id),
  created INTEGER NOT NULL,
  used    INTEGER NOT NULL,                          -- written at most once a minute
  agent   TEXT    NOT NULL DEFAULT '',
  draft   TEXT    NOT NULL DEFAULT ''                -- a comment carried through the log-in, JSON
) STRICT, WITHOUT ROWID;
CREATE INDEX session_user ON session (user_id);

CREATE TABLE login_attempt (
  id      INTEGER PRIMARY KEY,
  account BLOB    NOT NULL,                          -- SHA-256 of the address that was typed
  address TEXT    NOT NULL,                          -- client network: IPv4, or IPv6 /64
  at      INTEGER NOT NULL                           -- rows older than 15 minutes are deleted
) STRICT;
CREATE INDEX login_attempt_account ON login_attempt (account, at);
CREATE INDEX login_attempt_address ON login_attempt (address, at);
CREATE INDEX login_attempt_at ON login_attempt (at);

CREATE TABLE setup_token (
  hash    BLOB    PRIMARY KEY,                       -- SHA-256 of the one-time set-up link's token
  created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE article (
  id            INTEGER PRIMARY KEY,
  slug          TEXT    NOT NULL UNIQUE,             -- the permalink: never changes
  source_key    TEXT    NOT NULL UNIQUE,             -- what makes two imports the same article
  content_hash  TEXT    NOT NULL,                    -- what makes an import a change
  source_format TEXT    NOT NULL,
  source_id     TEXT    NOT NULL,
  url           TEXT    NOT NULL,
  headline      TEXT    NOT NULL CHECK (headline <> ''),
  deck          TEXT    NOT NULL,
  section       TEXT    NOT NULL,
  section_slug  TEXT    NOT NULL,
  keywords      TEXT    NOT NULL,                    -- JSON
  language      TEXT    NOT NULL,
  published     INTEGER,                             -- NULL only when imported with --undated allow
  modified      INTEGER,
  published_raw TEXT    NOT NULL,
  zone_assumed  INTEGER NOT NULL CHECK (zone_assumed IN (0, 1)),
  dateline      TEXT    NOT NULL,
  credit        TEXT    NOT NULL,
  comments      TEXT    NOT NULL DEFAULT 'open' CHECK (comments IN ('open', 'closed')),
  revision      INTEGER NOT NULL DEFAULT 1,          -- of the content
  version       INTEGER NOT NULL DEFAULT 1,          -- of the page: bumped by every commit that changes what readers share
  created       INTEGER NOT NULL,
  sorted        INTEGER NOT NULL,                    -- published, else created: the order of every list
  -- The long columns stand last: SQLite walks through them to reach what stands behind.
  body_html     TEXT    NOT NULL CHECK (body_html <> ''),
  body_text     TEXT    NOT NULL CHECK (body_text <> ''),
  images        TEXT    NOT NULL                     -- JSON
) STRICT;
CREATE INDEX article_sorted ON article (sorted, id);
CREATE INDEX article_section ON article (section_slug, sorted, id);

CREATE TABLE article_author (
  article_id INTEGER NOT NULL REFERENCES article (id),
  position   INTEGER NOT NULL,
  name       TEXT    NOT NULL,
  raw_name   TEXT    NOT NULL,
  slug       TEXT    NOT NULL,
  email      TEXT    NOT NULL,
  role       TEXT    NOT NULL,
  sorted     INTEGER NOT NULL,                       -- the article's, for the author's page
  PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_author_slug ON article_author (slug, sorted, article_id);

CREATE TABLE article_revision (
  article_id INTEGER NOT NULL REFERENCES article (id),
  revision   INTEGER NOT NULL,
  content    TEXT    NOT NULL,                       -- JSON of the content that was replaced
  hash       TEXT    NOT NULL,
  replaced   INTEGER NOT NULL,
  PRIMARY KEY (article_id, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_job (
  id       INTEGER PRIMARY KEY,
  source   TEXT    NOT NULL,
  user_id  INTEGER REFERENCES user (id),             -- NULL: the command line
  dry_run  INTEGER NOT NULL CHECK (dry_run IN (0, 1)),
  state    TEXT    NOT NULL CHECK (state IN ('running', 'done', 'failed')),
  error    TEXT    NOT NULL DEFAULT '',
  started  INTEGER NOT NULL,
  beat     INTEGER NOT NULL,                         -- last sign of life of a running job
  finished INTEGER
) STRICT;

CREATE TABLE import_item (
  job_id     INTEGER NOT NULL REFERENCES import_job (id),
  position   INTEGER NOT NULL,
  locator    TEXT    NOT NULL,
  outcome    TEXT    NOT NULL CHECK (outcome IN ('created', 'updated', 'unchanged', 'quarantined')),
  article_id INTEGER REFERENCES article (id),
  reason     TEXT    NOT NULL DEFAULT '',            -- in English, with details
  reason_id  TEXT    NOT NULL DEFAULT '',            -- a stable word for it, for other languages
  raw        BLOB    NOT NULL DEFAULT x'',           -- what was quarantined, as it came
  PRIMARY KEY (job_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_item_article ON import_item (article_id, job_id) WHERE article_id IS NOT NULL;
CREATE INDEX import_item_outcome ON import_item (job_id, outcome);

CREATE TABLE standards (
  version  TEXT    PRIMARY KEY,
  document TEXT    NOT NULL,                         -- JSON
  applied  INTEGER NOT NULL,
  user_id  INTEGER REFERENCES user (id)
) STRICT;

CREATE TABLE comment (
  id         INTEGER PRIMARY KEY,                    -- grows with time: the order of every list
  article_id INTEGER NOT NULL REFERENCES article (id),
  author_id  INTEGER NOT NULL REFERENCES user (id),
  parent_id  INTEGER REFERENCES comment (id),
  body       TEXT    NOT NULL CHECK (body <> ''),
  characters INTEGER NOT NULL CHECK (characters BETWEEN 1 AND 250),
  language   TEXT    NOT NULL,
  state      TEXT    NOT NULL CHECK (state IN ('pending', 'published', 'rejected', 'blocked', 'withdrawn')),
  version    INTEGER NOT NULL DEFAULT 1,             -- of the words: an edit makes the next
  risk       REAL    NOT NULL,                       -- of the verdict on this version, 0-1
  submitted  INTEGER NOT NULL,
  edited     INTEGER
) STRICT;
CREATE INDEX comment_article ON comment (article_id, state, id);
CREATE INDEX comment_thread ON comment (article_id, id) WHERE parent_id IS NULL;
CREATE INDEX comment_author ON comment (author_id, submitted, state);
CREATE INDEX comment_parent ON comment (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX comment_pending ON comment (id) WHERE state = 'pending';
CREATE INDEX comment_pending_risk ON comment (risk, id) WHERE state = 'pending';

CREATE TABLE comment_revision (
  comment_id INTEGER NOT NULL REFERENCES comment (id),
  version    INTEGER NOT NULL,
  body       TEXT    NOT NULL,
  characters INTEGER NOT NULL,
  submitted  INTEGER NOT NULL,
  PRIMARY KEY (comment_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE verdict (
  comment_id INTEGER NOT NULL REFERENCES comment (id),
  version    INTEGER NOT NULL,                       -- of the comment it speaks of
  outcome    TEXT    NOT NULL CHECK (outcome IN ('publish', 'hold')),
  reason     TEXT    NOT NULL,
  risk       REAL    NOT NULL,
  findings   TEXT    NOT NULL,                       -- JSON, offsets in bytes of the body
  standards  TEXT    NOT NULL REFERENCES standards (version),
  model      TEXT    NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (comment_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE note (
  id   INTEGER PRIMARY KEY,
  body TEXT    NOT NULL,                             -- free text: can be erased
  salt BLOB    NOT NULL                              -- the audit keeps SHA-256(salt || body)
) STRICT;

CREATE TABLE decision (
  id         INTEGER PRIMARY KEY,
  comment_id INTEGER NOT NULL REFERENCES comment (id),
  version    INTEGER NOT NULL,                       -- of the comment it speaks of
  user_id    INTEGER NOT NULL REFERENCES user (id),
  action     TEXT    NOT NULL CHECK (action IN ('approve', 'reject', 'withdraw')),
  clause     TEXT    NOT NULL DEFAULT '',
  note_id    INTEGER REFERENCES note (id),
  standards  TEXT    NOT NULL REFERENCES standards (version),
  at         INTEGER NOT NULL,
  CHECK (action <> 'reject' OR clause <> '')
) STRICT;
CREATE INDEX decision_comment ON decision (comment_id, id);

CREATE TABLE audit (
  seq     INTEGER PRIMARY KEY,                       -- 1, 2, 3 … in the order of the commits
  at      INTEGER NOT NULL,
  user_id INTEGER,                                   -- NULL: the program or the command line
  action  TEXT    NOT NULL,
  subject INTEGER NOT NULL,                          -- id of what it was done to
  detail  TEXT    NOT NULL DEFAULT ''                -- ids, versions and hashes; never names, addresses or free text
) STRICT;

CREATE TABLE audit_seal (
  last  INTEGER PRIMARY KEY,                         -- the block ends with this row of the audit
  first INTEGER NOT NULL,
  mac   BLOB    NOT NULL,                            -- HMAC-SHA256(key, mac of the block before || the rows)
  at    INTEGER NOT NULL
) STRICT;
