-- What the number of one run hangs on.

-- name: select_runs_between
-- Runs of one runner by a beginning of their id: a range of the index of identities.
SELECT run_id
FROM run
WHERE runner_id = :runner_id AND external_id >= :first AND external_id <= :last
ORDER BY external_id
LIMIT :limit;

-- name: select_run_reference
SELECT runner_detail.source, runner_detail.runner, runner_detail.runner_external_id, run.external_id
FROM run
JOIN runner_detail USING (runner_id)
WHERE run.run_id = :run_id;

-- name: select_explained_run
SELECT
  run.status, run.outcome, run.outcome_inferred, run.exit_code,
  run.created_at, run.started_at, run.completed_at, run.updated_at, run.ended_at,
  sequence.sequence, sequence.kind, sequence.at,
  run.runner_id, runner_detail.source, runner_detail.vendor, runner_detail.runner,
  runner_detail.runner_external_id, run.external_id, runner_detail.currency, run.missing_since,
  (SELECT read_at FROM run_list_read WHERE run_list_read.runner_id = run.runner_id) AS read_at
FROM run
JOIN runner_detail USING (runner_id)
JOIN sequence USING (sequence)
WHERE run.run_id = :run_id;

-- name: select_run_versions
-- The states that later harvests replaced, oldest first.
SELECT
  run_version.status, run_version.outcome, run_version.outcome_inferred, run_version.exit_code,
  run_version.created_at, run_version.started_at, run_version.completed_at, run_version.updated_at,
  run_version.ended_at,
  sequence.sequence, sequence.kind, sequence.at,
  replacing.sequence, replacing.kind, replacing.at
FROM run_version
JOIN sequence USING (sequence)
JOIN sequence AS replacing ON replacing.sequence = run_version.replaced_by
WHERE run_version.run_id = :run_id
ORDER BY run_version.run_version_id;

-- name: select_explained_price
SELECT
  price.price_second, price.currency, price.origin, price.valid_from,
  sequence.sequence, sequence.kind, sequence.at,
  price.instance_type_id, price.runner_id
FROM price
JOIN sequence USING (sequence)
WHERE price.price_id = :price_id;

-- name: select_next_observed_price
-- What was seen next of the same instance type or runner, and the last sight before it.
SELECT valid_from, unsure_from
FROM price
WHERE origin = 'observed'
  AND instance_type_id IS :instance_type_id
  AND runner_id IS :runner_id
  AND (valid_from, price_id) > (:valid_from, :price_id)
ORDER BY valid_from, price_id
LIMIT 1;

-- name: select_next_version
SELECT valid_from, unsure_from
FROM runner_version
WHERE runner_id = :runner_id AND valid_from > :valid_from
ORDER BY valid_from
LIMIT 1;

-- name: select_instance_type_name
SELECT coalesce(slug, name) FROM instance_type WHERE instance_type_id = :instance_type_id;
