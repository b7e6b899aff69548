-- Cost per month and runner: a run's time is cut at the ends of months, the run itself counts where it ended.
COPY (
  WITH
  $costs
  SELECT
    strftime(month, '%Y-%m') AS month,
    name AS runner,
    runner_id,
    instance_type,
    price_second,
    runs,
    CAST(runtime AS DECIMAL(18, 0)) * 0.001 AS runtime_seconds,
    CAST(billed AS DECIMAL(18, 0)) * 0.001 AS billed_seconds,
    CAST(billed AS DECIMAL(18, 0)) * 0.001 * price_second AS cost,
    CAST(coalesce(wasted, 0) AS DECIMAL(18, 0)) * 0.001 * price_second AS wasted_cost
  FROM summed
  JOIN runner USING (runner_id)
  ORDER BY month, runner, runner_id
) TO '$output' (FORMAT csv, HEADER);
