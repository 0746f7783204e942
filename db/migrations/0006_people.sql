-- A message may speak of a notice: to its requester (kind 'notice') or to the comment's author (kind 'noticed').
ALTER TABLE message ADD COLUMN notice_id INTEGER REFERENCES notice (id);
CREATE INDEX message_notice ON message (notice_id) WHERE notice_id IS NOT NULL;

ALTER TABLE notice ADD COLUMN relation TEXT NOT NULL DEFAULT ''; -- of the requester to whom the comment harms: 'self' or 'agent'; '' where it does not matter
CREATE INDEX notice_user ON notice (user_id, at) WHERE user_id IS NOT NULL;
CREATE INDEX notice_email ON notice (email, at) WHERE email <> '';

-- Who sent notices lately, by network. Rows older than a day are deleted.
CREATE TABLE notice_sender (
  id      INTEGER PRIMARY KEY,
  address TEXT    NOT NULL,                          -- client network: IPv4, or IPv6 /64
  at      INTEGER NOT NULL
) STRICT;
CREATE INDEX notice_sender_address ON notice_sender (address, at);
CREATE INDEX notice_sender_at ON notice_sender (at);
