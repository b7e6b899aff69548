-- The other days of a period, which reports count from the tally and from open runs: what lies before the months that
-- are printed as they were closed, and what lies after them.
CREATE TEMP VIEW IF NOT EXISTS counted_stretch AS
WITH parted AS (
  SELECT
    selected_period.period, selected_period.from_day, selected_period.to_day,
    coalesce(min(printed_month.first_day), selected_period.to_day) AS printed_from_day,
    coalesce(max(printed_month.end_day), selected_period.to_day) AS printed_to_day
  FROM selected_period
  LEFT JOIN printed_month USING (period)
  GROUP BY selected_period.period
)
SELECT period, from_day, printed_from_day AS to_day FROM parted WHERE from_day < printed_from_day
UNION ALL
SELECT period, printed_to_day, to_day FROM parted WHERE printed_to_day < to_day;
