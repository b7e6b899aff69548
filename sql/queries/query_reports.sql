-- What a report needs before and after its own query.

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

-- name: select_runner_names
-- The newest name of each runner, or every name that it ever had, in the order of reports.
SELECT DISTINCT
  runner_detail.runner_id, runner_detail.source, runner_detail.runner_external_id, runner_version.name AS runner
FROM runner_detail
JOIN runner_version USING (runner_id)
WHERE :any_name OR runner_version.name = runner_detail.runner
ORDER BY
  runner_detail.source, runner_detail.runner, runner_detail.runner_external_id, runner_detail.runner_id,
  runner_version.name;

-- name: select_source_names
SELECT name FROM source ORDER BY name;

-- name: select_as_of
-- The ledger's now: the end of the newest harvest that could read something, or of the newest where none could.
SELECT coalesce(max(finished_at) FILTER (WHERE lists > 0), max(finished_at)) FROM harvest;

-- name: select_day_range
-- The days that anything fell on.
-- Each by itself, so that neither looks further than the first day that it finds.
SELECT
  (SELECT min(day) FROM run_day WHERE runner_id IN (SELECT runner_id FROM selected_runner)) AS first,
  (SELECT max(day) FROM run_day WHERE runner_id IN (SELECT runner_id FROM selected_runner)) AS last;

-- name: select_first_visit
SELECT min(started_at) FROM harvest WHERE source_id IN (SELECT source_id FROM selected_source);

-- name: select_first_day
-- The first day of the tally, and when the first open run began; null where there is none.
SELECT
  (SELECT min(day) FROM run_day) AS tallied,
  (SELECT min(began_at) FROM open_run) AS began_at;

-- name: select_first_open_start
SELECT min(started_at) FROM run INDEXED BY run_open WHERE ended_at IS NULL AND runner_id IN (SELECT runner_id FROM selected_runner);

-- name: select_source_reads
-- When each source was visited last, and when last completely.
SELECT source.name AS source, source.vendor,
  max(harvest.finished_at) AS last_visit,
  max(CASE WHEN harvest.complete = 1 THEN harvest.finished_at END) AS last_complete
FROM source
LEFT JOIN harvest ON harvest.source_id = source.source_id AND harvest.finished_at IS NOT NULL
GROUP BY source.source_id
ORDER BY source.name;

-- name: select_incomplete_lists
-- Lists that were not read completely the last time.
SELECT source.name AS source, runner_detail.runner, coverage.note
FROM coverage
JOIN source USING (source_id)
LEFT JOIN runner_detail ON runner_detail.runner_id = coverage.runner_id
WHERE coverage.until_harvest_id IS NULL AND coverage.complete = 0
ORDER BY source.name, runner_detail.runner;

-- name: select_noted_lists
-- Lists that were read completely the last time, and something in them was odd.
SELECT source.name AS source, runner_detail.runner, coverage.note
FROM coverage
JOIN source USING (source_id)
LEFT JOIN runner_detail ON runner_detail.runner_id = coverage.runner_id
WHERE coverage.until_harvest_id IS NULL AND coverage.complete = 1 AND coverage.note IS NOT NULL
ORDER BY source.name, runner_detail.runner;

-- name: select_sources_with_runs
-- Sources that tell of runs at all.
SELECT source.name
FROM source
WHERE EXISTS (SELECT 1 FROM coverage WHERE coverage.source_id = source.source_id AND coverage.runner_id > 0)
ORDER BY source.name;

-- name: select_list_counts
-- How many lists there are, and how many of them the last visit read completely: the runners of each source, and the
-- runs of each runner that is not missing, where the source has runs at all.
WITH list AS (
  SELECT source_id, NULL AS runner_id FROM source
  UNION ALL
  SELECT runner.source_id, runner.runner_id
  FROM runner
  WHERE runner.missing_since IS NULL
    AND EXISTS (SELECT 1 FROM coverage WHERE coverage.source_id = runner.source_id AND coverage.runner_id > 0)
)
SELECT
  count(*) FILTER (
    WHERE EXISTS (
      SELECT 1
      FROM coverage
      WHERE coverage.source_id = list.source_id
        AND coverage.runner_id IS list.runner_id
        AND coverage.until_harvest_id IS NULL
        AND coverage.complete = 1
    )
  ) AS complete,
  count(*) AS lists
