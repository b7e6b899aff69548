/*
title: Coverage
question: What was read, and how completely?
description: One row per list and stretch of visits that found it alike; the newest visit of the stretch is named.
parameters: [period, source, runner]
default_period: 30-days
empty: "No list was read in this period."
columns:
  - {name: source, type: word, description: "The configured account."}
  - {name: resource, type: text, description: "The list that was read: runners, or the runs of one runner."}
  - {name: harvested_at, type: instant, title: harvested, description: "The newest visit of which it is true."}
  - {name: complete, type: flag, description: "Whether the whole list arrived and every row of it was understood."}
  - {name: rows, type: integer, description: "Rows that were understood at the newest visit."}
  - {name: claimed, type: integer, description: "The total that the vendor named; null where it names none."}
  - {name: note, type: text, description: "Why it was not complete, or what was odd."}
sort: [source, resource, harvested_at]
filled_by: "Each list that a harvest reads is here."
*/
WITH
stretch AS (
  SELECT
    coverage.*,
    (
      SELECT harvest.started_at
      FROM harvest
      WHERE harvest.harvest_id <= coalesce(coverage.until_harvest_id, 9223372036854775807)
        AND harvest.source_id = coverage.source_id
        AND (harvest.finished_at IS NOT NULL OR harvest.harvest_id = coverage.from_harvest_id)
      ORDER BY harvest.harvest_id DESC
      LIMIT 1
    ) AS harvested_at,
    began.started_at AS first_at
  FROM coverage
  JOIN harvest AS began ON began.harvest_id = coverage.from_harvest_id
),
named AS (
  SELECT
    source.name AS source,
    CASE
      WHEN stretch.runner_id IS NULL THEN 'runners'
      ELSE 'runs of ' || runner_detail.runner || ' (' || runner_detail.runner_external_id || ')'
    END AS resource,
    stretch.*
  FROM stretch
  JOIN source USING (source_id)
  LEFT JOIN runner_detail ON runner_detail.runner_id = stretch.runner_id
  WHERE (stretch.runner_id IS NULL AND stretch.source_id IN (SELECT source_id FROM selected_source))
    OR stretch.runner_id IN (SELECT runner_id FROM selected_runner)
)
SELECT source, resource, harvested_at, complete, rows, claimed, note
FROM named
WHERE harvested_at >= :from_at AND first_at < :to_at
ORDER BY source, resource, harvested_at;
