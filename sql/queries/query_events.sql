-- The events of the ledger: all that takes a number of its count.

-- name: select_events
-- The newest last, each with what it was about and what it changed. A kind of event that is about one source says so in a
-- line of "about"; what it says of itself is its note.
WITH
about AS (
  SELECT sequence, source_id FROM harvest
  UNION ALL
  SELECT settlement.sequence, runner.source_id FROM settlement JOIN run USING (run_id) JOIN runner USING (runner_id)
  UNION ALL
  SELECT sequence, source_id FROM action
),
settings AS (
  SELECT sequence, count(*) AS settings FROM runner_version GROUP BY sequence
),
prices AS (
  SELECT sequence, count(*) AS prices FROM price WHERE origin = 'observed' GROUP BY sequence
)
SELECT
  sequence.sequence, sequence.at, coalesce(harvest.finished_at, CASE WHEN harvest.harvest_id IS NULL THEN sequence.at END)
    AS ended_at,
  sequence.kind, source.name AS source, harvest.lists, harvest.new_runs, harvest.changed_runs,
  CASE WHEN harvest.harvest_id IS NOT NULL THEN coalesce(settings.settings, 0) END AS settings,
  CASE WHEN harvest.harvest_id IS NOT NULL THEN coalesce(prices.prices, 0) END AS prices,
  CASE WHEN action.action_id IS NULL THEN sequence.note
    ELSE sequence.note || ': ' || coalesce(action.outcome, 'without an answer') END AS note,
  sequence.undone_by
FROM sequence
LEFT JOIN about USING (sequence)
LEFT JOIN source USING (source_id)
LEFT JOIN harvest USING (sequence)
LEFT JOIN action USING (sequence)
LEFT JOIN settings USING (sequence)
LEFT JOIN prices USING (sequence)
WHERE sequence.sequence > :after AND sequence.sequence <= :until
ORDER BY sequence.sequence;

-- name: select_changes_between
-- Why numbers of a period may differ from those as of an earlier event: for each runner, each source, and all of them, what
-- happened since, and how often. Late runs are those that were new; an open run goes on with every visit.
WITH
late AS (
  SELECT run.runner_id, run.run_id
  FROM run
  WHERE run.sequence > :after
    AND NOT EXISTS (
      SELECT 1 FROM run_version WHERE run_version.run_id = run.run_id AND run_version.sequence <= :after
    )
    AND coalesce(run.ended_at, 9223372036854775807) >= :from_at
    AND coalesce(run.started_at, run.created_at, run.ended_at, 0) < :to_at
),
rewritten AS (
  SELECT run.runner_id, run.run_id
  FROM run_version AS before
  JOIN run USING (run_id)
  JOIN sequence ON sequence.sequence = before.replaced_by
  WHERE before.sequence <= :after AND before.replaced_by > :after AND sequence.kind <> 'settlement'
    AND max(coalesce(before.ended_at, 9223372036854775807), coalesce(run.ended_at, 9223372036854775807)) >= :from_at
    AND min(
      coalesce(before.started_at, before.created_at, before.ended_at, 0),
      coalesce(run.started_at, run.created_at, run.ended_at, 0)
    ) < :to_at
),
ruled AS (
  SELECT run.runner_id, settlement.settlement_id
  FROM settlement
  JOIN run USING (run_id)
  WHERE settlement.sequence > :after
),
-- A price for a machine size is one for each runner that has or had it.
priced AS (
  SELECT price.price_id, price.runner_id, price.instance_type_id
  FROM price
  WHERE price.applied_by > :after OR price.superseded_by > :after
),
of_runner AS (
  SELECT runner_id, 1 AS position, 'late run' AS what, count(*) AS number FROM late GROUP BY runner_id
  UNION ALL
  SELECT runner_id, 2, 'rewritten run', count(DISTINCT run_id) FROM rewritten GROUP BY runner_id
  UNION ALL
  SELECT runner_id, 3, 'ruling', count(*) FROM ruled GROUP BY runner_id
  UNION ALL
  SELECT runner_id, 4, 'open run', count(*) FROM open_run WHERE began_at < :to_at GROUP BY runner_id
  UNION ALL
  SELECT runner_id, 5, 'price', count(*)
  FROM (
    SELECT runner_id, price_id FROM priced WHERE runner_id IS NOT NULL
    UNION
    SELECT runner_version.runner_id, priced.price_id FROM priced JOIN runner_version USING (instance_type_id)
  )
  GROUP BY runner_id
  UNION ALL
  SELECT runner_id, 6, 'changed setting', count(*)
  FROM runner_version AS version
  WHERE version.sequence > :after
    AND EXISTS (
      SELECT 1
      FROM runner_version AS before
      WHERE before.runner_id = version.runner_id AND before.sequence <= :after
    )
  GROUP BY runner_id
),
former AS (
  SELECT
    source.name AS source, json_extract(former_state.state, '$.name') AS name,
    json_extract(former_state.state, '$.currency') AS currency,
    json_extract(former_state.state, '$.billing_rule') AS billing_rule, source.currency AS currency_now,
    source.billing_rule AS billing_rule_now
  FROM former_state
  JOIN source ON source.source_id = former_state.row_id
  WHERE former_state.subject = 'source' AND former_state.replaced_by > :after
)
SELECT source.name AS source, runner.external_id AS runner_external_id, NULL AS month, of_runner.position,
  of_runner.what, of_runner.number
FROM of_runner
JOIN runner USING (runner_id)
JOIN source USING (source_id)
UNION ALL
SELECT DISTINCT source, NULL, NULL, 7, 'another billing rule', NULL FROM former WHERE billing_rule <> billing_rule_now
UNION ALL
SELECT DISTINCT source, NULL, NULL, 8, 'another currency', NULL FROM former WHERE currency IS NOT currency_now
UNION ALL
SELECT DISTINCT source, NULL, NULL, 9, 'called ' || name || ' before', NULL FROM former WHERE name <> source
UNION ALL
SELECT NULL, NULL, NULL, 10, 'another time zone', NULL
WHERE EXISTS (SELECT 1 FROM former_state WHERE subject = 'ledger' AND replaced_by > :after)
UNION ALL
SELECT NULL, NULL, month, 11, month || ' was closed', NULL FROM closing WHERE sequence > :after
UNION ALL
SELECT NULL, NULL, month, 12, month || ' was reopened', NULL FROM closing WHERE reopened_by > :after
ORDER BY position, source, runner_external_id, month;