FROM list;

-- name: select_unread_sources
-- Sources of which no visit ever read a list to its end.
SELECT source.name
FROM source
WHERE NOT EXISTS (SELECT 1 FROM harvest WHERE harvest.source_id = source.source_id AND harvest.lists > 0)
ORDER BY source.name;

-- name: select_refusals
-- Rows that could not be understood when their lists were last read, and the number of these lists.
SELECT coalesce(sum(refused), 0) AS rows, count(*) AS lists
FROM coverage
WHERE until_harvest_id IS NULL AND refused > 0;

-- name: select_round_lists
-- Lists that ended at a number where servers like to cut them off, and whose vendor names no total to hold that against.
SELECT source.name AS source, runner_detail.runner, coverage.rows
FROM coverage
JOIN source USING (source_id)
LEFT JOIN runner_detail ON runner_detail.runner_id = coverage.runner_id
WHERE coverage.until_harvest_id IS NULL
  AND coverage.complete = 1
  AND coverage.claimed IS NULL
  AND coverage.rows IN (20, 25, 50, 100, 500, 1000)
  AND (
    coverage.runner_id IN (SELECT runner_id FROM selected_runner)
    OR (coverage.runner_id IS NULL AND coverage.source_id IN (SELECT source_id FROM selected_source))
  )
ORDER BY coverage.rows DESC, source.name, runner_detail.runner;

-- name: select_settled_until
SELECT at FROM settled_until;

-- name: select_missing_runners
-- Runners that were listed during the period or after it, and no longer are.
SELECT runner_detail.runner
FROM selected_runner
JOIN runner USING (runner_id)
JOIN runner_detail USING (runner_id)
WHERE runner.missing_since > :from_at
ORDER BY runner_detail.source, runner_detail.runner, runner_detail.runner_external_id;

-- name: select_silent_runners
-- Runners that their vendor calls online, though their last sign of life was old when their list was last read.
WITH list_read AS MATERIALIZED (
  SELECT
    selected_source.source_id,
    (
      SELECT harvest.started_at
      FROM harvest
      WHERE harvest.source_id = selected_source.source_id
        AND harvest.harvest_id <= coalesce(coverage.until_harvest_id, 9223372036854775807)
        AND (harvest.finished_at IS NOT NULL OR harvest.harvest_id = coverage.from_harvest_id)
      ORDER BY harvest.harvest_id DESC
      LIMIT 1
    ) AS read_at
  FROM selected_source
  JOIN coverage ON coverage.coverage_id = (
    SELECT newest.coverage_id
    FROM coverage AS newest
    WHERE newest.source_id = selected_source.source_id AND newest.runner_id IS NULL AND newest.complete = 1
    ORDER BY newest.from_harvest_id DESC
    LIMIT 1
  )
)
SELECT runner_detail.runner
FROM selected_runner
JOIN runner USING (runner_id)
JOIN runner_detail USING (runner_id)
JOIN list_read ON list_read.source_id = runner.source_id
JOIN runner_sample ON runner_sample.runner_sample_id = (
  SELECT newest.runner_sample_id
  FROM runner_sample AS newest
  WHERE newest.runner_id = selected_runner.runner_id
  ORDER BY newest.harvest_id DESC
  LIMIT 1
)
WHERE runner.missing_since IS NULL
  AND runner_sample.online = 1
  AND runner.last_seen_at + :patience < list_read.read_at
ORDER BY runner_detail.source, runner_detail.runner, runner_detail.runner_external_id;

