/*
title: Runs
question: What ran, how did it end, and what did each run cost?
description: The runs that finished in the period, each with its whole cost, also the part before the period; so the sum may differ from monthly-cost.
parameters: [period, instants, source, runner, outcome, exit-code]
default_period: 30-days
default_outcome: any
columns:
  - {name: source, type: word, description: "The configured account."}
  - {name: runner, type: text, description: "The runner's newest name."}
  - {name: runner_id, type: word, description: "The vendor's id of the runner."}
  - {name: run_id, type: word, description: "The vendor's id of the run."}
  - {name: status, type: text, description: "The vendor's own word."}
  - {name: outcome, type: word, description: "What became of the run."}
  - {name: outcome_inferred, type: flag, title: inferred, description: "Whether the outcome was inferred rather than said."}
  - {name: exit_code, type: integer, title: exit, description: "The container's exit code; null where the vendor gave none."}
  - {name: created_at, type: instant, title: created, description: "When the run was asked for."}
  - {name: started_at, type: instant, title: started, description: "When it began to execute."}
  - {name: completed_at, type: instant, title: completed, description: "When it ended; where the vendor gives no completion, its last update."}
  - {name: queue_seconds, type: seconds, title: queue, description: "From creation to start, never below 0."}
  - {name: runtime_seconds, type: seconds, title: runtime, description: "From start to completion, never below 0; null when it never started."}
  - {name: billed_seconds, type: seconds, title: billed, description: "The runtime under the source's billing rule."}
  - {name: timeout_seconds, type: integer, title: timeout, description: "The runner's limit when the run started."}
  - {name: instance_type, type: text, description: "The machine size that the runner had when the run started."}
  - {name: region, type: text, description: "The runner's region now."}
  - {name: cost, type: money, description: "The exact cost of the whole run; null when it never started, is unpriced, or has prices in two currencies."}
  - {name: currency, type: word, description: "ISO 4217 code."}
  - {name: price_assumed, type: flag, title: assumed, description: "Whether any part of it has a price taken from a neighbouring sight."}
sort: [source, runner, runner_id, completed_at, run_id]
totals: [runtime_seconds, billed_seconds, cost]
formats: [junit]
layout:
  - runner
  - run_id
  - outcome
  - {column: cost, missing: unpriced}
  - currency
  - runtime_seconds
  - queue_seconds
  - started_at
  - exit_code
  - {column: instance_type, missing: none}
  - {column: outcome_inferred, hide: zero}
  - {column: price_assumed, hide: zero}
  - source
filled_by: "Runs that finish in the period are here once a harvest has read them."
*/
SELECT
  runner_detail.source,
  runner_detail.runner,
  runner_detail.runner_external_id AS runner_id,
  run.external_id AS run_id,
  run.status,
  outcome.word AS outcome,
  run.outcome_inferred,
  run.exit_code,
  run.created_at,
  run.started_at,
  run.ended_at AS completed_at,
  max(0, run.started_at - run.created_at) AS queue_seconds,
  max(0, run.ended_at - run.started_at) AS runtime_seconds,
  run_billed(run.runner_id, run.started_at, run.ended_at) AS billed_seconds,
  timeout_at(run.runner_id, coalesce(run.started_at, run.created_at)) AS timeout_seconds,
  coalesce(instance_type.slug, instance_type.name) AS instance_type,
  runner_detail.region,
  run_cost(run.runner_id, run.started_at, run.ended_at) AS cost,
  coalesce(run_currency(run.runner_id, run.started_at, run.ended_at), runner_detail.currency) AS currency,
  run_assumed(run.runner_id, run.started_at, run.ended_at) AS price_assumed
-- Runners in their order, and each one's runs in the order of their ends: nothing but runs of one instant is sorted.
FROM selected_runner
CROSS JOIN runner_detail USING (runner_id)
CROSS JOIN run USING (runner_id)
JOIN outcome USING (outcome)
JOIN instance_type
  ON instance_type.instance_type_id = instance_type_at(run.runner_id, coalesce(run.started_at, run.ended_at))
WHERE run.ended_at >= :from_at AND run.ended_at < :to_at
  AND outcome.word IN (SELECT value FROM json_each(:outcomes))
  AND (:exit_codes IS NULL OR EXISTS (SELECT 1 FROM json_each(:exit_codes) AS code WHERE code.value IS run.exit_code))
ORDER BY selected_runner.position, run.ended_at, run.external_id;
