-- The names of sources.

-- name: update_source_name
UPDATE source SET name = :name WHERE source_id = :source_id;

-- name: select_twins
-- Other sources of the same vendor that have a runner of this id. A long id is given once; a short one may be a small
-- number that every server gives, so that the instant of creation decides.
SELECT source.name AS source
FROM runner
JOIN source USING (source_id)
WHERE source.vendor = :vendor
  AND source.source_id <> :source_id
  AND runner.external_id = :external_id
  AND (length(CAST(:external_id AS BLOB)) >= 16 OR runner.created_at = :created_at)
ORDER BY source.name;
