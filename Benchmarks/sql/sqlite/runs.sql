-- Every finished run with its whole cost, in the order and with the columns of our report.
--
-- A run of four hours at our dearest price is 2 × 10^17 units of 10^-18, so 64 bits hold every cost exactly.
WITH
setting AS MATERIALIZED (
  SELECT
    runner_detail.runner_id,
    runner_detail.source,
    runner_detail.runner,
    runner_detail.runner_external_id,
    runner_detail.timeout_seconds,
    runner_detail.instance_type,
    runner_detail.region,
    CAST(decimal_mul(price.price_second, '1000000000000000') AS INTEGER) AS price
  FROM runner_detail
  JOIN runner_version USING (runner_id)
  JOIN price ON price.instance_type_id = runner_version.instance_type_id
  ORDER BY runner_detail.runner, runner_detail.runner_external_id
),
costed AS (
  SELECT
    *,
    max(0, run.ended_at - run.started_at) AS runtime,
    max(0, run.ended_at - run.started_at) * setting.price AS cost
  FROM setting
  CROSS JOIN run USING (runner_id)
  JOIN outcome USING (outcome)
  WHERE run.ended_at IS NOT NULL
)
SELECT
  source,
  runner,
  runner_external_id AS runner_id,
  external_id AS run_id,
  status,
  word AS outcome,
  outcome_inferred,
  exit_code,
  strftime('%Y-%m-%dT%H:%M:%fZ', created_at / 1000.0, 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', started_at / 1000.0, 'unixepoch') AS started_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', ended_at / 1000.0, 'unixepoch') AS completed_at,
  CASE WHEN started_at IS NOT NULL THEN printf('%.3f', max(0, started_at - created_at) / 1000.0) END
    AS queue_seconds,
  CASE WHEN runtime IS NOT NULL THEN printf('%.3f', runtime / 1000.0) END AS runtime_seconds,
  CASE WHEN runtime IS NOT NULL THEN printf('%.3f', runtime / 1000.0) END AS billed_seconds,
  timeout_seconds,
  instance_type,
  region,
  CASE WHEN cost IS NOT NULL THEN printf('%d.%018d', cost / 1000000000000000000, cost % 1000000000000000000) END
    AS cost,
  NULL AS currency,
  CASE WHEN runtime IS NOT NULL THEN 1 END AS price_assumed
FROM costed
ORDER BY runner, runner_external_id, costed.ended_at, external_id;
