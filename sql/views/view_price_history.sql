-- Every price ever seen or set, oldest first within what it prices, and whether it holds.
CREATE VIEW price_history AS
SELECT
  price.price_id,
  coalesce(type_source.name, runner_detail.source) AS source,
  coalesce(instance_type.slug, instance_type.name) AS instance_type,
  runner_detail.runner,
  price.price_second,
  price.currency,
  price.origin,
  strftime('%Y-%m-%dT%H:%M:%fZ', price.valid_from / 1000.0, 'unixepoch') AS valid_from,
  strftime('%Y-%m-%dT%H:%M:%fZ', price.valid_until / 1000.0, 'unixepoch') AS valid_until,
  strftime('%Y-%m-%dT%H:%M:%fZ', price.unsure_from / 1000.0, 'unixepoch') AS unsure_from,
  CASE
    WHEN price.superseded_by IS NOT NULL THEN 'superseded'
    WHEN price.applied_by IS NULL THEN 'waiting'
    ELSE 'in force'
  END AS state
FROM price
LEFT JOIN instance_type ON instance_type.instance_type_id = price.instance_type_id
LEFT JOIN source AS type_source ON type_source.source_id = instance_type.source_id
LEFT JOIN runner_detail ON runner_detail.runner_id = price.runner_id
WHERE price.price_id <> 0
ORDER BY source, instance_type, runner, price.valid_from, price.price_id;
