-- What the numbers of one run depend on.

-- name: select_runs_between
-- Runs of one runner by a beginning of their id: a range of the index of identities.
SELECT run_id
FROM run
WHERE runner_id = :runner_id AND external_id >= :first AND external_id <= :last
ORDER BY external_id
LIMIT :limit;

-- name: select_run_reference
SELECT
  runner_detail.source, runner_detail.runner, runner_detail.runner_external_id,
  run.external_id AS run_external_id
FROM run
JOIN runner_detail USING (runner_id)
WHERE run.run_id = :run_id;

-- name: select_explained_run
-- Whose run it is, and how far it is known to have gone on.
SELECT
  run.run_id, run.runner_id, runner_detail.source, runner_detail.vendor, runner_detail.runner,
  runner_detail.runner_external_id, run.external_id AS run_external_id, runner_detail.currency, run.missing_since,
  (SELECT read_at FROM run_list_read WHERE run_list_read.runner_id = run.runner_id) AS list_read_at,
  open_run.read_at AS known_until, open_run.accrued_until
FROM run
JOIN runner_detail USING (runner_id)
LEFT JOIN open_run USING (run_id)
WHERE run.run_id = :run_id;

-- name: select_run_states
-- All states of a run, oldest first, each with the event that saw it first and the one that replaced it. Nothing has
-- replaced the newest.
WITH state AS (
  SELECT
    run_version_id AS position, status, outcome, outcome_inferred, exit_code, created_at, started_at, completed_at,
    updated_at, ended_at, sequence, replaced_by
  FROM run_version
  WHERE run_id = :run_id
  UNION ALL
  SELECT
    9223372036854775807, status, outcome, outcome_inferred, exit_code, created_at, started_at, completed_at,
    updated_at, ended_at, sequence, NULL
  FROM run
  WHERE run_id = :run_id
)
SELECT
  state.status, state.outcome, state.outcome_inferred, state.exit_code,
  state.created_at, state.started_at, state.completed_at, state.updated_at, state.ended_at,
  seen.sequence AS seen_sequence, seen.kind AS seen_kind, seen.at AS seen_at,
  replacing.sequence AS replaced_sequence, replacing.kind AS replaced_kind, replacing.at AS replaced_at
FROM state
JOIN sequence AS seen ON seen.sequence = state.sequence
LEFT JOIN sequence AS replacing ON replacing.sequence = state.replaced_by
ORDER BY state.position;

-- name: select_explained_price
SELECT
  price.price_id, price.instance_type_id, price.runner_id, price.price_second, price.currency, price.origin,
  price.valid_from, sequence.sequence, sequence.kind, sequence.at
FROM price
JOIN sequence USING (sequence)
WHERE price.price_id = :price_id;

-- name: select_next_observed_price
-- The next price that was seen of the same instance type or runner, and the last sight of the price before it.
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
