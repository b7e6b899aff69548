-- What the ledger knew at an earlier event: its tables as they were then, in a database of the same schema. The ledger as it
-- is now is attached to it as "present"; :sequence is the event.
--
-- A row with the number of its event is left out where that is later, and what a later event wrote into it is NULL again.
-- What rows said that were changed in place is in former_state. The tallies are not taken over: they are worked out anew.

-- name: attach_present
ATTACH DATABASE :location AS present;

-- name: detach_present
DETACH DATABASE present;

-- name: select_past_event
-- An event, and when it ended: a visit that was killed, when it began.
SELECT
  sequence.sequence, sequence.kind, sequence.at, coalesce(harvest.finished_at, sequence.at) AS ended_at,
  source.name AS source
FROM sequence
LEFT JOIN harvest ON harvest.sequence = sequence.sequence
LEFT JOIN source USING (source_id)
WHERE sequence.sequence = :sequence;

-- name: select_past_sequence
-- The last event that was over at an instant, as were all before it. A visit that was taken back was none.
WITH later AS (
  SELECT min(sequence.sequence) AS sequence
  FROM present.sequence
  LEFT JOIN present.harvest ON harvest.sequence = sequence.sequence
  WHERE sequence.undone_by IS NULL AND coalesce(harvest.finished_at, sequence.at) > :instant
)
SELECT max(sequence.sequence)
FROM present.sequence
CROSS JOIN later
WHERE sequence.sequence < coalesce(later.sequence, 9223372036854775807);

-- name: select_last_event
SELECT max(sequence) FROM present.sequence;

-- name: select_gone_events
-- Events up to this one that a later one took back: what they brought is nowhere any more.
SELECT sequence FROM present.sequence WHERE sequence <= :sequence AND undone_by > :sequence ORDER BY sequence;

-- name: select_unknown_signs
-- Runners whose last sign of life then was not kept.
SELECT count(*)
FROM runner
JOIN present.runner AS now USING (runner_id)
WHERE now.seen_by > :sequence;

-- name: create_former
-- What rows said then that a later event changed in place.
CREATE TEMP TABLE former (
  subject TEXT    NOT NULL,
  row_id  INTEGER NOT NULL,
  state   TEXT    NOT NULL,
  PRIMARY KEY (subject, row_id)
) WITHOUT ROWID;

-- name: fill_former
INSERT INTO temp.former (subject, row_id, state)
SELECT later.subject, later.row_id, later.state
FROM present.former_state AS later
WHERE later.replaced_by = (
  SELECT min(next.replaced_by)
  FROM present.former_state AS next
  WHERE next.subject = later.subject AND next.row_id = later.row_id AND next.replaced_by > :sequence
);

-- name: drop_former
DROP TABLE temp.former;

-- name: fill_past_sequence
INSERT INTO sequence (sequence, at, kind, note, undone_by)
SELECT sequence, at, kind, note, CASE WHEN undone_by <= :sequence THEN undone_by END
FROM present.sequence
WHERE sequence <= :sequence;

-- name: fill_past_former_state
INSERT INTO former_state (subject, row_id, replaced_by, state)
SELECT subject, row_id, replaced_by, state FROM present.former_state WHERE replaced_by <= :sequence;

-- name: fill_past_ledger
INSERT INTO ledger (ledger_id, time_zone, created_at)
SELECT now.ledger_id, coalesce(json_extract(former.state, '$.time_zone'), now.time_zone), now.created_at
FROM present.ledger AS now
LEFT JOIN temp.former ON former.subject = 'ledger' AND former.row_id = now.ledger_id;

-- name: fill_past_transitions
INSERT INTO zone_transition (at, offset_seconds)
SELECT at, offset_seconds
FROM present.zone_transition
WHERE NOT EXISTS (SELECT 1 FROM temp.former WHERE subject = 'ledger')
UNION ALL
SELECT json_extract(transition.value, '$[0]'), json_extract(transition.value, '$[1]')
FROM temp.former
JOIN json_each(former.state, '$.transitions') AS transition
WHERE former.subject = 'ledger';