-- name: select_open_run_names
-- Open runs of the selected runners that count in the days asked for, the oldest first. In months that are printed as
-- they were closed none does.
WITH stretch AS (
  SELECT from_day, to_day FROM counted_stretch WHERE period = 'asked' AND :prints_closings
  UNION ALL
  SELECT from_day, to_day FROM selected_period WHERE period = 'asked' AND NOT :prints_closings
),
counted AS (
  SELECT DISTINCT open_line.run_id
  FROM stretch
  JOIN open_line ON open_line.day >= stretch.from_day AND open_line.day < stretch.to_day
)
SELECT runner_detail.source || ' ' || run.external_id || ' of ' || runner_detail.runner
FROM counted
-- CROSS keeps the order: the few that are open, each by its id.
CROSS JOIN run USING (run_id)
JOIN runner_detail ON runner_detail.runner_id = run.runner_id
ORDER BY
  coalesce(run.started_at, run.created_at), runner_detail.source, runner_detail.runner_external_id, run.external_id;

-- name: select_tally_quality
-- How much of a period is unpriced, priced by assumption, or of no known length.
SELECT
  coalesce(sum(timed_runs) FILTER (WHERE price_id = 0), 0) AS unpriced_runs,
  coalesce(sum(billed) FILTER (WHERE price_id = 0), 0) AS unpriced_time,
  coalesce(sum(timed_runs) FILTER (WHERE assumed = 1), 0) AS assumed_runs,
  coalesce(sum(billed) FILTER (WHERE assumed = 1), 0) AS assumed_time,
  -- What was cancelled, skipped or went wrong may never have started; these did.
  coalesce(
    sum(runs - timed_runs)
      FILTER (WHERE outcome IN (SELECT outcome FROM outcome WHERE word IN ('success', 'failure', 'timeout'))),
    0
  ) AS untimed_runs
FROM tally
WHERE period = 'summed';

-- name: select_negative_times
-- Finished runs whose instants contradict each other; they have an index of their own, as they are few.
SELECT count(*)
FROM run INDEXED BY run_contradictory
WHERE runner_id IN (SELECT runner_id FROM selected_runner)
  AND ended_at >= :from_at AND ended_at < :to_at
  AND (ended_at < started_at OR started_at < created_at);

-- name: select_open_starts
-- When each run that is still open started, oldest first.
SELECT started_at FROM run WHERE ended_at IS NULL AND started_at IS NOT NULL ORDER BY started_at;

-- name: select_run_count
SELECT count(*) FROM run;

-- name: select_source_sizes
SELECT source.name AS source, count(runner.runner_id) AS runners,
  (
    SELECT count(*) FROM run JOIN runner AS owner USING (runner_id) WHERE owner.source_id = source.source_id
  ) AS runs
FROM source
LEFT JOIN runner USING (source_id)
GROUP BY source.source_id
ORDER BY source.name;

-- name: select_finished_days
-- What the selected runners finished before, in and after a period, for a report that finds nothing in it.
SELECT
  (SELECT count(*) FROM temp.selected_runner) AS runners,
  (SELECT count(*) FROM open_run JOIN selected_runner USING (runner_id)) AS open,
  max(run_day.day) FILTER (WHERE run_day.day < :from_day) AS before,
  coalesce(sum(run_day.runs) FILTER (WHERE run_day.day >= :from_day AND run_day.day < :to_day), 0) AS within,
  min(run_day.day) FILTER (WHERE run_day.day >= :to_day) AS after
FROM run_day
JOIN selected_runner USING (runner_id)
WHERE run_day.runs <> 0;

-- name: select_outcome_counts
-- How the runs of the selected runners ended in a period, the most first.
SELECT outcome.word AS outcome, sum(run_day.runs) AS runs
FROM run_day
JOIN selected_runner USING (runner_id)
JOIN outcome USING (outcome)
WHERE run_day.runs <> 0 AND run_day.day >= :from_day AND run_day.day < :to_day
GROUP BY outcome.word
ORDER BY runs DESC, outcome.word;
