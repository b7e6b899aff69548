-- The same for rows that are changed or taken away.
CREATE TEMP TRIGGER digest_{table}_update AFTER UPDATE ON main.{table}
BEGIN
  UPDATE table_digest SET digest = digest_sum(digest, row_digest({new}), row_digest({old})) WHERE name = '{table}';
END;

CREATE TEMP TRIGGER digest_{table}_delete AFTER DELETE ON main.{table}
BEGIN
  UPDATE table_digest SET rows = rows - 1, digest = digest_sum(digest, 0, row_digest({old})) WHERE name = '{table}';
END;
