-- The digests that are kept of tables.

-- name: select_digested_columns
-- The columns of every table that has a digest. The tally and the times have none: they are worked out again.
SELECT entry.name AS table_name, info.name AS column_name
FROM main.sqlite_schema AS entry
JOIN pragma_table_info(entry.name, 'main') AS info
WHERE entry.type = 'table'
  AND entry.name NOT LIKE 'sqlite%'
  AND entry.name NOT IN (
    'run_day', 'run_month', 'source_day', 'source_month', 'run_day_times', 'run_month_times', 'table_digest'
  )
ORDER BY entry.name, info.cid;

-- name: select_schema_views
SELECT name, sql FROM main.sqlite_schema WHERE type = 'view' ORDER BY name;

-- name: select_digests
SELECT name, rows, digest FROM main.table_digest ORDER BY name;

-- name: select_digest
SELECT digest FROM main.table_digest WHERE name = :name;

-- name: add_to_digest
UPDATE main.table_digest SET rows = rows + :rows, digest = :digest WHERE name = :name;

-- name: delete_digests
DELETE FROM main.table_digest;

-- name: insert_digest
INSERT INTO main.table_digest (name, rows, digest) VALUES (:name, :rows, :digest);
