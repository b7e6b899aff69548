-- One row per run in words and readable instants, with the local day it finished.
CREATE VIEW run_detail AS
SELECT
  run.run_id,
  runner_detail.source,
  runner_detail.runner,
  run.external_id AS run_external_id,
  run.status,
  outcome.word AS outcome,
  run.outcome_inferred,
  run.exit_code,
  strftime('%Y-%m-%dT%H:%M:%fZ', run.created_at / 1000.0, 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', run.started_at / 1000.0, 'unixepoch') AS started_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', run.ended_at / 1000.0, 'unixepoch') AS ended_at,
  strftime(
    '%Y-%m-%d',
    run.ended_at / 1000 + (
      SELECT zone_transition.offset_seconds
      FROM zone_transition
      WHERE zone_transition.at <= run.ended_at
      ORDER BY zone_transition.at DESC
      LIMIT 1
    ),
    'unixepoch'
  ) AS local_day,
  max(0, run.started_at - run.created_at) / 1000.0 AS queue_seconds,
  max(0, run.ended_at - run.started_at) / 1000.0 AS runtime_seconds,
  runner_detail.instance_type AS instance_type_now,
  runner_detail.runner_id
FROM run
JOIN runner_detail USING (runner_id)
JOIN outcome USING (outcome);
