-- When the runs of each runner were last read completely: how far an open run is known to have gone on.
CREATE VIEW run_list_read AS
SELECT
  runner.runner_id,
  (
    SELECT harvest.started_at
    FROM harvest
    WHERE harvest.harvest_id <= coalesce(coverage.until_harvest_id, 9223372036854775807)
      AND harvest.source_id = runner.source_id
      AND (harvest.finished_at IS NOT NULL OR harvest.harvest_id = coverage.from_harvest_id)
    ORDER BY harvest.harvest_id DESC
    LIMIT 1
  ) AS read_at
FROM runner
JOIN coverage ON coverage.coverage_id = (
  SELECT newest.coverage_id
  FROM coverage AS newest
  WHERE newest.source_id = runner.source_id AND newest.runner_id = runner.runner_id AND newest.complete = 1
  ORDER BY newest.from_harvest_id DESC
  LIMIT 1
);
