-- How often a reader's reports were right is worked out from the index alone, without reading the reports.
DROP INDEX report_user;
CREATE INDEX report_user ON report (user_id, id, comment_id, version);