-- name: fill_past_sources
INSERT INTO source (source_id, name, vendor, vendor_name, currency, billing_rule, sequence)
SELECT
  now.source_id, coalesce(json_extract(former.state, '$.name'), now.name), now.vendor,
  coalesce(json_extract(former.state, '$.vendor_name'), now.vendor_name),
  CASE WHEN former.state IS NULL THEN now.currency ELSE json_extract(former.state, '$.currency') END,
  coalesce(json_extract(former.state, '$.billing_rule'), now.billing_rule), now.sequence
FROM present.source AS now
LEFT JOIN temp.former ON former.subject = 'source' AND former.row_id = now.source_id
WHERE now.sequence <= :sequence;

-- name: fill_past_harvests
INSERT INTO harvest (
  harvest_id, source_id, sequence, started_at, finished_at, complete, lists, requests, rows, new_runs, changed_runs
)
SELECT
  harvest_id, source_id, sequence, started_at, finished_at, complete, lists, requests, rows, new_runs, changed_runs
FROM present.harvest
WHERE sequence <= :sequence;

-- name: fill_past_coverage
INSERT INTO coverage (
  coverage_id, source_id, runner_id, from_harvest_id, until_harvest_id, ended_by, requests, rows, refused, claimed,
  complete, note
)
SELECT
  now.coverage_id, now.source_id, now.runner_id, now.from_harvest_id,
  CASE WHEN ending.harvest_id IS NOT NULL THEN now.until_harvest_id END, ending.harvest_id,
  coalesce(json_extract(former.state, '$.requests'), now.requests),
  coalesce(json_extract(former.state, '$.rows'), now.rows),
  coalesce(json_extract(former.state, '$.refused'), now.refused),
  CASE WHEN former.state IS NULL THEN now.claimed ELSE json_extract(former.state, '$.claimed') END,
  now.complete, now.note
FROM present.coverage AS now
JOIN harvest AS beginning ON beginning.harvest_id = now.from_harvest_id
LEFT JOIN harvest AS ending ON ending.harvest_id = now.ended_by
LEFT JOIN temp.former ON former.subject = 'coverage' AND former.row_id = now.coverage_id;

-- name: fill_past_regions
INSERT INTO region (region_id, source_id, external_id, slug, name)
SELECT
  now.region_id, now.source_id, now.external_id,
  CASE WHEN former.state IS NULL THEN now.slug ELSE json_extract(former.state, '$.slug') END,
  CASE WHEN former.state IS NULL THEN now.name ELSE json_extract(former.state, '$.name') END
FROM present.region AS now
LEFT JOIN temp.former ON former.subject = 'region' AND former.row_id = now.region_id;

-- name: fill_past_instance_types
-- One that was not known yet is of no runner yet, and has no price.
INSERT INTO instance_type (
  instance_type_id, source_id, external_id, slug, name, cpu, memory, price_month, unpriced_since
)
SELECT
  now.instance_type_id, now.source_id, now.external_id,
  CASE WHEN former.state IS NULL THEN now.slug ELSE json_extract(former.state, '$.slug') END,
  CASE WHEN former.state IS NULL THEN now.name ELSE json_extract(former.state, '$.name') END,
  CASE WHEN former.state IS NULL THEN now.cpu ELSE json_extract(former.state, '$.cpu') END,
  CASE WHEN former.state IS NULL THEN now.memory ELSE json_extract(former.state, '$.memory') END,
  CASE WHEN former.state IS NULL THEN now.price_month ELSE json_extract(former.state, '$.price_month') END,
  CASE WHEN former.state IS NULL THEN now.unpriced_since ELSE json_extract(former.state, '$.unpriced_since') END
FROM present.instance_type AS now
LEFT JOIN temp.former ON former.subject = 'instance_type' AND former.row_id = now.instance_type_id
WHERE now.instance_type_id <> 0;

-- name: fill_past_runners
-- A runner is known from its first settings on.
INSERT INTO runner (
  runner_id, source_id, external_id, created_at, last_seen_at, seen_by, missing_since, missing_by
)
SELECT
  now.runner_id, now.source_id, now.external_id, now.created_at,
  CASE WHEN now.seen_by <= :sequence THEN now.last_seen_at END,
  CASE WHEN now.seen_by <= :sequence THEN now.seen_by END,
  CASE WHEN now.missing_by <= :sequence THEN now.missing_since ELSE absence.missing_since END,
  CASE WHEN now.missing_by <= :sequence THEN now.missing_by ELSE absence.missing_by END
