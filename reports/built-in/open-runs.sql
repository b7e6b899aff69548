/*
title: Open runs
question: Which runs have not ended, since when, what have they cost so far, and which month do they hold open?
description: Every run that is open at the ledger's now, the oldest first. What has started and has no end keeps the months from its start on from being final.
parameters: [source, runner]
default_period: all
empty: "No run is open."
columns:
  - {name: source, type: word, description: "The configured account."}
  - {name: runner, type: text, description: "The runner's newest name."}
  - {name: runner_id, type: word, description: "The vendor's id of the runner."}
  - {name: run_id, type: word, description: "The vendor's id of the run."}
  - {name: status, type: text, description: "The vendor's own word."}
  - {name: began_at, type: instant, title: began, description: "When it started, or where it has not, when it was created; null where the vendor tells neither."}
  - {name: created_at, type: instant, title: created, description: "When the run was asked for."}
  - {name: started_at, type: instant, title: started, description: "When it began to execute."}
  - {name: last_seen_at, type: instant, title: last seen, description: "Its last sign of life: the last complete list that had it, or the visit that first saw it as it is."}
  - {name: open_until, type: instant, title: open until, description: "Up to when its cost is counted: the last complete list that had it, and never past its timeout; null where no complete list had it."}
  - {name: age_seconds, type: seconds, title: age, description: "From its beginning to the ledger's now."}
  - {name: billed_seconds, type: seconds, title: billed, description: "What it used so far, under the source's billing rule; null where nothing is known of that."}
  - {name: cost, type: money, description: "What that costs, exactly; null when it is unpriced, or has prices in two currencies."}
  - {name: currency, type: word, description: "ISO 4217 code."}
  - {name: price_assumed, type: flag, title: assumed, description: "Whether any part of it has a price taken from a neighbouring sight."}
  - {name: held_month, type: month, title: holds open, description: "The first month that it keeps from being final: the one that it started in, or where that is closed, the first that is not; null while it has not started."}
  - {name: missing_since, type: instant, title: vanished, description: "The first complete list that it was not in; null while it is listed."}
sort: [began_at, source, runner, runner_id, run_id]
totals: [billed_seconds, cost]
layout:
  - runner
  - run_id
  - status
  - age_seconds
  - {column: cost, missing: unpriced}
  - currency
  - billed_seconds
  - began_at
  - last_seen_at
  - held_month
  - missing_since
  - source
filled_by: "A run is here from the harvest that first sees it until its vendor tells its end."
*/
WITH opened AS (
  SELECT
    open_run.run_id, open_run.runner_id, open_run.began_at, open_run.accrued_until,
    CASE WHEN open_run.started_at < open_run.accrued_until THEN open_run.started_at END AS used_from
  FROM open_run
  JOIN selected_runner USING (runner_id)
),
closed AS (
  SELECT coalesce(month_of(max(end_day)), '') AS next_month FROM closed_month
)
SELECT
  runner_detail.source,
  runner_detail.runner,
  runner_detail.runner_external_id AS runner_id,
  run.external_id AS run_id,
  run.status,
  opened.began_at,
  run.created_at,
  run.started_at,
  run_seen.seen_at AS last_seen_at,
  opened.accrued_until AS open_until,
  max(0, :as_of - opened.began_at) AS age_seconds,
  run_billed(opened.runner_id, opened.used_from, opened.accrued_until) AS billed_seconds,
  run_cost(opened.runner_id, opened.used_from, opened.accrued_until) AS cost,
  coalesce(run_currency(opened.runner_id, opened.used_from, opened.accrued_until), runner_detail.currency) AS currency,
  run_assumed(opened.runner_id, opened.used_from, opened.accrued_until) AS price_assumed,
  max(month_of(local_day(run.started_at)), closed.next_month) AS held_month,
  run.missing_since
FROM opened
CROSS JOIN closed
JOIN run USING (run_id)
JOIN runner_detail ON runner_detail.runner_id = opened.runner_id
JOIN run_seen USING (run_id)
ORDER BY opened.began_at, runner_detail.source, runner_detail.runner, runner_detail.runner_external_id, run.external_id;
