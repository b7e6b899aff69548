-- The statements on one level of the tally: {table} by {time} and {owner}. Parameters stand in the order of the columns.

-- name: add_to_{tally}
INSERT INTO {table} (
  {time}, {owner}, instance_type_id, price_id, assumed, outcome,
  runs, timed_runs, runtime, queued_runs, queue, billed
) VALUES (
  :{time}, :{owner}, :instance_type_id, :price_id, :assumed, :outcome,
  :runs, :timed_runs, :runtime, :queued_runs, :queue, :billed
)
ON CONFLICT DO UPDATE SET
  runs = runs + excluded.runs,
  timed_runs = timed_runs + excluded.timed_runs,
  runtime = runtime + excluded.runtime,
  queued_runs = queued_runs + excluded.queued_runs,
  queue = queue + excluded.queue,
  billed = billed + excluded.billed;

-- name: delete_empty_{tally}
-- A line that a changed run left behind.
DELETE FROM {table}
WHERE {time} = :{time} AND {owner} = :{owner} AND instance_type_id = :instance_type_id AND price_id = :price_id
  AND assumed = :assumed AND outcome = :outcome
  AND runs = 0 AND timed_runs = 0 AND runtime = 0 AND queued_runs = 0 AND queue = 0 AND billed = 0;

-- name: delete_{tally}
DELETE FROM main.{table};

-- name: select_{tally}
SELECT
  {time} AS day, {owner} AS owner_id, instance_type_id, price_id, assumed, outcome,
  runs, timed_runs, runtime, queued_runs, queue, billed
FROM {table}
ORDER BY {time}, {owner}, instance_type_id, price_id, assumed, outcome;
