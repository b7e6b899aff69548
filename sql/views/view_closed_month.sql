-- A month whose cost no longer changes, whatever is learned later: the closings that are in force.
CREATE VIEW closed_month AS
SELECT month, first_day, end_day, sequence, time_zone, forced_because, cost, digest
FROM closing
WHERE reopened_by IS NULL;
