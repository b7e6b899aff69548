-- The closed months that a period has as a whole, which reports print as they were closed. They are one stretch of days.
CREATE TEMP VIEW IF NOT EXISTS printed_month AS
SELECT selected_period.period, closed_month.month, closed_month.first_day, closed_month.end_day
FROM selected_period
JOIN closed_month
  ON closed_month.first_day >= selected_period.from_day AND closed_month.end_day <= selected_period.to_day;
