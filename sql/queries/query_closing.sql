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

-- name: select_provisional_reason
-- What keeps the time before an instant from being final, in words; null when it is settled.
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
)
SELECT
  CASE WHEN :to_at <= (SELECT at FROM settled_until) THEN NULL
  ELSE coalesce('not read completely since its end: ' || unread.names, '')
    || CASE WHEN unread.names IS NOT NULL AND opened.runs > 0 THEN '; ' ELSE '' END
    || CASE opened.runs
      WHEN 0 THEN '' WHEN 1 THEN '1 run from before its end is still open'
      ELSE opened.runs || ' runs from before its end are still open'
    END
  END
FROM unread, opened;

-- name: insert_closed_month
INSERT INTO main.closed_month (month, first_day, end_day, sequence, time_zone, forced_because, cost, digest)
VALUES (:month, :first_day, :end_day, :sequence, :time_zone, :forced_because, '', '');

-- name: insert_closed_lines
-- The month that is being closed has no lines yet, so its whole tally is a difference, like every change in earlier
-- months.
INSERT INTO main.closed_line (
  closed_with, month, runner_id, instance_type_id, source, runner, runner_external_id, instance_type, price_second,
  currency, assumed, outcome, runs, timed_runs, runtime, billed
)
SELECT
  :month, month, runner_id, instance_type_id, source, runner, runner_external_id, instance_type, price_second,
  currency, assumed, outcome, runs, timed_runs, runtime, billed
FROM main.pending_correction
ORDER BY month, runner_id, instance_type_id, price_second, currency, assumed, outcome;

-- name: update_closed_month
UPDATE main.closed_month SET cost = :cost, digest = :digest WHERE month = :month;

-- name: select_closed_months_whole
SELECT month, first_day, end_day, sequence, time_zone, forced_because, cost, digest
FROM main.closed_month
ORDER BY month;

-- name: select_closed_lines
SELECT closed_line_id, closed_with, month, runner_id, instance_type_id, source, runner, runner_external_id,
  instance_type, price_second, currency, assumed, outcome, runs, timed_runs, runtime, billed
FROM main.closed_line
WHERE closed_with = :month
ORDER BY closed_line_id;

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
WITH counted AS (
  SELECT
    correction.*, CAST(strftime('%s', correction.discovered || '-01') AS INTEGER) / 86400 AS discovered_day
  FROM correction
)
SELECT discovered, month, currency, price_second, sum(billed) AS billed
FROM counted
JOIN selected_runner USING (runner_id)
WHERE discovered_day >= :from_day AND discovered_day < :to_day
GROUP BY discovered, month, currency, price_second
ORDER BY discovered, month, currency, price_second;
