-- What a report selects before its own query: runners, sources, days, and another zone than the ledger's.

-- name: create_selected_runner
-- Positions follow the order of every report: source, newest name, the vendor's id. A report with many rows that reads
-- runners in this order need not sort them.
CREATE TEMP TABLE IF NOT EXISTS selected_runner (
  runner_id INTEGER PRIMARY KEY, position INTEGER NOT NULL UNIQUE, source_id INTEGER NOT NULL, source TEXT NOT NULL,
  runner TEXT NOT NULL, runner_external_id TEXT NOT NULL, label TEXT, second_label TEXT, labels TEXT NOT NULL
);

-- name: delete_selected_runners
-- One snapshot may serve several reports, one after another.
DELETE FROM temp.selected_runner;

-- name: insert_selected_runner
INSERT INTO selected_runner (
  runner_id, position, source_id, source, runner, runner_external_id, label, second_label, labels
)
SELECT
  runner_id, :position, source_id, :source, :runner, :runner_external_id, :label, :second_label, :labels
FROM runner
WHERE runner_id = :runner_id;

-- name: select_selected_runners
SELECT runner_id FROM temp.selected_runner ORDER BY position;

-- name: create_selected_source
CREATE TEMP TABLE IF NOT EXISTS selected_source (
  source_id INTEGER PRIMARY KEY, account_id TEXT NOT NULL, account_name TEXT, project TEXT
);

-- name: delete_selected_sources
DELETE FROM temp.selected_source;

-- name: insert_selected_source
INSERT INTO selected_source (source_id, account_id, account_name, project)
SELECT source_id, coalesce(:account_id, name), :account_name, :project FROM source WHERE name = :name;

-- name: create_selected_period
-- The period that is asked for, and as long a one just before it to compare it with: days, the end exclusive.
CREATE TEMP TABLE IF NOT EXISTS selected_period (
  period TEXT PRIMARY KEY CHECK (period IN ('asked', 'before')),
  from_day INTEGER NOT NULL, to_day INTEGER NOT NULL, as_of INTEGER NOT NULL
);

-- name: delete_selected_periods
DELETE FROM temp.selected_period;

-- name: insert_selected_period
INSERT INTO selected_period (period, from_day, to_day, as_of) VALUES (:period, :from_day, :to_day, :as_of);

-- name: select_selection
-- How many runners are selected of how many, whether they are all that their sources have, and the days of the tally.
SELECT
  (SELECT count(*) FROM temp.selected_runner) AS runners,
  (SELECT count(*) FROM runner) AS known_runners,
  NOT EXISTS (
    SELECT 1
    FROM temp.selected_source
    JOIN runner USING (source_id)
    WHERE runner.runner_id NOT IN (SELECT runner_id FROM temp.selected_runner)
  ) AS is_whole,
  (SELECT min(day) FROM run_day) AS first_day,
  (SELECT max(day) FROM run_day) AS last_day;

-- name: create_tally_stretch
-- Which level of the tally answers which days of a period: of a month its first day is from_day.
CREATE TEMP TABLE IF NOT EXISTS tally_stretch (
  period TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('month', 'day', 'runner-month', 'runner-day', 'source-month', 'source-day')),
  from_day INTEGER NOT NULL, to_day INTEGER NOT NULL, month TEXT NOT NULL, -- which all of it lies in
  is_printed INTEGER NOT NULL DEFAULT 0
);

-- name: delete_tally_stretches
DELETE FROM temp.tally_stretch;

-- name: insert_tally_stretch
INSERT INTO tally_stretch (period, level, from_day, to_day, month)
VALUES (:period, :level, :from_day, :to_day, :month);

-- name: update_printed_stretches
UPDATE temp.tally_stretch SET is_printed = 1
WHERE EXISTS (
  SELECT 1
  FROM printed_month
  WHERE printed_month.period = tally_stretch.period
    AND tally_stretch.from_day >= printed_month.first_day AND tally_stretch.to_day <= printed_month.end_day
);

-- name: create_other_zone
-- The same names as in the ledger: inside this connection they come first, so report SQL stays as it is.
CREATE TEMP TABLE zone_transition (at INTEGER PRIMARY KEY, offset_seconds INTEGER NOT NULL);

-- name: create_other_tally
CREATE TEMP TABLE run_day (
  day INTEGER, runner_id INTEGER, instance_type_id INTEGER, price_id INTEGER, assumed INTEGER, outcome INTEGER,
  runs INTEGER, timed_runs INTEGER, runtime INTEGER, queued_runs INTEGER, queue INTEGER, billed INTEGER,
  PRIMARY KEY (day, runner_id, instance_type_id, price_id, assumed, outcome)
) WITHOUT ROWID;

CREATE TEMP TABLE run_month (
  month INTEGER, runner_id INTEGER, instance_type_id INTEGER, price_id INTEGER, assumed INTEGER, outcome INTEGER,
  runs INTEGER, timed_runs INTEGER, runtime INTEGER, queued_runs INTEGER, queue INTEGER, billed INTEGER,
  PRIMARY KEY (month, runner_id, instance_type_id, price_id, assumed, outcome)
) WITHOUT ROWID;

CREATE TEMP TABLE source_day (
  day INTEGER, source_id INTEGER, instance_type_id INTEGER, price_id INTEGER, assumed INTEGER, outcome INTEGER,
  runs INTEGER, timed_runs INTEGER, runtime INTEGER, queued_runs INTEGER, queue INTEGER, billed INTEGER,
  PRIMARY KEY (day, source_id, instance_type_id, price_id, assumed, outcome)
) WITHOUT ROWID;

CREATE TEMP TABLE source_month (
  month INTEGER, source_id INTEGER, instance_type_id INTEGER, price_id INTEGER, assumed INTEGER, outcome INTEGER,
  runs INTEGER, timed_runs INTEGER, runtime INTEGER, queued_runs INTEGER, queue INTEGER, billed INTEGER,
  PRIMARY KEY (month, source_id, instance_type_id, price_id, assumed, outcome)
) WITHOUT ROWID;

-- name: create_other_times
CREATE TEMP TABLE run_day_times (
  runner_id INTEGER, day INTEGER, instance_type_id INTEGER, outcome INTEGER, runtimes BLOB, queues BLOB,
  PRIMARY KEY (runner_id, day, instance_type_id, outcome)
) WITHOUT ROWID;

CREATE TEMP TABLE run_month_times (
  runner_id INTEGER, month INTEGER, instance_type_id INTEGER, outcome INTEGER, runtimes BLOB, queues BLOB,
  PRIMARY KEY (runner_id, month, instance_type_id, outcome)
) WITHOUT ROWID;
