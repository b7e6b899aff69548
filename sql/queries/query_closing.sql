-- Closing months. Names that begin with main are the ledger's own tables; in another zone a report has temporary tables
-- of the same names.

-- name: select_closed_months
SELECT closed_month.month, sequence.at AS closed_at, closed_month.time_zone, closed_month.forced_because
FROM main.closed_month
JOIN main.sequence USING (sequence)
ORDER BY closed_month.month;

-- name: select_frozen_count
-- How many months reports print as they were closed: none in another zone.
SELECT count(*) FROM closed_month;

-- name: select_holding_run_count
-- Runs that keep the time before an instant from being final.
SELECT count(*) FROM open_run WHERE started_at < :to_at;

-- name: select_provisional_reason
-- What keeps the time before an instant from being final, in words; null when it is settled. The oldest open runs are
-- named as a ruling on them would name them.
WITH unread AS (
  SELECT group_concat(name, ', ') AS names
  FROM (
    SELECT source.name
    FROM source
    LEFT JOIN harvest ON harvest.source_id = source.source_id AND harvest.complete = 1
    GROUP BY source.source_id
    HAVING coalesce(max(harvest.started_at), 0) < :to_at
    ORDER BY source.name
  )
),
opened AS (
  SELECT count(*) AS runs FROM open_run WHERE started_at < :to_at
),
oldest AS (
  SELECT group_concat(name, ', ') AS names
  FROM (
    SELECT runner_detail.source || ' ' || run.external_id || ' of ' || runner_detail.runner AS name
    FROM open_run
    CROSS JOIN run USING (run_id)
    JOIN runner_detail ON runner_detail.runner_id = open_run.runner_id
    WHERE open_run.started_at < :to_at
    ORDER BY open_run.started_at, runner_detail.source, runner_detail.runner_external_id, run.external_id
    LIMIT 3
  )
)
SELECT
  CASE WHEN :to_at <= (SELECT at FROM settled_until) THEN NULL
  ELSE coalesce('not read completely since its end: ' || unread.names, '')
    || CASE WHEN unread.names IS NOT NULL AND opened.runs > 0 THEN '; ' ELSE '' END
    || CASE opened.runs
      WHEN 0 THEN '' WHEN 1 THEN '1 run from before its end is still open: ' || oldest.names
      ELSE opened.runs || ' runs from before its end are still open: ' || oldest.names
        || CASE WHEN opened.runs > 3 THEN ' and ' || (opened.runs - 3) || ' more' ELSE '' END
    END
  END
FROM unread, opened, oldest;

-- name: select_closing_plan
-- What closing a month would freeze, by source and currency, and what may be wrong with it: open runs that started before
-- its end, with what they used in it so far; time without a price, and with an assumed one; what would be written down
-- of months closed before.
WITH
counted AS (
  SELECT
    runner_id, price_id, sum(runs) AS runs, sum(billed) AS billed,
    sum(CASE price_id WHEN 0 THEN timed_runs ELSE 0 END) AS unpriced_runs, sum(billed * assumed) AS assumed,
    0 AS open_runs, 0 AS accrued
  FROM run_month
  WHERE month = :first_day
  GROUP BY runner_id, price_id
  UNION ALL
  SELECT runner_id, 0, 0, 0, 0, 0, count(*), 0 FROM open_run WHERE started_at < :to_at GROUP BY runner_id
  UNION ALL
  SELECT runner_id, price_id, 0, 0, 0, 0, 0, sum(accrued)
  FROM open_line
  WHERE day >= :first_day AND day < :end_day
  GROUP BY runner_id, price_id
),
line AS (
  SELECT
    source.name AS source, runner_price.currency, runner_price.price_second, counted.runs, counted.billed,
    counted.unpriced_runs, counted.assumed, counted.open_runs, counted.accrued, 0 AS corrections, 0 AS corrected
  FROM counted
  JOIN runner_price USING (runner_id, price_id)
  JOIN source USING (source_id)
  UNION ALL
  SELECT source, currency, price_second, 0, 0, 0, 0, 0, 0, 1, billed FROM pending_correction WHERE month <> :month
)
SELECT
  source, currency,
  sum(runs) AS runs,
  sum(billed) AS billed,
  cost_sum(billed, price_second) AS cost,
  sum(unpriced_runs) AS unpriced_runs,
  sum(CASE WHEN price_second IS NULL THEN billed ELSE 0 END) AS unpriced,
  sum(assumed) AS assumed,
  cost_sum(assumed, price_second) AS assumed_cost,
  sum(open_runs) AS open_runs,
  sum(accrued) AS accrued,
  cost_sum(accrued, price_second) AS accrued_cost,
  sum(corrections) AS corrections,
  cost_sum(corrected, price_second) AS correction_cost