FROM present.runner AS now
LEFT JOIN present.runner_absence AS absence
  ON absence.runner_id = now.runner_id AND absence.missing_by <= :sequence AND absence.found_by > :sequence
WHERE EXISTS (
  SELECT 1
  FROM present.runner_version
  WHERE runner_version.runner_id = now.runner_id AND runner_version.sequence <= :sequence
);

-- name: fill_past_absences
INSERT INTO runner_absence (runner_id, missing_since, missing_by, found_at, found_by)
SELECT runner_id, missing_since, missing_by, found_at, found_by
FROM present.runner_absence
WHERE found_by <= :sequence;

-- name: fill_past_versions
INSERT INTO runner_version (
  runner_version_id, runner_id, valid_from, unsure_from, name, kind, labels, image, timeout_seconds,
  instance_type_id, region_id, sequence
)
SELECT
  runner_version_id, runner_id, valid_from, unsure_from, name, kind, labels, image, timeout_seconds,
  instance_type_id, region_id, sequence
FROM present.runner_version
WHERE sequence <= :sequence;

-- name: fill_past_samples
INSERT INTO runner_sample (
  runner_sample_id, runner_id, harvest_id, status, online, active, capacity, version
)
SELECT runner_sample_id, runner_id, harvest_id, status, online, active, capacity, version
FROM present.runner_sample
WHERE harvest_id IN (SELECT harvest_id FROM harvest);

-- name: fill_past_configured_prices
INSERT INTO configured_price (
  configured_price_id, source_id, subject, pattern, price_second, currency, starts, valid_from, origin, file, position,
  sequence, withdrawn_by
)
SELECT
  now.configured_price_id, now.source_id, now.subject, now.pattern, now.price_second, now.currency, now.starts,
  now.valid_from, now.origin, coalesce(json_extract(former.state, '$.file'), now.file),
  coalesce(json_extract(former.state, '$.position'), now.position), now.sequence,
  CASE WHEN now.withdrawn_by <= :sequence THEN now.withdrawn_by END
FROM present.configured_price AS now
LEFT JOIN temp.former ON former.subject = 'configured_price' AND former.row_id = now.configured_price_id
WHERE now.sequence <= :sequence;

-- name: fill_past_prices
-- While nobody had named the currency of a source, its prices had none but what was written with them.
INSERT INTO price (
  price_id, instance_type_id, runner_id, price_second, currency, origin, configured_price_id, valid_from, valid_until,
  unsure_from, sequence, applied_by, superseded_by
)
SELECT
  now.price_id, now.instance_type_id, now.runner_id, now.price_second,
  CASE WHEN source.currency IS NULL THEN configured_price.currency ELSE now.currency END,
  now.origin, now.configured_price_id, now.valid_from,
  CASE WHEN former.state IS NULL THEN now.valid_until ELSE json_extract(former.state, '$.valid_until') END,
  now.unsure_from, now.sequence, CASE WHEN now.applied_by <= :sequence THEN now.applied_by END,
  CASE WHEN now.superseded_by <= :sequence THEN now.superseded_by END
FROM present.price AS now
LEFT JOIN configured_price USING (configured_price_id)
LEFT JOIN instance_type USING (instance_type_id)
LEFT JOIN runner USING (runner_id)
LEFT JOIN source ON source.source_id = coalesce(instance_type.source_id, runner.source_id)
LEFT JOIN temp.former ON former.subject = 'price' AND former.row_id = now.price_id
WHERE now.sequence <= :sequence;

