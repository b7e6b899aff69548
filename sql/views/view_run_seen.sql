-- The last sign of life of an open run: the last complete list that had it, or the visit that first saw it as it is.
CREATE VIEW run_seen AS
SELECT
  run.run_id,
  max(
    coalesce(
      (
        SELECT harvest.started_at
        FROM harvest
        WHERE harvest.source_id = runner.source_id
          AND harvest.started_at < coalesce(run.missing_since, 9223372036854775807)
          AND EXISTS (
            SELECT 1
            FROM coverage
            WHERE coverage.source_id = runner.source_id
              AND coverage.runner_id = run.runner_id
              AND coverage.complete = 1
              AND coverage.from_harvest_id <= harvest.harvest_id
              AND harvest.harvest_id <= coalesce(coverage.until_harvest_id, 9223372036854775807)
              AND (harvest.finished_at IS NOT NULL OR harvest.harvest_id = coverage.from_harvest_id)
          )
        ORDER BY harvest.harvest_id DESC
        LIMIT 1
      ),
      sequence.at
    ),
    CASE WHEN sequence.kind IN ('harvest', 'import', 'sighting') THEN sequence.at ELSE -9223372036854775808 END
  ) AS seen_at
FROM run
JOIN runner USING (runner_id)
JOIN sequence ON sequence.sequence = run.sequence;
