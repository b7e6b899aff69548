-- What the closings in force wrote: the lines of their months, and corrections of months closed before.
CREATE VIEW closed_line AS
SELECT
  closing_line.closing_line_id AS closed_line_id, closing.month AS closed_with, closing_line.month,
  closing_line.runner_id, closing_line.instance_type_id, closing_line.source, closing_line.runner,
  closing_line.runner_external_id, closing_line.instance_type, closing_line.price_second, closing_line.currency,
  closing_line.assumed, closing_line.outcome, closing_line.runs, closing_line.timed_runs, closing_line.runtime,
  closing_line.billed
FROM closing_line
JOIN closing USING (closing_id)
WHERE closing.reopened_by IS NULL;
