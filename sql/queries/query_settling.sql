-- Rulings on runs that their vendor never ended.

-- name: select_run_owner
SELECT runner_id FROM run WHERE run_id = :run_id;

-- name: select_run_seen
-- When a run was last seen alive. After a ruling the visit that first saw it as the vendor tells it counts too.
SELECT max(seen_at)
FROM (
  SELECT seen_at FROM run_seen WHERE run_id = :run_id
  UNION ALL
  SELECT sequence.at
  FROM run_version
  JOIN sequence USING (sequence)
  WHERE run_version.run_id = :run_id AND sequence.kind IN ('harvest', 'import', 'sighting')
);

-- name: select_told_state
-- The newest state of a run that its vendor told.
SELECT run.run_id, run.runner_id, run.external_id, run_version.status, run_version.outcome,
  run_version.outcome_inferred, run_version.exit_code, run_version.created_at, run_version.started_at,
  run_version.completed_at, run_version.updated_at, run_version.ended_at, run.missing_since, run_version.sequence
FROM run_version
JOIN run USING (run_id)
JOIN sequence ON sequence.sequence = run_version.sequence
WHERE run_version.run_id = :run_id AND sequence.kind IN ('harvest', 'import', 'sighting')
ORDER BY run_version.run_version_id DESC
LIMIT 1;

-- name: insert_settlement
INSERT INTO settlement (run_id, sequence, ruling, ended_at, said_by, because)
VALUES (:run_id, :sequence, :ruling, :ended_at, :said_by, :because);

-- name: select_settled_runs
-- Runs that are ended by a ruling in force.
SELECT run.run_id
FROM settlement
CROSS JOIN run ON run.run_id = settlement.run_id AND run.sequence = settlement.sequence
WHERE settlement.ruling <> 'taken-back';

-- name: select_settled_names
-- Selected runs that count as ended by a ruling, and used time in the days of a report or ended in them.
SELECT
  runner_detail.source || ' ' || run.external_id || ' of ' || runner_detail.runner
    || coalesce(' (' || settlement.because || ')', '')
FROM settlement
-- CROSS keeps the order: the few that were ruled on, each by its id.
CROSS JOIN run ON run.run_id = settlement.run_id AND run.sequence = settlement.sequence
JOIN selected_runner ON selected_runner.runner_id = run.runner_id
JOIN runner_detail ON runner_detail.runner_id = run.runner_id
WHERE settlement.ruling <> 'taken-back'
  AND run.ended_at >= :from_at
  AND coalesce(run.started_at, run.ended_at) < :to_at
ORDER BY run.ended_at, selected_runner.position, run.external_id;

-- name: select_run_settlements
-- All that was ruled on a run, in its order.
SELECT settlement.ruling, settlement.ended_at, settlement.said_by, settlement.because, sequence.sequence,
  sequence.kind, sequence.at
FROM settlement
JOIN sequence USING (sequence)
WHERE settlement.run_id = :run_id
ORDER BY settlement.settlement_id;

-- name: select_settlements
-- All rulings, each with what its event says of it, and with the run as it is where the ruling is in force.
SELECT settlement.run_id, settlement.ruling, settlement.ended_at, settlement.said_by, settlement.because,
  sequence.note, run.run_id IS NOT NULL AS is_in_force, run.ended_at AS run_ended_at, run.outcome AS run_outcome
FROM settlement
LEFT JOIN sequence ON sequence.sequence = settlement.sequence AND sequence.kind = 'settlement'
LEFT JOIN run ON run.run_id = settlement.run_id AND run.sequence = settlement.sequence
ORDER BY settlement.settlement_id;

-- name: select_lost_settlement_count
-- Events that ruled on a run, of which no ruling is left.
SELECT count(*)
FROM sequence
WHERE kind = 'settlement' AND sequence NOT IN (SELECT sequence FROM settlement);
