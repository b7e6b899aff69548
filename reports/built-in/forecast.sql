/*
title: Forecast
question: What will this month have cost when it is over?
description: "Days that are not over are estimated by the mean of their weekday over the last whole weeks, at most 8; with fewer than 3 weeks, by the mean of all days. The interval is meant to hold in 95 of 100 cases if days and weeks go on to scatter as they did; it is wider where little is known. A price or a machine that changes is not foreseen. What open runs cost so far is not in it."
schema_version: 3
parameters: [period, source, runner]
default_period: this-month
prints_closings: true
tally: {of: source, history: true}
empty: "No time with a price is known in the last eight weeks, so that nothing can be estimated."
columns:
  - {name: month, type: month, description: "The local month."}
  - {name: source, type: word, description: "The configured account."}
  - {name: cost_so_far, type: money, title: so far, description: "The cost of the month up to the source's newest visit, exactly, as in monthly-cost, of a closed month as it was closed; without what open runs have accrued; null where nothing of it is priced."}
  - {name: days_left, type: integer, title: days left, description: "Days of the month that were not over at the newest visit that could read anything of the source, the day of that visit included."}
  - {name: forecast_cost, type: money, title: forecast, description: "An estimate, rounded once, to 6 decimals or to those asked for, of the cost of the whole month; once it is over or closed, its cost exactly. Null with fewer than 14 days of history."}
  - {name: forecast_low, type: money, title: at least, description: "The lower end of the estimate's 95 % prediction interval, never below cost_so_far; 2.5 % of all months cost less. Null where no day of history cost anything."}
  - {name: forecast_high, type: money, title: at most, description: "The upper end of the estimate's 95 % prediction interval; 97.5 % of all months cost at most this. Null as forecast_low."}
  - {name: history_days, type: integer, title: history, description: "Days just before that visit that the estimate rests on, in whole weeks; 0 once the month is over."}
  - {name: currency, type: word, description: "ISO 4217 code."}
  - {name: because, type: text, description: "Why there is no estimate, or no interval of it; else null."}
sort: [month, source, currency]
totals: [cost_so_far, forecast_cost]
rounding: true
layout:
  - source
  - month
  - forecast_cost
  - forecast_low
  - forecast_high
  - {column: cost_so_far, missing: unpriced}
  - currency
  - days_left
  - history_days
  - because
filled_by: "A source is here when it has priced time; an estimate takes 14 days after the first of it."
*/
WITH RECURSIVE
-- The first day of each source that is not over: nothing is known of later ones, even if another source was read since.
today AS (
  SELECT
    selected_source.source_id,
    coalesce(local_day(max(harvest.started_at) FILTER (WHERE harvest.lists > 0)), local_day(:as_of)) AS day
  FROM selected_source
  LEFT JOIN harvest ON harvest.source_id = selected_source.source_id AND harvest.finished_at IS NOT NULL
  GROUP BY selected_source.source_id
),
-- One sum per price, so that every product is exact.
tallied AS MATERIALIZED (
  SELECT
    tally.source_id, coalesce(price.currency, source.currency) AS currency, tally.day, tally.price_id,
    price.price_second, sum(tally.billed) AS billed
  FROM tally
  JOIN price USING (price_id)
  JOIN source USING (source_id)
  WHERE tally.period = 'history'
  GROUP BY 1, 2, 3, 4
),
-- Since when the days of a source are known, as far as they are priced. The first day that cost something opens its
-- history and is not of it: with a day in it that is chosen for its cost, a source that seldom runs would look busier
-- than it is.
known AS (
  SELECT source_id, currency, min(day) FILTER (WHERE price_id <> 0) + 1 AS since FROM tallied GROUP BY 1, 2
),
-- The months that the period touches, from the first one known up to a year ahead.
month AS (
  SELECT from_day, period_end(from_day, 'month') AS to_day
  FROM (SELECT period_start(max(:from_day, (SELECT min(day) FROM tallied)), 'month') AS from_day)
  WHERE from_day < :to_day
  UNION ALL
  SELECT to_day, period_end(to_day, 'month')
  FROM month
  WHERE to_day < min(:to_day, local_day(:as_of) + 366)
),
-- Months that are closed cost what they were closed with.
closed AS (
  SELECT
    month.from_day, month.to_day, runner.source_id, closed_line.currency, closed_line.price_second,
    sum(closed_line.billed) AS billed
  FROM month
  JOIN closed_month ON closed_month.first_day = month.from_day
  CROSS JOIN closed_line
    ON closed_line.month = closed_month.month AND closed_line.closed_with = closed_month.month
  JOIN selected_runner USING (runner_id)
  JOIN runner USING (runner_id)
  GROUP BY 1, 2, 3, 4, 5
),
forecast AS (
  SELECT
    month.from_day, tallied.source_id, tallied.currency, 0 AS is_closed,
    max(0, month.to_day - max(month.from_day, today.day)) AS days_left,
    CASE
      WHEN sum(tallied.billed * (tallied.day >= month.from_day)) = 0 THEN '0'
      -- A run that took no time at a price is no priced time.
      ELSE money_sum(cost(nullif(tallied.billed, 0), tallied.price_second))
        FILTER (WHERE tallied.day >= month.from_day)
    END AS cost_so_far,
    cost_forecast(
      tallied.day, cost(tallied.billed, tallied.price_second), known.since, today.day, month.from_day, month.to_day,
      :decimals
    ) AS answer,
    sum(tallied.billed * (tallied.day >= month.from_day)) AS billed
  FROM month
  JOIN tallied
    ON tallied.day < month.to_day
    -- 8 weeks of history, where anything has to be estimated.
    AND tallied.day >= min(month.from_day, (SELECT today.day FROM today WHERE today.source_id = tallied.source_id) - 56)
  JOIN today ON today.source_id = tallied.source_id
  JOIN known ON known.source_id = tallied.source_id AND known.currency IS tallied.currency
  WHERE (tallied.day >= month.from_day OR today.day < month.to_day)
    AND month.from_day NOT IN (SELECT first_day FROM closed_month)
  GROUP BY month.from_day, tallied.source_id, tallied.currency
  UNION ALL
  SELECT
    closed.from_day, closed.source_id, closed.currency, 1, max(0, closed.to_day - max(closed.from_day, today.day)),
    cost_sum(closed.billed, closed.price_second), NULL, sum(closed.billed)
  FROM closed
  JOIN today USING (source_id)
  GROUP BY closed.from_day, closed.source_id, closed.currency
)
SELECT
  month_of(forecast.from_day) AS month,
  source.name AS source,
  forecast.cost_so_far,
  forecast.days_left,
  -- A month that is over or closed needs no history, not even a price.
  CASE WHEN forecast.days_left = 0 OR forecast.is_closed THEN forecast.cost_so_far ELSE json_extract(forecast.answer, '$.cost') END
    AS forecast_cost,
  CASE WHEN forecast.days_left = 0 OR forecast.is_closed THEN forecast.cost_so_far ELSE json_extract(forecast.answer, '$.low') END
    AS forecast_low,
  CASE WHEN forecast.days_left = 0 OR forecast.is_closed THEN forecast.cost_so_far ELSE json_extract(forecast.answer, '$.high') END
    AS forecast_high,
  coalesce(json_extract(forecast.answer, '$.history_days'), 0) AS history_days,
  forecast.currency,
  CASE
    WHEN forecast.days_left = 0 OR forecast.is_closed THEN NULL
    WHEN forecast.answer IS NULL THEN 'nothing has a price yet'
    WHEN json_extract(forecast.answer, '$.cost') IS NULL THEN
      json_extract(forecast.answer, '$.history_days') || ' days of whole weeks are known; 14 are needed'
    WHEN json_extract(forecast.answer, '$.high') IS NULL THEN
      'no interval: the last ' || json_extract(forecast.answer, '$.history_days') || ' days cost nothing'
  END AS because,
  forecast.billed AS cost_so_far_time,
  -- An estimate of nothing is one all the same.
  CASE WHEN forecast.days_left = 0 OR forecast.is_closed THEN forecast.billed ELSE 1 END AS forecast_cost_time
FROM forecast
JOIN source USING (source_id)
ORDER BY month, source.name, forecast.currency;
