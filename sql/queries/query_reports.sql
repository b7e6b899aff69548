-- What a report needs before and after its own query.

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
-- The ledger's now: the end of the newest harvest that could read something, or of the newest where none could; or when
-- something was read after an action, should that be later.
WITH told AS (
  SELECT coalesce(max(finished_at) FILTER (WHERE lists > 0), max(finished_at)) AS at FROM harvest
  UNION ALL
  SELECT max(seen_at) FROM action
)
SELECT max(at) FROM told;

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
