-- What the verdict and the decisions on the words of a comment name, as the desk's filter looks for it: ' check:links ' for a
-- check that found something, ' clause:spam ' for a clause. It follows from both, and is kept so that a filter finds it beside
-- the words instead of looking up verdict and decisions of every comment that waits.
ALTER TABLE comment ADD COLUMN named TEXT NOT NULL DEFAULT '';
UPDATE comment SET named = (SELECT coalesce(group_concat(name, ''), '') FROM (
  SELECT ' check:' || nullif(json_extract(f.value, '$.check'), '') || ' ' AS name FROM verdict v, json_each(v.findings) f WHERE v.comment_id = comment.id AND v.version = comment.version
  UNION SELECT ' clause:' || nullif(json_extract(f.value, '$.clause'), '') || ' ' FROM verdict v, json_each(v.findings) f WHERE v.comment_id = comment.id AND v.version = comment.version
  UNION SELECT ' clause:' || nullif(d.clause, '') || ' ' FROM decision d WHERE d.comment_id = comment.id AND d.version = comment.version))
WHERE id IN (SELECT comment_id FROM verdict WHERE findings <> '[]' UNION SELECT comment_id FROM decision WHERE clause <> '');
