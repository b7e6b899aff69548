/*
title: Fleet
question: Which runners are there, were they online, and how busy were they?
description: Every runner as it was last seen. What is known of a period is the time between two successive visits that both read the runner list completely and had the runner in it, at most 26 hours apart; in it a state holds from the visit that saw it until the next one. Everything else is unknown, not offline.
schema_version: 2
parameters: [period, source, runner]
default_period: 30-days
columns:
  - {name: source, type: word, description: "The configured account."}
  - {name: runner, type: text, description: "The runner's newest name."}
  - {name: runner_id, type: word, description: "The vendor's id of the runner."}
  - {name: kind, type: text, description: "The vendor's sort of runner; null where it names none."}
  - {name: status, type: text, description: "The vendor's own word, as last seen."}
  - {name: online, type: flag, description: "Whether it could take work, as last seen; null where the API does not say."}
  - {name: last_seen_at, type: instant, title: last seen, description: "Its own last sign of life; null where the API tells none."}
  - {name: active, type: integer, description: "Runs it was at work on, as last seen."}
  - {name: capacity, type: integer, description: "Runs it can take at once, as last seen; null when unknown, which is not 1."}
  - {name: utilisation, type: rate, description: "Active out of capacity, each weighted by the known time of the period in which both are known; null without any."}
  - {name: availability, type: rate, description: "The share of the known time of the period in which it was online; null where nothing is known."}
  - {name: version, type: text, description: "The version of its software, as last seen."}
  - {name: missing_since, type: instant, title: missing, description: "The first complete list without it; null while it is listed."}
sort: [source, runner, runner_id]
layout:
  - runner
  - {column: online, missing: unknown}
  - utilisation
  - availability
  - source
  - active
  - capacity
  - status
  - {column: kind, missing: none}
  - last_seen_at
  - version
  - missing_since
  - runner_id
chart: {kind: bars, title: The busiest runners, category: [runner, source, runner_id], value: utilisation, top: 12}
filled_by: "Every runner that a harvest has read is here; runtally harvest reads them."
*/
WITH
-- 26 hours: a daily visit, the night on which clocks go back, and some delay.
rule AS (SELECT 93600000 AS longest_gap),
-- The finished visits in and around the period, and whether each read the runner list completely. One that was killed
-- says nothing, neither that it could read nor that it could not.
visit AS (
  SELECT
    harvest.source_id, harvest.harvest_id, harvest.started_at,
    coalesce((
      SELECT coverage.complete = 1
        AND coalesce(coverage.until_harvest_id, 9223372036854775807) >= harvest.harvest_id
      FROM coverage
      WHERE coverage.source_id = harvest.source_id
        AND coverage.runner_id IS NULL
        AND coverage.from_harvest_id <= harvest.harvest_id
      ORDER BY coverage.from_harvest_id DESC, coverage.coverage_id DESC
      LIMIT 1
    ), 0) AS is_read
  FROM rule
  CROSS JOIN selected_source
  CROSS JOIN harvest USING (source_id)
  WHERE harvest.complete IN (0, 1)
    AND harvest.started_at >= :from_at - rule.longest_gap
    AND harvest.started_at <= :to_at + rule.longest_gap
    AND harvest.finished_at IS NOT NULL
),
-- Stretches of visits that each continue what the one before them knew.
paired AS (
  SELECT
    visit.*,
    coalesce(
      visit.is_read
        AND lag(visit.is_read) OVER in_order
        AND visit.started_at - lag(visit.started_at) OVER in_order <= rule.longest_gap,
      0
    ) AS continues
  FROM visit
  CROSS JOIN rule
  WINDOW in_order AS (PARTITION BY visit.source_id ORDER BY visit.harvest_id)
),
numbered AS (
  SELECT paired.*, sum(1 - continues) OVER (PARTITION BY source_id ORDER BY harvest_id) AS number
  FROM paired
),
stretch AS MATERIALIZED (
  SELECT source_id, min(started_at) AS began_at, max(started_at) AS ended_at
  FROM numbered
  WHERE is_read
  GROUP BY source_id, number
),
-- The visit whose samples the period begins with, found from the newest on.
beginning AS MATERIALIZED (
  SELECT
    selected_source.source_id,
    coalesce((
      SELECT harvest.harvest_id
      FROM harvest
      WHERE +harvest.source_id = selected_source.source_id AND harvest.started_at <= :from_at
      ORDER BY harvest.harvest_id DESC
      LIMIT 1
    ), 0) AS harvest_id
  FROM selected_source
),
-- From which sample on the period needs a runner's samples.
watched AS MATERIALIZED (
  SELECT
    runner.runner_id,
    runner.source_id,
    coalesce((
      SELECT max(runner_sample.harvest_id)
      FROM runner_sample
      WHERE runner_sample.runner_id = runner.runner_id AND runner_sample.harvest_id <= beginning.harvest_id
    ), 0) AS first_harvest_id
  FROM selected_runner
  JOIN runner USING (runner_id)
  JOIN beginning USING (source_id)
),
-- The stretches in which a runner was not listed that touch the period: those that are over, and one that is not.
absence AS (
  SELECT watched.runner_id, watched.source_id, runner_absence.missing_since, runner_absence.found_at
  FROM watched
  JOIN runner_absence USING (runner_id)
  UNION ALL
  SELECT runner.runner_id, runner.source_id, runner.missing_since, 9223372036854775807
  FROM watched
  JOIN runner USING (runner_id)
  WHERE runner.missing_since IS NOT NULL
),
-- Each of them as far as it takes from what is known: from the last list that had the runner to the first that has it.
unlisted AS (
  SELECT
    absence.runner_id, absence.missing_since,
    coalesce((
      SELECT max(visit.started_at)
      FROM visit
      WHERE visit.source_id = absence.source_id AND visit.is_read AND visit.started_at < absence.missing_since
    ), :from_at) AS from_at,
    coalesce((
      SELECT min(visit.started_at)
      FROM visit
      WHERE visit.source_id = absence.source_id AND visit.is_read AND visit.started_at >= absence.found_at
    ), 9223372036854775807) AS until_at
  FROM absence
  CROSS JOIN rule
  WHERE absence.missing_since <= :to_at + rule.longest_gap AND absence.found_at >= :from_at - rule.longest_gap
),
-- What lies between them.
listed AS MATERIALIZED (
  SELECT
    runner_id,
    lag(until_at, 1, -9223372036854775808) OVER (PARTITION BY runner_id ORDER BY missing_since) AS from_at,
    from_at AS until_at
  FROM unlisted
  UNION ALL
  SELECT
    watched.runner_id,
    coalesce(
      (SELECT max(unlisted.until_at) FROM unlisted WHERE unlisted.runner_id = watched.runner_id),
      -9223372036854775808
    ),
    9223372036854775807
  FROM watched
),
state AS (
  SELECT
    watched.runner_id, watched.source_id,
    harvest.started_at AS seen_at,
    lead(harvest.started_at, 1, 9223372036854775807) OVER (
      PARTITION BY watched.runner_id ORDER BY runner_sample.harvest_id
    ) AS replaced_at,
    runner_sample.online,
    -- Beyond what any runner can do, a number is a slip of the vendor's, and a sum of it would not fit.
    CASE WHEN runner_sample.active BETWEEN 0 AND 100000 THEN runner_sample.active END AS active,
    CASE WHEN runner_sample.capacity BETWEEN 0 AND 100000 THEN runner_sample.capacity END AS capacity
  FROM watched
  JOIN runner_sample
    ON runner_sample.runner_id = watched.runner_id AND runner_sample.harvest_id >= watched.first_harvest_id
  JOIN harvest ON harvest.harvest_id = runner_sample.harvest_id
  WHERE harvest.started_at < :to_at
),
-- Milliseconds of the period for which a state is known.
known AS (
  SELECT
    state.runner_id, state.online, state.active, state.capacity,
    min(state.replaced_at, listed.until_at, stretch.ended_at, :to_at)
      - max(state.seen_at, listed.from_at, stretch.began_at, :from_at) AS time
  FROM state
  JOIN stretch USING (source_id)
  JOIN listed USING (runner_id)
),
summed AS (
  SELECT
    runner_id,
    sum(time) FILTER (WHERE online IS NOT NULL) AS watched,
    sum(time * online) AS online,
    sum(time * active) FILTER (WHERE capacity IS NOT NULL) AS active,
    sum(time * capacity) FILTER (WHERE active IS NOT NULL) AS capacity
  FROM known
  WHERE time > 0
  GROUP BY runner_id
)
SELECT
  runner_detail.source,
  runner_detail.runner,
  runner_detail.runner_external_id AS runner_id,
  runner_detail.kind,
  newest.status,
  newest.online,
  runner.last_seen_at,
  newest.active,
  newest.capacity,
  CASE WHEN summed.capacity > 0 THEN summed.active * 1.0 / summed.capacity END AS utilisation,
  CASE WHEN summed.watched > 0 THEN summed.online * 1.0 / summed.watched END AS availability,
  newest.version,
  runner.missing_since
FROM selected_runner
JOIN runner USING (runner_id)
JOIN runner_detail USING (runner_id)
LEFT JOIN runner_sample AS newest ON newest.runner_sample_id = (
  SELECT runner_sample.runner_sample_id
  FROM runner_sample
  WHERE runner_sample.runner_id = selected_runner.runner_id
  ORDER BY runner_sample.harvest_id DESC
  LIMIT 1
)
LEFT JOIN summed ON summed.runner_id = selected_runner.runner_id
ORDER BY runner_detail.source, runner_detail.runner, runner_detail.runner_external_id;
