-- What each price means to a runner, for USING (runner_id, price_id): time that is unpriced has no currency of its own,
-- and is told in that of the runner's source.
CREATE TEMP VIEW IF NOT EXISTS runner_price AS
SELECT
  runner.runner_id, runner.source_id, price.price_id, price.price_second,
  coalesce(price.currency, source.currency) AS currency
FROM runner
JOIN source USING (source_id)
JOIN price;
