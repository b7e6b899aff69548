-- What takes impossible values out of a ledger that should never have come in.

-- name: select_impossible_days
-- Whether the tally has days before any such API, or after everything that happened; or an open run began so early.
-- An impossible instant of a finished run always shows here, and all of this is found without reading the runs.
SELECT
  coalesce((SELECT min(day) FROM run_day) < :first_day, 0)
  OR coalesce((SELECT max(day) FROM run_day) > (SELECT max(at) FROM sequence) / 86400000 + 2, 0)
  OR EXISTS (SELECT 1 FROM run INDEXED BY run_open WHERE ended_at IS NULL AND started_at < :earliest);

-- name: select_impossible_prices
SELECT EXISTS (
  SELECT 1 FROM price WHERE superseded_by IS NULL AND CAST(price_second AS REAL) > :limit
  UNION ALL
  SELECT 1 FROM configured_price WHERE withdrawn_by IS NULL AND CAST(price_second AS REAL) > :limit
);

-- name: select_newest_event
SELECT coalesce(max(at), 0) FROM sequence;

-- name: update_impossible_runs
-- What cannot be true is missing. A visit may take hours, so its runs may have ended a day after it began. An end ahead of
-- that is the instant of the visit that saw it.
UPDATE run SET
  created_at = iif(run.created_at BETWEEN :earliest AND seen.at + 86400000, run.created_at, NULL),
  started_at = iif(run.started_at BETWEEN :earliest AND seen.at + 86400000, run.started_at, NULL),
  completed_at = iif(run.completed_at BETWEEN :earliest AND seen.at + 86400000, run.completed_at, NULL),
  updated_at = iif(run.updated_at BETWEEN :earliest AND seen.at + 86400000, run.updated_at, NULL),
  ended_at = CASE
    WHEN run.ended_at IS NULL OR run.ended_at BETWEEN :earliest AND seen.at + 86400000 THEN run.ended_at
    WHEN run.ended_at < :earliest AND run.updated_at BETWEEN :earliest AND seen.at + 86400000 THEN run.updated_at
    ELSE seen.at
  END
FROM sequence AS seen
WHERE seen.sequence = run.sequence
  AND (
    run.created_at NOT BETWEEN :earliest AND seen.at + 86400000
    OR run.started_at NOT BETWEEN :earliest AND seen.at + 86400000
    OR run.completed_at NOT BETWEEN :earliest AND seen.at + 86400000
    OR run.updated_at NOT BETWEEN :earliest AND seen.at + 86400000
    OR run.ended_at NOT BETWEEN :earliest AND seen.at + 86400000
  );

-- name: update_impossible_prices
UPDATE price SET superseded_by = :sequence WHERE superseded_by IS NULL AND CAST(price_second AS REAL) > :limit;

-- name: update_impossible_configured_prices
UPDATE configured_price SET withdrawn_by = :sequence
WHERE withdrawn_by IS NULL AND CAST(price_second AS REAL) > :limit;