FROM line
GROUP BY source, currency
ORDER BY source, currency;

-- name: insert_closing
INSERT INTO closing (month, first_day, end_day, sequence, time_zone, forced_because, cost, digest)
VALUES (:month, :first_day, :end_day, :sequence, :time_zone, :forced_because, '', '');

-- name: insert_closing_lines
-- The month that is being closed has no lines yet, so its whole tally is a difference, like every change in earlier
-- months.
INSERT INTO closing_line (
  closing_id, month, runner_id, instance_type_id, source, runner, runner_external_id, instance_type, price_second,
  currency, assumed, outcome, runs, timed_runs, runtime, billed
)
SELECT
  :closing_id, month, runner_id, instance_type_id, source, runner, runner_external_id, instance_type, price_second,
  currency, assumed, outcome, runs, timed_runs, runtime, billed
FROM main.pending_correction
ORDER BY month, runner_id, instance_type_id, price_second, currency, assumed, outcome;

-- name: update_closing
UPDATE closing SET cost = :cost, digest = :digest WHERE closing_id = :closing_id;

-- name: update_closing_reopened
UPDATE closing SET reopened_by = :sequence, reopened_because = :because WHERE closing_id = :closing_id;

-- name: select_closings
-- All that were ever made, in their order.
SELECT closing_id, month, first_day, end_day, sequence, time_zone, forced_because, cost, digest, reopened_by,
  reopened_because
FROM closing
ORDER BY closing_id;

-- name: select_closing_lines
SELECT closing_line_id, closing_id, month, runner_id, instance_type_id, source, runner, runner_external_id,
  instance_type, price_second, currency, assumed, outcome, runs, timed_runs, runtime, billed
FROM closing_line
WHERE closing_id = :closing_id
ORDER BY closing_line_id;

-- name: select_reopenings
-- Closings that were taken back, with the events that did it, the last one last.
SELECT closing.month, sequence.at AS reopened_at, closing.reopened_because
FROM main.closing
JOIN main.sequence ON sequence.sequence = closing.reopened_by
ORDER BY sequence.sequence;

-- name: select_reopening_events
-- Events that took a closing back, by what each says of itself.
SELECT sequence, note FROM sequence WHERE kind = 'reopening' ORDER BY sequence;

-- name: create_other_closings
-- In another zone a month has other days: none is closed there.
CREATE TEMP TABLE closed_month (
  month TEXT, first_day INTEGER, end_day INTEGER, sequence INTEGER, time_zone TEXT, forced_because TEXT, cost TEXT,
  digest TEXT
);
CREATE TEMP TABLE closed_line (
  closed_line_id INTEGER, closed_with TEXT, month TEXT, runner_id INTEGER, instance_type_id INTEGER, source TEXT,
  runner TEXT, runner_external_id TEXT, instance_type TEXT, price_second TEXT, currency TEXT, assumed INTEGER,
  outcome INTEGER, runs INTEGER, timed_runs INTEGER, runtime INTEGER, billed INTEGER
);
CREATE TEMP TABLE correction (
  discovered TEXT, month TEXT, runner_id INTEGER, instance_type_id INTEGER, source TEXT, runner TEXT,
  runner_external_id TEXT, instance_type TEXT, price_second TEXT, currency TEXT, assumed INTEGER, outcome INTEGER,
  runs INTEGER, timed_runs INTEGER, runtime INTEGER, billed INTEGER
);

-- name: select_counted_corrections
-- What changed in closed months and counts in these days, of the selected runners, at each price.
SELECT discovered, month, currency, price_second, sum(billed) AS billed
FROM correction
JOIN selected_runner USING (runner_id)
WHERE month_start(discovered) >= :from_day AND month_start(discovered) < :to_day
GROUP BY discovered, month, currency, price_second
ORDER BY discovered, month, currency, price_second;
