-- The same of a table that keeps the answers as they came, instants as text such as 2026-01-15T10:01:00.000+01:00.
WITH
read AS (
  SELECT
    runner_id,
    status,
    exit_code,
    (strftime('%s', created_at) - 1735689600) * 1000 + substr(created_at, 21, 3) AS created,
    (strftime('%s', started_at) - 1735689600) * 1000 + substr(started_at, 21, 3) AS started,
    (strftime('%s', completed_at) - 1735689600) * 1000 + substr(completed_at, 21, 3) AS completed,
    (strftime('%s', updated_at) - 1735689600) * 1000 + substr(updated_at, 21, 3) AS updated
  FROM run
)
SELECT
  count(*) AS runs,
  count(DISTINCT runner_id) AS runners,
  count(*) FILTER (WHERE status = 'succeeded') AS succeeded,
  count(*) FILTER (WHERE status = 'failed') AS failed,
  sum(exit_code) AS exit_codes,
  sum(created) AS created,
  sum(started) AS started,
  sum(completed) AS completed,
  sum(updated) FILTER (WHERE status IN ('succeeded', 'failed')) AS updated
FROM read;
