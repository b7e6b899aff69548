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

-- name: select_runners_now_on_instance_type
SELECT runner_id
FROM runner_version AS version
WHERE version.instance_type_id = :instance_type_id
  AND version.valid_from = (
    SELECT max(newest.valid_from) FROM runner_version AS newest WHERE newest.runner_id = version.runner_id
  );

-- name: select_book_prices
-- What holds. Of configured prices those of the configuration rank above those of files, and later ones above earlier.
SELECT price.price_id, price.instance_type_id, price.runner_id, price.price_second, price.currency, price.origin,
  price.valid_from, price.unsure_from, price.configured_price_id, configured_price.origin AS configured_origin
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