-- name: fill_past_runs
-- Runs that are as they were, and those in a state that a later event replaced.
INSERT INTO run (
  run_id, runner_id, external_id, status, outcome, outcome_inferred, exit_code, created_at, started_at, completed_at,
  updated_at, ended_at, sequence, missing_since, missing_by
)
WITH state AS (
  SELECT
    run_id, runner_id, status, outcome, outcome_inferred, exit_code, created_at, started_at, completed_at, updated_at,
    ended_at, sequence
  FROM present.run
  WHERE sequence <= :sequence
  UNION ALL
  SELECT
    run_id, runner_id, status, outcome, outcome_inferred, exit_code, created_at, started_at, completed_at, updated_at,
    ended_at, sequence
  FROM present.run_version
  WHERE sequence <= :sequence AND replaced_by > :sequence
)
SELECT
  state.run_id, state.runner_id, now.external_id, state.status, state.outcome, state.outcome_inferred, state.exit_code,
  state.created_at, state.started_at, state.completed_at, state.updated_at, state.ended_at, state.sequence,
  CASE
    WHEN now.missing_by <= :sequence THEN now.missing_since
    WHEN json_extract(former.state, '$.missing_by') <= :sequence THEN json_extract(former.state, '$.missing_since')
  END,
  CASE
    WHEN now.missing_by <= :sequence THEN now.missing_by
    WHEN json_extract(former.state, '$.missing_by') <= :sequence THEN json_extract(former.state, '$.missing_by')
  END
FROM state
JOIN present.run AS now USING (run_id)
LEFT JOIN temp.former ON former.subject = 'run' AND former.row_id = state.run_id;

-- name: fill_past_run_versions
INSERT INTO run_version (
  run_version_id, run_id, runner_id, status, outcome, outcome_inferred, exit_code, created_at, started_at,
  completed_at, updated_at, ended_at, sequence, replaced_by
)
SELECT
  run_version_id, run_id, runner_id, status, outcome, outcome_inferred, exit_code, created_at, started_at,
  completed_at, updated_at, ended_at, sequence, replaced_by
FROM present.run_version
WHERE replaced_by <= :sequence;

-- name: fill_past_settlements
INSERT INTO settlement (settlement_id, run_id, sequence, ruling, ended_at, said_by, because)
SELECT settlement_id, run_id, sequence, ruling, ended_at, said_by, because
FROM present.settlement
WHERE sequence <= :sequence;

-- name: fill_past_actions
-- What came of an action is known from the first event on that is not before its answer; and what was read of it last is
-- what was read by then.
INSERT INTO action (
  action_id, sequence, source_id, kind, subject, asked, vendor_at, outcome, status, result_id, note, answered_at, seen_at
)
SELECT
  action_id, sequence, source_id, kind, subject, asked, vendor_at,
  iif(is_answered, outcome, NULL), iif(is_answered, status, NULL), iif(is_answered, result_id, NULL),
  iif(is_answered, note, NULL), iif(is_answered, answered_at, NULL),
  (
    SELECT max(sight.at)
    FROM sequence AS sight
    WHERE sight.kind = 'sighting' AND sight.sequence > then_known.sequence AND sight.at <= then_known.seen_at
  )
FROM (
  SELECT *, answered_at <= (SELECT max(at) FROM sequence) AS is_answered
  FROM present.action
  WHERE sequence <= :sequence
) AS then_known;

-- name: fill_past_closings
INSERT INTO closing (
  closing_id, month, first_day, end_day, sequence, time_zone, forced_because, cost, digest, reopened_by,
  reopened_because
)
SELECT
  closing_id, month, first_day, end_day, sequence, time_zone, forced_because, cost, digest,
  CASE WHEN reopened_by <= :sequence THEN reopened_by END,
  CASE WHEN reopened_by <= :sequence THEN reopened_because END
FROM present.closing
WHERE sequence <= :sequence;

-- name: fill_past_closing_lines
INSERT INTO closing_line (
  closing_line_id, closing_id, month, runner_id, instance_type_id, source, runner, runner_external_id, instance_type,
  price_second, currency, assumed, outcome, runs, timed_runs, runtime, billed
)
SELECT
  closing_line_id, closing_id, month, runner_id, instance_type_id, source, runner, runner_external_id, instance_type,
  price_second, currency, assumed, outcome, runs, timed_runs, runtime, billed
FROM present.closing_line
WHERE closing_id IN (SELECT closing_id FROM closing);
