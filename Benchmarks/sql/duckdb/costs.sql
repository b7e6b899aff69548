-- Steps that questions of cost share: milliseconds by month and runner, with those that came to nothing.
counted AS (
  SELECT
    date_trunc('month', ended_at) AS month,
    runner_id,
    outcome,
    count(*) AS runs,
    sum(greatest(0, epoch_ms(ended_at) - epoch_ms(started_at)))
      FILTER (started_at IS NOT NULL) AS runtime,
    sum(epoch_ms(ended_at) - epoch_ms(greatest(started_at, date_trunc('month', ended_at))))
      FILTER (started_at < ended_at) AS billed
  FROM run
  WHERE ended_at >= TIMESTAMP '$from' AND ended_at < TIMESTAMP '$to'
  GROUP BY ALL
),
-- The few that ended in a later month than they started.
crossing AS MATERIALIZED (
  SELECT runner_id, outcome, started_at, ended_at
  FROM run
  WHERE ended_at >= TIMESTAMP '$from' AND started_at < TIMESTAMP '$to'
    AND started_at < date_trunc('month', ended_at)
),
earlier AS (
  SELECT
    month,
    runner_id,
    outcome,
    0 AS runs,
    0 AS runtime,
    sum(epoch_ms(month + INTERVAL 1 MONTH) - epoch_ms(greatest(started_at, month))) AS billed
  FROM crossing
  JOIN generate_series(TIMESTAMP '$from', TIMESTAMP '$to' - INTERVAL 1 MONTH, INTERVAL 1 MONTH) AS months (month)
    ON started_at < month + INTERVAL 1 MONTH AND ended_at >= month + INTERVAL 1 MONTH
  GROUP BY ALL
),
summed AS (
  SELECT
    month,
    runner_id,
    sum(runs) AS runs,
    sum(coalesce(runtime, 0)) AS runtime,
    sum(coalesce(billed, 0)) AS billed,
    sum(coalesce(billed, 0)) FILTER (outcome IN ('failure', 'error', 'timeout')) AS wasted
  FROM (FROM counted UNION ALL FROM earlier)
  GROUP BY ALL
)
