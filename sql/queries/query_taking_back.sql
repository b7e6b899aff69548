-- Undoing the newest visit to a source.

-- name: select_newest_visit
SELECT harvest_id, sequence, started_at
FROM harvest
WHERE source_id = :source_id
ORDER BY harvest_id DESC
LIMIT 1;

-- name: select_closed_since
-- A month that was closed after a visit, so that the visit stays: what is in force, and what was reopened but has lines of
-- runners that only the visit brought, because a line stays for ever. First what no reopening helps, and the newest.
WITH later AS (
  SELECT
    closing.month, closing.reopened_by,
    EXISTS (
      SELECT 1
      FROM closing_line
      JOIN runner USING (runner_id)
      WHERE closing_line.closing_id = closing.closing_id
        AND runner.source_id = :source_id
        AND NOT EXISTS (
          SELECT 1
          FROM runner_version
          WHERE runner_version.runner_id = runner.runner_id AND runner_version.sequence <> :sequence
        )
    ) AS is_for_ever
  FROM closing
  WHERE closing.sequence > :sequence
)
SELECT month, is_for_ever
FROM later
WHERE reopened_by IS NULL OR is_for_ever
ORDER BY is_for_ever DESC, month DESC
LIMIT 1;

-- name: select_ruled_since
-- A run of a source that was ruled on after a visit, so that the visit stays: the ruling is in force, or it is about a
-- state that the visit told or replaced, because a ruling stays for ever. First what no other ruling helps.
WITH later AS (
  SELECT
    run.run_id, settlement.settlement_id,
    run.sequence = settlement.sequence AND settlement.ruling <> 'taken-back' AS is_in_force,
    EXISTS (
      SELECT 1
      FROM run_version
      WHERE run_version.run_id = run.run_id
        AND (run_version.sequence = :sequence OR run_version.replaced_by = :sequence)
    ) AS is_for_ever
  FROM settlement
  JOIN run USING (run_id)
  JOIN runner USING (runner_id)
  WHERE settlement.sequence > :sequence AND runner.source_id = :source_id
)
SELECT run_id, is_for_ever
FROM later
WHERE is_in_force OR is_for_ever
ORDER BY is_for_ever DESC, settlement_id DESC
LIMIT 1;

-- name: select_acted_since
-- Whether something was read at a source beside its visits after one of them, when somebody acted there: what was read
-- hangs on the runners, runs and prices that the visit told.
SELECT EXISTS (
  SELECT 1 FROM action WHERE source_id = :source_id AND sequence > :sequence AND seen_at IS NOT NULL
);

-- name: restore_runs
-- The states that a visit replaced.
UPDATE run SET
  runner_id = before.runner_id,
  status = before.status, outcome = before.outcome, outcome_inferred = before.outcome_inferred,
  exit_code = before.exit_code, created_at = before.created_at, started_at = before.started_at,
  completed_at = before.completed_at, updated_at = before.updated_at, ended_at = before.ended_at,
  sequence = before.sequence
FROM run_version AS before
WHERE before.run_id = run.run_id AND before.replaced_by = :sequence;

-- name: delete_restored_versions
DELETE FROM run_version WHERE replaced_by = :sequence;

-- name: delete_new_runs
-- Those that are still of the visit were new in it.
DELETE FROM run WHERE sequence = :sequence;

-- name: restore_missing_runs
UPDATE run SET missing_since = NULL, missing_by = NULL
WHERE missing_by = :sequence;

-- name: restore_found_runs
-- A run that the visit found again is missing as before.
UPDATE run SET missing_since = json_extract(former_state.state, '$.missing_since'),
  missing_by = json_extract(former_state.state, '$.missing_by')
FROM former_state
WHERE former_state.subject = 'run' AND former_state.row_id = run.run_id AND former_state.replaced_by = :sequence;

-- name: restore_coverage_counts
-- What the visit counted in lists that it found as they were.
UPDATE coverage SET
  requests = json_extract(former_state.state, '$.requests'), rows = json_extract(former_state.state, '$.rows'),
  refused = json_extract(former_state.state, '$.refused'), claimed = json_extract(former_state.state, '$.claimed')
FROM former_state
WHERE former_state.subject = 'coverage' AND former_state.row_id = coverage.coverage_id
  AND former_state.replaced_by = :sequence;

-- name: delete_restored_states
DELETE FROM former_state WHERE subject IN ('run', 'coverage') AND replaced_by = :sequence;

-- name: restore_missing_runners
UPDATE runner SET missing_since = NULL, missing_by = NULL WHERE missing_by = :sequence;

-- name: restore_absences
-- A runner that the visit found again is missing as before.
UPDATE runner SET missing_since = runner_absence.missing_since, missing_by = runner_absence.missing_by
FROM runner_absence
WHERE runner_absence.runner_id = runner.runner_id AND runner_absence.found_by = :sequence;

-- name: delete_restored_absences
DELETE FROM runner_absence WHERE found_by = :sequence;

-- name: delete_new_runner_versions
DELETE FROM runner_version WHERE sequence = :sequence;

-- name: delete_samples
DELETE FROM runner_sample WHERE harvest_id = :harvest_id;

-- name: delete_observed_prices
DELETE FROM price WHERE sequence = :sequence AND origin = 'observed';

-- name: delete_coverage
-- What the visit noted of lists.
DELETE FROM coverage WHERE from_harvest_id = :harvest_id;

-- name: reopen_coverage
-- What the visit found otherwise holds on.
UPDATE coverage SET until_harvest_id = NULL, ended_by = NULL WHERE ended_by = :harvest_id;

-- name: delete_prices_of_new_runners
DELETE FROM price WHERE runner_id IN (
  SELECT runner.runner_id
  FROM runner
  WHERE runner.source_id = :source_id
    AND NOT EXISTS (SELECT 1 FROM runner_version WHERE runner_version.runner_id = runner.runner_id)
);

-- name: delete_new_runners
DELETE FROM runner
WHERE source_id = :source_id
  AND NOT EXISTS (SELECT 1 FROM runner_version WHERE runner_version.runner_id = runner.runner_id);

-- name: delete_visit
DELETE FROM harvest WHERE harvest_id = :harvest_id;

-- name: select_is_source_wanted
-- Whether a source was visited or was there before the visit, somebody acted there, or imported prices for it.
SELECT EXISTS (SELECT 1 FROM harvest WHERE source_id = :source_id)
  OR EXISTS (SELECT 1 FROM source WHERE source_id = :source_id AND sequence <> :sequence)
  OR EXISTS (SELECT 1 FROM action WHERE source_id = :source_id)
  OR EXISTS (SELECT 1 FROM configured_price WHERE source_id = :source_id AND origin = 'csv');

-- name: delete_prices_of_source
DELETE FROM price WHERE configured_price_id IN (
  SELECT configured_price_id FROM configured_price WHERE source_id = :source_id
) OR instance_type_id IN (SELECT instance_type_id FROM instance_type WHERE source_id = :source_id);

-- name: delete_configured_prices_of_source
DELETE FROM configured_price WHERE source_id = :source_id;

-- name: delete_instance_types_of_source
DELETE FROM instance_type WHERE source_id = :source_id;

-- name: delete_regions_of_source
DELETE FROM region WHERE source_id = :source_id;

-- name: delete_source
DELETE FROM source WHERE source_id = :source_id;
