-- The instant up to which nothing is expected to change: every source was read completely after it, and no run that
-- started before it is open. A run that has not started may take time only later. Null when there is none, because a
-- source was never read completely.
CREATE VIEW settled_until AS
SELECT CASE WHEN opened.at < read.at THEN opened.at ELSE read.at END AS at
FROM (
  SELECT CASE WHEN count(1) = count(source_read.at) THEN min(source_read.at) END AS at
  FROM (
    SELECT max(harvest.started_at) AS at
    FROM source
    LEFT JOIN harvest ON harvest.source_id = source.source_id AND harvest.complete = 1
    GROUP BY source.source_id
  ) AS source_read
) AS read
CROSS JOIN (SELECT min(started_at) AS at FROM open_run) AS opened;
