-- Keeps the digest of {table} in step with rows that are added. A writer makes it for its own connection only, so that a
-- SQL shell is not asked for functions that it does not have.
CREATE TEMP TRIGGER digest_{table}_insert AFTER INSERT ON main.{table}
BEGIN
  UPDATE table_digest SET rows = rows + 1, digest = digest_sum(digest, row_digest({new}), 0) WHERE name = '{table}';
END;
