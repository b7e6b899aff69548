-- Runs per day by outcome, the share that failed, and its Wilson 95 % interval, from the ledger's runs.
WITH
counted AS (
  SELECT
    run.ended_at / 86400000 AS day,
    count(*) FILTER (WHERE run.outcome = 2) AS successes,
    count(*) FILTER (WHERE run.outcome = 3) AS failures,
    count(*) FILTER (WHERE run.outcome = 4) AS errors,
    count(*) FILTER (WHERE run.outcome = 5) AS timeouts
  FROM runner
  JOIN run
    ON run.runner_id = runner.runner_id
    AND run.ended_at >= strftime('%s', '$from') * 1000 AND run.ended_at < strftime('%s', '$to') * 1000
  GROUP BY day
),
rated AS (
  SELECT
    *,
    failures + errors + timeouts AS failed,
    successes + failures + errors + timeouts AS rated_runs
  FROM counted
),
shared AS (
  SELECT *, failed * 1.0 / rated_runs AS failure_rate, 1.959963984540054 AS z
  FROM rated
),
bounded AS (
  SELECT
    *,
    (failure_rate + z * z / (2 * rated_runs)) / (1 + z * z / rated_runs) AS centre,
    z / (1 + z * z / rated_runs)
      * sqrt(failure_rate * (1 - failure_rate) / rated_runs + z * z / (4.0 * rated_runs * rated_runs)) AS half
  FROM shared
)
SELECT
  date(day * 86400, 'unixepoch') AS period,
  rated_runs, successes, failures, errors, timeouts, failed, failure_rate,
  CASE WHEN failed = 0 THEN 0 ELSE max(0, centre - half) END AS failure_rate_low,
  CASE WHEN failed = rated_runs THEN 1 ELSE min(1, centre + half) END AS failure_rate_high
FROM bounded
ORDER BY day;
