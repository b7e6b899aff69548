-- Runs that are not finished, and how far each is known: read_at is the last complete list that had it, and what it has
-- cost so far goes up to accrued_until, which is never past the timeout that was in force when it started. began_at is
-- its start, or its creation while it has none.
CREATE VIEW open_run AS
WITH listed AS (
  SELECT
    run.run_id, run.runner_id, run.started_at, coalesce(run.started_at, run.created_at) AS began_at,
    CASE
      WHEN run.missing_since IS NULL THEN (
        SELECT run_list_read.read_at FROM run_list_read WHERE run_list_read.runner_id = run.runner_id
      )
      ELSE (
        SELECT harvest.started_at
        FROM runner
        JOIN coverage ON coverage.coverage_id = (
          SELECT older.coverage_id
          FROM coverage AS older
          JOIN harvest AS began ON began.harvest_id = older.from_harvest_id
          WHERE older.source_id = runner.source_id AND older.runner_id = run.runner_id AND older.complete = 1
            AND began.started_at < run.missing_since
          ORDER BY older.from_harvest_id DESC
          LIMIT 1
        )
        JOIN harvest ON +harvest.source_id = coverage.source_id
        WHERE runner.runner_id = run.runner_id
          AND harvest.started_at < run.missing_since
          AND harvest.harvest_id <= coalesce(coverage.until_harvest_id, 9223372036854775807)
          -- The list without it, so that what was read since is not searched.
          AND harvest.harvest_id <= (
            SELECT max(without.harvest_id)
            FROM harvest AS without
            WHERE without.source_id = coverage.source_id AND without.complete IN (0, 1)
              AND without.started_at = run.missing_since
          )
          AND (harvest.finished_at IS NOT NULL OR harvest.harvest_id = coverage.from_harvest_id)
        ORDER BY harvest.harvest_id DESC
        LIMIT 1
      )
    END AS read_at,
    coalesce(
      (
        SELECT version.runner_version_id
        FROM runner_version AS version
        WHERE version.runner_id = run.runner_id AND version.valid_from <= run.started_at
        ORDER BY version.valid_from DESC
        LIMIT 1
      ),
      (
        SELECT version.runner_version_id
        FROM runner_version AS version
        WHERE version.runner_id = run.runner_id
        ORDER BY version.valid_from
        LIMIT 1
      )
    ) AS runner_version_id
  FROM run
  WHERE run.ended_at IS NULL
)
SELECT
  listed.run_id, listed.runner_id, listed.started_at, listed.began_at, listed.read_at,
  CASE
    -- Compared by division, which no number of seconds can make overflow.
    WHEN runner_version.timeout_seconds > 0
      AND runner_version.timeout_seconds <= (listed.read_at - listed.started_at) / 1000
      THEN listed.started_at + runner_version.timeout_seconds * 1000
    ELSE listed.read_at
  END AS accrued_until
FROM listed
LEFT JOIN runner_version USING (runner_version_id);
