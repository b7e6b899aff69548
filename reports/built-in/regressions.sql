/*
title: Regressions
question: What got worse, or better, since when, and is it more than chance?
description: "Runners whose failure rate or successful runtimes changed in the period, against as many days just before it. Everything with enough runs is tested, and p is adjusted for how much that is: on average at most 5 % of the rows are chance. Days are tested and not runs, as far as runs of a day resemble each other."
schema_version: 2
parameters: [period, source, runner, unchanged]
default_period: 30-days
columns:
  - {name: source, type: word, description: "The configured account."}
  - {name: runner, type: text, description: "The runner's newest name."}
  - {name: runner_id, type: word, description: "The vendor's id of the runner."}
  - {name: measure, type: word, description: "What changed: failure-rate, of which 30 rated runs are needed in the period and 30 before it, or runtime, of which 20 successes each."}
  - {name: direction, type: word, description: "worse or better."}
  - {name: changed_on, type: day, title: since, description: "The likeliest first local day of the new state, within the period."}
  - {name: runs_before, type: integer, title: before, description: "Runs before that day, those before the period included: rated ones, or successes."}
  - {name: runs_after, type: integer, title: after, description: "The same from that day on."}
  - {name: failure_rate_before, type: rate, title: rate before, description: "The failure rate before that day; null for a runtime."}
  - {name: failure_rate_after, type: rate, title: rate after, description: "The failure rate from that day on; null for a runtime."}
  - {name: failure_rate_change_low, type: rate, description: "Lower end of Newcombe's 95 % interval of the difference of the two rates."}
  - {name: failure_rate_change_high, type: rate, description: "Upper end of that interval."}
  - {name: duration_p50_before_seconds, type: seconds, title: p50 before, description: "Half of the successes before that day took at most this long; null for a failure rate."}
  - {name: duration_p50_after_seconds, type: seconds, title: p50 after, description: "The same from that day on."}
  - {name: p, type: probability, description: "How likely chance alone makes so large a change in this runner and measure, where its days differ as they do; 1 with fewer than 4 days."}
  - {name: p_adjusted, type: probability, title: adjusted, description: "The same for all that was tested, by Benjamini and Hochberg; a row has at most 0.05."}
  - {name: tested, type: integer, description: "How many runners and measures had enough runs to be tested."}
  - {name: verdict, type: word, description: "changed; with --unchanged also unchanged, and too-few-runs for what was not tested."}
  - {name: because, type: text, description: "Why a row is not changed; null for one that is."}
sort: [source, runner, runner_id, measure]
layout:
  - runner
  - measure
  - direction
  - changed_on
  - failure_rate_before
  - failure_rate_after
  - {title: "95 % of change", interval: [failure_rate_change_low, failure_rate_change_high]}
  - duration_p50_before_seconds
  - duration_p50_after_seconds
  - runs_before
  - runs_after
  - p_adjusted
  - tested
  - because
  - source
filled_by: "A runner is here when its failure rate or its runtimes changed by more than chance; it takes 30 rated runs, or 20 successes, on each side of the change."
*/
WITH
-- As many days before the period as it has. Day -1000000 is before all calendars: `--all` has no period before it.
reference AS (
  SELECT max(2 * :from_day - :to_day, -1000000) AS day
),
rated AS (
  SELECT
    run_day.runner_id,
    rate_change(run_day.day, run_day.runs * outcome.is_failed, run_day.runs * outcome.is_rated, :from_day) AS change,
    sum(run_day.runs * outcome.is_rated * (run_day.day < :from_day)) AS rated_usually,
    sum(run_day.runs * outcome.is_rated * (run_day.day >= :from_day)) AS rated_now,
    sum(run_day.timed_runs * (outcome.word = 'success') * (run_day.day < :from_day)) AS timed_usually,
    sum(run_day.timed_runs * (outcome.word = 'success') * (run_day.day >= :from_day)) AS timed_now
  FROM run_day
  JOIN selected_runner USING (runner_id)
  JOIN outcome USING (outcome)
  WHERE run_day.day >= (SELECT day FROM reference) AND run_day.day < :to_day AND run_day.runs <> 0
  GROUP BY run_day.runner_id
),
timed AS (
  SELECT
    selected_runner.runner_id,
    runtime_change(run_day_times.day, run_day_times.runtimes, :from_day) AS change
  FROM selected_runner
  -- CROSS keeps the order: each runner's stretch of the table, not the whole of it.
  CROSS JOIN run_day_times USING (runner_id)
  JOIN outcome USING (outcome)
  WHERE outcome.word = 'success'
    AND run_day_times.day >= (SELECT day FROM reference) AND run_day_times.day < :to_day
  GROUP BY selected_runner.runner_id
),
counted AS (
  SELECT
    runner_id, 'failure-rate' AS measure,
    json_extract(change, '$.day') AS changed_on,
    json_extract(change, '$.p') AS p,
    NULL AS is_longer,
    json_extract(change, '$.rated_before') AS runs_before,
    json_extract(change, '$.rated_after') AS runs_after,
    json_extract(change, '$.failed_before') AS failed_before,
    json_extract(change, '$.failed_after') AS failed_after,
    NULL AS p50_before,
    NULL AS p50_after
  FROM rated
  WHERE change IS NOT NULL
  UNION ALL
  SELECT
    runner_id, 'runtime',
    json_extract(change, '$.day'), json_extract(change, '$.p'), json_extract(change, '$.is_longer'),
    json_extract(change, '$.runs_before'), json_extract(change, '$.runs_after'), NULL, NULL,
    json_extract(change, '$.p50_before'), json_extract(change, '$.p50_after')
  FROM timed
  WHERE change IS NOT NULL
),
-- Benjamini and Hochberg: each p times the number of tests by its rank, and none above that of a higher p.
ranked AS (
  SELECT counted.*, count(*) OVER () AS tested, row_number() OVER (ORDER BY p, runner_id, measure) AS place
  FROM counted
),
adjusted AS (
  SELECT
    ranked.*,
    min(p * tested / place) OVER (ORDER BY place DESC) AS p_adjusted,
    failed_before * 1.0 / runs_before AS rate_before,
    failed_after * 1.0 / runs_after AS rate_after
  FROM ranked
),
-- Everything that there was to look at: each runner with runs here or before, and both measures of it.
looked_at AS (
  SELECT
    runner_id, 'failure-rate' AS measure, rated_usually AS usually, rated_now AS now, 30 AS needed
  FROM rated
  UNION ALL
  SELECT runner_id, 'runtime', timed_usually, timed_now, 20
  FROM rated
),
judged AS (
  SELECT
    looked_at.*,
    CASE
      WHEN adjusted.p_adjusted <= 0.05 THEN 'changed'
      WHEN looked_at.usually < looked_at.needed OR looked_at.now < looked_at.needed THEN 'too-few-runs'
      ELSE 'unchanged'
    END AS verdict
  FROM looked_at
  LEFT JOIN adjusted USING (runner_id, measure)
)
SELECT
  runner_detail.source,
  runner_detail.runner,
  runner_detail.runner_external_id AS runner_id,
  judged.measure,
  CASE
    WHEN judged.verdict <> 'changed' THEN NULL
    WHEN coalesce(adjusted.is_longer, adjusted.rate_after > adjusted.rate_before) THEN 'worse'
    ELSE 'better'
  END AS direction,
  adjusted.changed_on,
  adjusted.runs_before,
  adjusted.runs_after,
  adjusted.rate_before AS failure_rate_before,
  adjusted.rate_after AS failure_rate_after,
  newcombe_low(adjusted.failed_before, adjusted.runs_before, adjusted.failed_after, adjusted.runs_after)
    AS failure_rate_change_low,
  newcombe_high(adjusted.failed_before, adjusted.runs_before, adjusted.failed_after, adjusted.runs_after)
    AS failure_rate_change_high,
  adjusted.p50_before AS duration_p50_before_seconds,
  adjusted.p50_after AS duration_p50_after_seconds,
  adjusted.p,
  adjusted.p_adjusted,
  (SELECT count(*) FROM counted) AS tested,
  judged.verdict,
  CASE
    WHEN judged.verdict = 'too-few-runs' THEN
      judged.usually || ' before the period and ' || judged.now || ' in it; ' || judged.needed || ' each are needed'
    WHEN judged.verdict = 'unchanged' AND adjusted.p IS NULL THEN 'all took equally long'
    WHEN judged.verdict = 'unchanged' THEN 'as large a step may be chance'
  END AS because
FROM judged
JOIN runner_detail USING (runner_id)
LEFT JOIN adjusted USING (runner_id, measure)
WHERE judged.verdict = 'changed' OR :unchanged
ORDER BY runner_detail.source, runner_detail.runner, runner_detail.runner_external_id, judged.measure;
