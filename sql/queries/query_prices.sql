-- The price history, and what cutting runs into slices reads.

-- name: select_newest_observed_price
SELECT price_second, valid_from
FROM price
WHERE instance_type_id = :instance_type_id AND origin = 'observed' AND superseded_by IS NULL
ORDER BY valid_from DESC, price_id DESC
LIMIT 1;

-- name: insert_observed_price
INSERT INTO price (
  instance_type_id, price_second, currency, origin, valid_from, unsure_from, sequence, applied_by
) VALUES (
  :instance_type_id, :price_second, :currency, 'observed', :valid_from, :unsure_from, :sequence, :sequence
);

-- name: select_runners_of_instance_type
-- Whoever has or had this instance type.
SELECT DISTINCT runner_id FROM runner_version WHERE instance_type_id = :instance_type_id;

-- name: select_last_sight_of_price
-- The last complete list that showed this instance type with a price, before the visit that goes on: on any runner,
-- whatever that runs on since.
WITH held AS MATERIALIZED (
  SELECT
    version.runner_id, version.sequence AS from_sequence,
    coalesce((
      SELECT later.sequence
      FROM runner_version AS later
      WHERE later.runner_id = version.runner_id AND later.valid_from > version.valid_from
      ORDER BY later.valid_from
      LIMIT 1
    ), 9223372036854775807) AS until_sequence
  FROM runner_version AS version
  WHERE version.instance_type_id = :instance_type_id
)
SELECT harvest.started_at
FROM harvest
CROSS JOIN instance_type ON instance_type.instance_type_id = :instance_type_id
-- From the newest on, so that the first one found is the one that is looked for.
WHERE +harvest.source_id = instance_type.source_id
  AND harvest.harvest_id < :harvest_id
  AND harvest.finished_at IS NOT NULL
  AND harvest.started_at < coalesce(instance_type.unpriced_since, 9223372036854775807)
  AND harvest.sequence < (SELECT max(until_sequence) FROM held)
  AND harvest.started_at >= :since
  AND EXISTS (
    SELECT 1
    FROM coverage
    WHERE coverage.source_id = harvest.source_id
      AND coverage.runner_id IS NULL
      AND coverage.complete = 1
      AND coverage.from_harvest_id <= harvest.harvest_id
      AND coalesce(coverage.until_harvest_id, harvest.harvest_id) >= harvest.harvest_id
  )
  AND EXISTS (
    SELECT 1
    FROM held
    JOIN runner USING (runner_id)
    WHERE held.from_sequence <= harvest.sequence AND harvest.sequence < held.until_sequence
      AND harvest.started_at < coalesce(runner.missing_since, 9223372036854775807)
      AND NOT EXISTS (
        SELECT 1
        FROM runner_absence
        WHERE runner_absence.runner_id = held.runner_id
          AND runner_absence.missing_since <= harvest.started_at
          AND harvest.started_at < runner_absence.found_at
      )
  )
ORDER BY harvest.harvest_id DESC
LIMIT 1;

-- name: select_book_prices
-- What holds. Of configured prices those of the configuration rank above those of files, and later ones above earlier.
SELECT price.price_id, price.instance_type_id, price.runner_id, price.price_second, price.currency, price.origin,
  price.valid_from, price.valid_until, price.unsure_from, price.configured_price_id,
  configured_price.origin AS configured_origin
FROM price
LEFT JOIN configured_price USING (configured_price_id)
WHERE price.applied_by IS NOT NULL AND price.superseded_by IS NULL
ORDER BY price.price_id;

-- name: select_book_versions
SELECT runner_id, valid_from, unsure_from, instance_type_id, timeout_seconds
FROM runner_version
ORDER BY runner_id, valid_from;

-- name: select_book_rules
SELECT runner.runner_id, source.billing_rule
FROM runner
JOIN source USING (source_id)
WHERE source.billing_rule <> 'exact';
