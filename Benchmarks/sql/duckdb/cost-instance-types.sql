-- Cost per month and instance type: a run's time is cut at the ends of months, the run itself counts where it ended.
COPY (
  WITH
  $costs
  SELECT
    strftime(month, '%Y-%m') AS month,
    instance_type,
    sum(runs) AS runs,
    CAST(sum(runtime) AS DECIMAL(18, 0)) * 0.001 AS runtime_seconds,
    CAST(sum(billed) AS DECIMAL(18, 0)) * 0.001 AS billed_seconds,
    sum(CAST(billed AS DECIMAL(18, 0)) * 0.001 * price_second) AS cost,
    sum(CAST(coalesce(wasted, 0) AS DECIMAL(18, 0)) * 0.001 * price_second) AS wasted_cost
  FROM summed
  JOIN runner USING (runner_id)
  GROUP BY ALL
  ORDER BY ALL
) TO '$output' (FORMAT csv, HEADER);
