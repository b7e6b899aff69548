-- Every finished run with its whole cost, in the order and with the columns of our report.
COPY (
  SELECT
    split_part(runner.name, '/', 1) AS source,
    runner.name AS runner,
    run.runner_id,
    run.run_id,
    run.status,
    run.outcome,
    run.outcome = 'timeout' AS outcome_inferred,
    run.exit_code,
    run.created_at,
    run.started_at,
    run.ended_at AS completed_at,
    CASE WHEN run.started_at IS NOT NULL THEN
      CAST(greatest(0, epoch_ms(run.started_at) - epoch_ms(run.created_at)) AS DECIMAL(15, 0)) * 0.001
    END AS queue_seconds,
    CASE WHEN run.started_at IS NOT NULL THEN
      CAST(greatest(0, epoch_ms(run.ended_at) - epoch_ms(run.started_at)) AS DECIMAL(15, 0)) * 0.001
    END AS runtime_seconds,
    runtime_seconds AS billed_seconds,
    runner.timeout_seconds,
    runner.instance_type,
    runner.region,
    runtime_seconds * runner.price_second AS cost,
    NULL AS currency,
    CASE WHEN run.started_at IS NOT NULL THEN true END AS price_assumed
  FROM run
  JOIN runner USING (runner_id)
  WHERE run.ended_at IS NOT NULL
  ORDER BY runner.name, run.runner_id, run.ended_at, run.run_id
) TO '$output' ($format, TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%S.%gZ');
