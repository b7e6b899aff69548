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

-- name: select_largest_runs
-- The finished runs of the selected runners that used time of these days on these machines: the most expensive ones, and
-- how many there are. Two currencies are never added.
WITH used AS (
  SELECT
    run.run_id, run.runner_id, run.external_id, run.outcome,
    sum(slice.billed) AS billed,
    CASE WHEN count(DISTINCT coalesce(runner_price.currency, '')) = 1
      THEN cost_sum(slice.billed, runner_price.price_second) END AS cost,
    CASE WHEN count(DISTINCT coalesce(runner_price.currency, '')) = 1 THEN min(runner_price.currency) END AS currency
  FROM selected_runner
  -- CROSS keeps the order: each runner's stretch of the index, not the whole of it.
  CROSS JOIN run USING (runner_id)
  JOIN slices(run.runner_id, run.started_at, run.ended_at) AS slice
  JOIN instance_type ON instance_type.instance_type_id = slice.instance_type_id
  JOIN runner_price ON runner_price.runner_id = run.runner_id AND runner_price.price_id = slice.price_id
  WHERE run.ended_at >= day_start(:from_day)
    AND run.started_at IS NOT NULL AND min(run.started_at, run.ended_at) < day_start(:to_day)
    AND slice.day >= :from_day AND slice.day < :to_day
    AND (:instance_types IS NULL OR EXISTS (
      SELECT 1 FROM json_each(:instance_types) AS wanted
      WHERE wanted.value IS coalesce(instance_type.slug, instance_type.name)))
  GROUP BY run.run_id
)
SELECT
  runner_detail.source, runner_detail.runner, runner_detail.runner_external_id,
  used.external_id AS run_external_id, outcome.word AS outcome, used.billed, used.cost, used.currency,
  count(*) OVER () AS runs
FROM used
JOIN runner_detail USING (runner_id)
JOIN outcome USING (outcome)
ORDER BY used.cost COLLATE DECIMAL DESC NULLS LAST, used.billed DESC, used.run_id
LIMIT :limit;

-- name: select_assumed_slices
-- The slices of these days on these machines whose price is a guess, the longest first.
SELECT
  run.run_id, run.runner_id, runner_detail.source, runner_detail.runner, runner_detail.runner_external_id,
  min(run.started_at, run.ended_at) AS started_at, slice.day, slice.from_at, slice.to_at, slice.instance_type_id,
  slice.price_id, slice.billed
FROM selected_runner
CROSS JOIN run USING (runner_id)
JOIN slices(run.runner_id, run.started_at, run.ended_at) AS slice
JOIN instance_type ON instance_type.instance_type_id = slice.instance_type_id
JOIN runner_detail ON runner_detail.runner_id = run.runner_id
WHERE run.ended_at >= day_start(:from_day)
  AND run.started_at IS NOT NULL AND min(run.started_at, run.ended_at) < day_start(:to_day)
  AND slice.day >= :from_day AND slice.day < :to_day AND slice.assumed
  AND (:instance_types IS NULL OR EXISTS (
    SELECT 1 FROM json_each(:instance_types) AS wanted
    WHERE wanted.value IS coalesce(instance_type.slug, instance_type.name)))
ORDER BY slice.billed DESC, run.run_id, slice.from_at
LIMIT :limit;

-- name: select_runner_settings
-- What a runner was at what time, oldest first, each with the last sight of what it was before.
SELECT
  runner_version.valid_from, runner_version.unsure_from, runner_version.name, runner_version.kind,
  runner_version.timeout_seconds, coalesce(instance_type.slug, instance_type.name) AS instance_type,
  coalesce(region.slug, region.name) AS region
FROM runner_version
JOIN instance_type USING (instance_type_id)
LEFT JOIN region USING (region_id)
WHERE runner_version.runner_id = :runner_id
ORDER BY runner_version.valid_from;

-- name: select_runner_facts
SELECT
  runner_detail.source, runner_detail.vendor, runner_detail.runner, runner_detail.runner_external_id,
  runner_detail.currency, source.billing_rule, runner.last_seen_at, runner.missing_since,
  (SELECT coalesce(sum(runs), 0) FROM run_month WHERE run_month.runner_id = runner.runner_id) AS finished_runs,
  (SELECT count(*) FROM open_run WHERE open_run.runner_id = runner.runner_id) AS open_runs
FROM runner_detail
JOIN runner USING (runner_id)
JOIN source USING (source_id)
WHERE runner_detail.runner_id = :runner_id;

-- name: select_runner_lists
-- How completely the runs of a runner were read, oldest first. While that is so until_at is the newest visit that was
-- finished.
SELECT
  first.started_at AS from_at,
  coalesce(
    last.started_at,
    (
      SELECT max(harvest.started_at)
      FROM harvest
      WHERE harvest.source_id = coverage.source_id AND harvest.finished_at IS NOT NULL
    )
  ) AS until_at,
  coverage.complete, coverage.rows, coverage.refused, coverage.claimed, coverage.note
FROM coverage
JOIN harvest AS first ON first.harvest_id = coverage.from_harvest_id
LEFT JOIN harvest AS last ON last.harvest_id = coverage.until_harvest_id
WHERE coverage.runner_id = :runner_id
ORDER BY first.started_at, coverage.coverage_id;

-- name: select_runner_absences
SELECT missing_since, found_at FROM runner_absence WHERE runner_id = :runner_id ORDER BY missing_since;
