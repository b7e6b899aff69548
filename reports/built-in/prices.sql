/*
title: Prices
question: What does a second cost, since when, and who says so?
description: Every price of the ledger, seen or set, with the time it priced; and what was set and prices nothing yet.
schema_version: 2
parameters: [source, runner]
default_period: all
empty: "No price is known yet."
columns:
  - {name: source, type: word, description: "The configured account."}
  - {name: runner, type: text, description: "The newest name of the runner that is priced; null for a whole instance type."}
  - {name: runner_id, type: word, description: "The vendor's id of the runner."}
  - {name: instance_type, type: text, description: "The machine size that is priced; null for a runner of its own."}
  - {name: price_second, type: price, title: price/s, description: "The price of one second."}
  - {name: currency, type: word, description: "ISO 4217 code."}
  - {name: origin, type: word, description: "observed, or configured by the user, which beats it."}
  - {name: entry, type: text, description: "What the user wrote that the price is for, such as runner gpu-*; null for what was observed."}
  - {name: written_in, type: text, description: "Where the user wrote it: the configuration's entry, or a file's line."}
  - {name: valid_from, type: instant, description: "When it begins to hold; null since ever."}
  - {name: valid_until, type: instant, description: "When another price for the same begins to hold, or its runner was first seen under a name or labels that the entry does not mean; exclusive; null while neither is."}
  - {name: assumed_since, type: instant, description: "The last sight of the price before: from here until valid_from nobody knows which of the two held."}
  - {name: entered_at, type: instant, description: "When the ledger learned of it."}
  - {name: superseded_at, type: instant, description: "When the ledger learned that it no longer holds."}
  - {name: runs, type: integer, description: "Finished runs that are counted under it."}
  - {name: billed_seconds, type: seconds, title: billed, description: "Time that is billed at it."}
  - {name: state, type: word, description: "in force; overruled, by a later entry at all its times; waiting, for prices apply; withdrawn, and in force until prices apply; superseded; or unmatched, when it is about nothing yet."}
  - {name: price_id, type: integer, title: id, description: "Its number in the ledger; null for what is unmatched."}
sort: [source, instance_type, runner, runner_id, origin, valid_from, price_id, entry, written_in]
layout: [source, runner, instance_type, price_second, currency, origin, entry, written_in, valid_from, valid_until, runs, billed_seconds, state]
filled_by: "A price is here once a harvest has seen it, or the configuration sets it."
*/
WITH
used AS (
  SELECT price_id, sum(runs) AS runs, sum(billed) AS billed FROM run_month GROUP BY price_id
),
-- What the user wrote, in words. Of two that match, the configuration's wins over a file's, and the later one.
written AS (
  SELECT
    configured_price.*,
    subject || ' ' || pattern AS entry,
    CASE origin
      WHEN 'csv' THEN file || ', line ' || position
      ELSE 'configuration, entry ' || position
    END AS written_in,
    (origin = 'configuration') * 4611686018427387904 + configured_price_id AS rank
  FROM configured_price
),
-- Prices of the runners asked for, and of the machine sizes that they have or had.
wanted AS (
  SELECT
    price.*,
    price.applied_by IS NOT NULL AND price.superseded_by IS NULL AS holds,
    coalesce(price.valid_from, -100000000000000) AS starts_at,
    coalesce(written.rank, price.price_id) AS rank,
    written.entry, written.written_in, written.withdrawn_by
  FROM price
  LEFT JOIN written USING (configured_price_id)
  WHERE price.runner_id IN (SELECT runner_id FROM selected_runner)
    OR price.instance_type_id IN (
      SELECT runner_version.instance_type_id FROM runner_version JOIN selected_runner USING (runner_id)
    )
),
-- A configured price ends where a later one for the same begins that goes on as long, an observed one where the next was
-- seen. No time is later than that of for ever.
followed AS (
  SELECT
    wanted.*,
    nullif(
      min(
        coalesce(valid_until, 9223372036854775807),
        coalesce(min(starts_at) FILTER (WHERE valid_until IS NULL) OVER later, 9223372036854775807),
        coalesce(min(starts_at) OVER later_as_long, 9223372036854775807)
      ),
      9223372036854775807
    ) AS ends_at
  FROM wanted
  WINDOW
    later AS (
      PARTITION BY holds, origin, runner_id, instance_type_id
      ORDER BY CASE origin WHEN 'observed' THEN starts_at END, rank
      ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
    ),
    later_as_long AS (
      PARTITION BY holds, origin, runner_id, instance_type_id, valid_until
      ORDER BY CASE origin WHEN 'observed' THEN starts_at END, rank
      ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
    )
),
line AS (
  SELECT
    coalesce(runner_detail.source, source.name) AS source,
    runner_detail.runner,
    runner_detail.runner_external_id AS runner_id,
    coalesce(instance_type.slug, instance_type.name) AS instance_type,
    followed.price_second,
    followed.currency,
    followed.origin,
    followed.entry,
    followed.written_in,
    followed.valid_from,
    CASE WHEN followed.holds AND followed.ends_at > followed.starts_at THEN followed.ends_at END AS valid_until,
    followed.unsure_from AS assumed_since,
    entered.at AS entered_at,
    superseded.at AS superseded_at,
    coalesce(used.runs, 0) AS runs,
    coalesce(used.billed, 0) AS billed_seconds,
    CASE
      WHEN followed.superseded_by IS NOT NULL THEN 'superseded'
      WHEN followed.applied_by IS NULL THEN 'waiting'
      WHEN followed.withdrawn_by IS NOT NULL THEN 'withdrawn'
      WHEN followed.ends_at <= followed.starts_at THEN 'overruled'
      ELSE 'in force'
    END AS state,
    followed.price_id
  FROM followed
  LEFT JOIN runner_detail USING (runner_id)
  LEFT JOIN instance_type USING (instance_type_id)
  LEFT JOIN source ON source.source_id = instance_type.source_id
  LEFT JOIN used USING (price_id)
  LEFT JOIN sequence AS entered ON entered.sequence = followed.sequence
  LEFT JOIN sequence AS superseded ON superseded.sequence = followed.superseded_by
  UNION ALL
  -- What is about nothing; of some runners alone that cannot be said.
  SELECT
    source.name, NULL, NULL, NULL, written.price_second, coalesce(written.currency, source.currency), 'configured',
    written.entry, written.written_in, written.valid_from, NULL, NULL, entered.at, NULL, 0, 0, 'unmatched', NULL
  FROM written
  JOIN source USING (source_id)
  JOIN selected_source USING (source_id)
  JOIN sequence AS entered ON entered.sequence = written.sequence
  WHERE written.withdrawn_by IS NULL
    AND NOT EXISTS (
      SELECT 1
      FROM price
      WHERE price.configured_price_id = written.configured_price_id AND price.superseded_by IS NULL
    )
    AND NOT EXISTS (
      SELECT 1
      FROM runner
      WHERE runner.source_id = written.source_id AND runner.runner_id NOT IN (SELECT runner_id FROM selected_runner)
    )
)
SELECT *
FROM line
ORDER BY source, instance_type, runner, runner_id, origin, valid_from, price_id, entry, written_in;
