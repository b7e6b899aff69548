-- The harvest log: which visit was when, and how completely each list was read.

-- name: insert_harvest
INSERT INTO harvest (source_id, sequence, started_at) VALUES (:source_id, :sequence, :started_at);

-- name: finish_harvest
UPDATE harvest
SET finished_at = :finished_at, complete = :complete, lists = :lists, requests = :requests, rows = :rows,
  new_runs = :new_runs, changed_runs = :changed_runs
WHERE harvest_id = :harvest_id;

-- name: select_last_start
SELECT max(started_at) FROM harvest WHERE source_id = :source_id;

-- name: select_last_finish
SELECT max(finished_at) FROM harvest WHERE source_id = :source_id;

-- name: select_coverage
-- What holds of one list.
SELECT coverage_id, requests, rows, refused, claimed, complete, note
FROM coverage
WHERE source_id = :source_id AND runner_id IS :runner_id AND until_harvest_id IS NULL;

-- name: select_open_coverage
SELECT coverage_id FROM coverage WHERE source_id = :source_id AND until_harvest_id IS NULL;

-- name: insert_coverage
INSERT INTO coverage (source_id, runner_id, from_harvest_id, requests, rows, refused, claimed, complete, note)
VALUES (:source_id, :runner_id, :harvest_id, :requests, :rows, :refused, :claimed, :complete, :note);

-- name: update_coverage
UPDATE coverage SET requests = :requests, rows = :rows, refused = :refused, claimed = :claimed
WHERE coverage_id = :coverage_id;

-- name: close_coverage
-- It held until the last finished visit before this one, or only at the visit that noted it where none followed.
UPDATE coverage
SET until_harvest_id = max(
  from_harvest_id,
  coalesce((
    SELECT max(harvest_id)
    FROM harvest
    WHERE source_id = :source_id AND finished_at IS NOT NULL AND harvest_id < :harvest_id
  ), 0)
), ended_by = :harvest_id
WHERE coverage_id = :coverage_id;
