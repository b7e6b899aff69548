-- Prices as the user wrote them (configured_price), and the rows of the price history that they make (price).

-- name: select_configured_prices
-- What is written now, and what no longer is but still prices runs.
SELECT configured_price.configured_price_id, configured_price.source_id, source.name AS source,
  configured_price.subject, configured_price.pattern, configured_price.price_second, configured_price.currency,
  configured_price.starts, configured_price.valid_from, configured_price.file, configured_price.position,
  configured_price.withdrawn_by IS NOT NULL AS is_withdrawn
FROM configured_price
JOIN source USING (source_id)
WHERE configured_price.withdrawn_by IS NULL OR EXISTS (
  SELECT 1
  FROM price
  WHERE price.configured_price_id = configured_price.configured_price_id
    AND price.applied_by IS NOT NULL AND price.superseded_by IS NULL
)
ORDER BY configured_price.origin = 'configuration', configured_price.configured_price_id;

-- name: select_last_configured_price
SELECT coalesce(max(configured_price_id), 0) FROM configured_price;

-- name: insert_configured_price
INSERT INTO configured_price (
  configured_price_id, source_id, subject, pattern, price_second, currency, starts, valid_from, origin, file,
  position, sequence
) VALUES (
  :configured_price_id, :source_id, :subject, :pattern, :price_second, :currency, :starts, :valid_from, :origin,
  :file, :position, :sequence
);

-- name: update_configured_price_place
-- The same words on another line.
UPDATE configured_price SET file = :file, position = :position WHERE configured_price_id = :configured_price_id;

-- name: update_configured_price_withdrawn
UPDATE configured_price SET withdrawn_by = :sequence WHERE configured_price_id = :configured_price_id;

-- name: select_price_rows
-- The prices that configured ones made: those that hold and those that wait.
SELECT price.price_id, price.configured_price_id, configured_price.origin AS configured_origin,
  configured_price.source_id, price.instance_type_id, price.runner_id, price.price_second, price.currency,
  price.valid_from, price.valid_until, price.applied_by IS NULL AS is_waiting
FROM price
JOIN configured_price USING (configured_price_id)
WHERE price.superseded_by IS NULL
ORDER BY price.price_id;

-- name: select_last_price
SELECT max(price_id) FROM price;

-- name: insert_price_row
INSERT INTO price (
  price_id, instance_type_id, runner_id, price_second, currency, origin, configured_price_id, valid_from, valid_until,
  sequence, applied_by
) VALUES (
  :price_id, :instance_type_id, :runner_id, :price_second, :currency, 'configured', :configured_price_id,
  :valid_from, :valid_until, :sequence, :applied_by
);

-- name: update_price_applied
UPDATE price SET applied_by = :sequence WHERE price_id = :price_id;

-- name: update_price_until
UPDATE price SET valid_until = :valid_until WHERE price_id = :price_id;

-- name: update_price_superseded
UPDATE price SET superseded_by = :sequence WHERE price_id = :price_id;

-- name: select_price_runners
-- Who can be priced, under each name and labels that it had, oldest first.
SELECT runner.runner_id, runner.source_id, runner.external_id, runner_version.valid_from, runner_version.name,
  runner_version.labels
FROM runner
JOIN runner_version USING (runner_id)
ORDER BY runner.runner_id, runner_version.valid_from;

-- name: select_price_instance_types
SELECT instance_type_id, source_id, external_id, slug, name
FROM instance_type
WHERE instance_type_id <> 0
ORDER BY instance_type_id;

-- name: select_price_sources
SELECT source_id, name, currency, billing_rule FROM source ORDER BY source_id;

-- name: update_source_billing_rule
UPDATE source SET billing_rule = :billing_rule WHERE source_id = :source_id;

-- name: select_month_sums
-- What the tally says of each month, by price.
SELECT
  strftime('%Y-%m', run_month.month * 86400, 'unixepoch') AS month, runner.source_id, run_month.price_id,
  run_month.assumed, sum(run_month.timed_runs) AS timed_runs, sum(run_month.billed) AS billed
FROM run_month
JOIN runner USING (runner_id)
GROUP BY 1, 2, 3, 4;

-- name: select_idle_prices
-- Prices as they were written that priced something once, and nothing since: what they are for is called otherwise.
SELECT source.name AS source, configured_price.subject, configured_price.pattern, configured_price.file,
  configured_price.position, max(price.valid_until) AS ended_at
FROM configured_price
JOIN source USING (source_id)
JOIN price USING (configured_price_id)
WHERE configured_price.withdrawn_by IS NULL
  AND price.superseded_by IS NULL
  AND configured_price.source_id IN (SELECT source_id FROM selected_source)
GROUP BY configured_price.configured_price_id
HAVING count(*) = count(price.valid_until)
ORDER BY source.name, configured_price.origin = 'configuration', configured_price.configured_price_id;
