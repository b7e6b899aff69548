-- The names of sources.

-- name: update_source_name
UPDATE source SET name = :name WHERE source_id = :source_id;

-- name: select_twins
-- Other sources of the same vendor that have a runner of this id, made at the same instant.
SELECT source.name AS source
FROM runner
JOIN source USING (source_id)
WHERE source.vendor = :vendor
  AND source.source_id <> :source_id
  AND runner.external_id = :external_id
  AND runner.created_at IS :created_at
ORDER BY source.name;
