-- Runners, their settings and their states.

-- name: select_region
SELECT region_id, external_id, slug, name FROM region WHERE source_id = :source_id AND external_id = :external_id;

-- name: insert_region
INSERT INTO region (source_id, external_id, slug, name) VALUES (:source_id, :external_id, :slug, :name);

-- name: update_region
UPDATE region SET slug = :slug, name = :name WHERE region_id = :region_id;

-- name: select_instance_type
SELECT instance_type_id, external_id, slug, name, cpu, memory, price_month, unpriced_since
FROM instance_type
WHERE source_id = :source_id AND external_id = :external_id;

-- name: insert_instance_type
INSERT INTO instance_type (source_id, external_id, slug, name, cpu, memory, price_month)
VALUES (:source_id, :external_id, :slug, :name, :cpu, :memory, :price_month);

-- name: update_instance_type
UPDATE instance_type SET slug = :slug, name = :name, cpu = :cpu, memory = :memory, price_month = :price_month
WHERE instance_type_id = :instance_type_id;

-- name: select_runner
SELECT runner_id, created_at, last_seen_at, missing_since
FROM runner
WHERE source_id = :source_id AND external_id = :external_id;

-- name: update_instance_type_unpriced
UPDATE instance_type SET unpriced_since = :unpriced_since WHERE instance_type_id = :instance_type_id;

-- name: insert_runner
INSERT INTO runner (source_id, external_id, created_at, last_seen_at, seen_by)
VALUES (:source_id, :external_id, :created_at, :last_seen_at, CASE WHEN :last_seen_at IS NOT NULL THEN :sequence END);

-- name: update_runner_seen
UPDATE runner SET last_seen_at = :last_seen_at, seen_by = :sequence WHERE runner_id = :runner_id;

-- name: update_runner_created
UPDATE runner SET created_at = :created_at WHERE runner_id = :runner_id;

-- name: insert_runner_absence
-- Of a runner that is found again, before it counts as listed.
INSERT INTO runner_absence (runner_id, missing_since, missing_by, found_at, found_by)
SELECT runner_id, missing_since, missing_by, :found_at, :sequence
FROM runner
WHERE runner_id = :runner_id AND missing_since IS NOT NULL;

-- name: update_runner_missing
UPDATE runner SET missing_since = :missing_since, missing_by = :missing_by WHERE runner_id = :runner_id;

-- name: select_present_runners
SELECT runner_id FROM runner WHERE source_id = :source_id AND missing_since IS NULL;

-- name: select_newest_version
SELECT valid_from, name, kind, labels, image, timeout_seconds, region_id, instance_type_id
FROM runner_version
WHERE runner_id = :runner_id
ORDER BY valid_from DESC
LIMIT 1;

-- name: insert_version
INSERT INTO runner_version (
  runner_id, valid_from, unsure_from, name, kind, labels, image, timeout_seconds, region_id, instance_type_id, sequence
) VALUES (
  :runner_id, :valid_from, :unsure_from, :name, :kind, :labels, :image, :timeout_seconds, :region_id,
  :instance_type_id, :sequence
);

-- name: select_last_sight_of_runner
-- The last complete list that had this runner in it, before the visit that goes on.
SELECT max(harvest.started_at)
FROM runner
JOIN harvest ON harvest.source_id = runner.source_id
JOIN coverage
  ON coverage.source_id = harvest.source_id
  AND coverage.runner_id IS NULL
  AND coverage.complete = 1
  AND coverage.from_harvest_id <= harvest.harvest_id
  AND coalesce(coverage.until_harvest_id, harvest.harvest_id) >= harvest.harvest_id
WHERE runner.runner_id = :runner_id
  AND harvest.finished_at IS NOT NULL
  AND harvest.harvest_id < :harvest_id
  AND harvest.started_at < coalesce(runner.missing_since, :started_at)
  AND NOT EXISTS (
    SELECT 1
    FROM runner_absence
    WHERE runner_absence.runner_id = runner.runner_id
      AND runner_absence.missing_since <= harvest.started_at
      AND harvest.started_at < runner_absence.found_at
  );

-- name: select_newest_sample
SELECT status, online, active, capacity, version
FROM runner_sample
WHERE runner_id = :runner_id
ORDER BY harvest_id DESC
LIMIT 1;

-- name: insert_sample
-- A visit has one sample of a runner: the last that it was given.
INSERT INTO runner_sample (runner_id, harvest_id, status, online, active, capacity, version)
VALUES (:runner_id, :harvest_id, :status, :online, :active, :capacity, :version)
ON CONFLICT (runner_id, harvest_id) DO UPDATE SET
  status = excluded.status,
  online = excluded.online,
  active = excluded.active,
  capacity = excluded.capacity,
  version = excluded.version;

-- name: select_source_of_runner
SELECT source_id FROM runner WHERE runner_id = :runner_id;
