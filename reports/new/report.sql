/*
# A report of your own: a header in YAML, and below it one SELECT statement. `runtally report FILE` runs it.
# Each key of the header may be left out. A mistake in it is told with its line.

title: Runs by day
# What the report is good for; `runtally reports FILE` and the HTML page show it.
question: What ran on each day, how much of it failed, and what did it cost?

# The options that it takes: period (--month, --from, --to, --last, --all), instants (--from and --to within a day, for
# statements that read :from_at and :to_at), source, runner, interval, group-by, outcome, exit-code, unchanged.
parameters: [period, source, runner]
# Its period when none is asked for: last-month, this-month, 30-days, 12-intervals or all.
default_period: 30-days

# The outcome when none is asked for: success, another one, or any.
default_outcome: success
# What it means that there are no rows; remove the # in front.
# empty: Nothing ran.

# The columns that the statement gives, in its order. `title` stands above a column on screens. A type is one of
#   text, word (an identifier), integer, any
#   seconds (the statement gives milliseconds), instant (milliseconds since 1970), day (days since 1970),
#   month (2026-01), money and price (decimal text, as the functions cost and money_sum give),
#   decimal (a number, or decimal text), rate and probability (a number with a decimal point), flag (0 or 1)
columns:
  - {name: day, type: day, description: "The local day."}
  - {name: runs, type: integer, description: "Runs that finished on the day."}
  - {name: failed, type: integer, description: "Those that ended in failure, error or timeout."}
  - {name: failure_rate, type: rate, title: rate, description: "failed out of the runs that count for a rate."}
  - {name: runtime_seconds, type: seconds, title: runtime, description: "Their runtimes."}
  - {name: cost, type: money, description: "What was consumed on the day; null where nothing of it is priced."}
  - {name: currency, type: word, description: "ISO 4217 code; money of two currencies is never added."}
# What the statement orders its rows by; `cost descending` is the highest first.
sort: [day, currency]
# What is added up below the rows: columns of the type integer, seconds or money.
totals: [runs, failed, runtime_seconds, cost]
# Whether the statement reads printed_line, what closings wrote down; a period of closed months is then told as closed.
prints_closings: false
# How coarse the lines of the step `tally` may be, for a statement that reads it: by: day, month or interval, of: runner
# or source. What is left out is a day and a runner.
tally: {by: day, of: runner}
# Whether --decimals may round the money.
rounding: true

# The columns that tables and pages show, in this order; without it all of them. `hide: zero` leaves out a column of
# nothing but 0, `missing` is what stands where there is no value.
layout:
  - day
  - {column: cost, missing: unpriced}
  - currency
  - runs
  - failed
  - failure_rate
  - runtime_seconds
# What would give it rows, for who finds none.
filled_by: Runs that finish in the period.
# What a page draws, in HTML and in part in Markdown: bars, columns, range, line or figures.
chart:
  - {kind: bars, title: Cost by day, category: [day], value: cost}
# The reports that follow on the page, of the same period and runners; remove the # in front.
# sections:
#   - {report: failure-trend, title: Failures, interval: week, period: 12-intervals}
# Formats beside table, csv, json, jsonl, markdown and html, for statements that give what these need.
formats: []
*/
-- Parameters: :from_day, :to_day (days, the end exclusive), :from_at, :to_at, :as_of (instants), :interval, :group_by,
-- :outcomes, :exit_codes, :unchanged, :state, :state_reason (null without a period), :budgets. selected_runner holds the runners that --source and --runner chose, or all.
SELECT
  run_day.day,
  sum(run_day.runs) AS runs,
  sum(run_day.runs * outcome.is_failed) AS failed,
  1.0 * sum(run_day.runs * outcome.is_failed) / nullif(sum(run_day.runs * outcome.is_rated), 0) AS failure_rate,
  sum(run_day.runtime) AS runtime_seconds,
  cost_sum(run_day.billed, runner_price.price_second) AS cost,
  runner_price.currency
FROM run_day
JOIN selected_runner USING (runner_id)
JOIN runner_price USING (runner_id, price_id)
JOIN outcome USING (outcome)
WHERE run_day.day >= :from_day AND run_day.day < :to_day
GROUP BY run_day.day, runner_price.currency
ORDER BY run_day.day, runner_price.currency;
