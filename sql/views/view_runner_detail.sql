-- One row per runner with its newest settings.
CREATE VIEW runner_detail AS
SELECT
  runner.runner_id,
  source.name AS source,
  source.vendor,
  source.vendor_name,
  source.currency,
  runner_version.name AS runner,
  runner.external_id AS runner_external_id,
  runner_version.kind,
  runner_version.labels,
  runner_version.image,
  runner_version.timeout_seconds,
  coalesce(instance_type.slug, instance_type.name) AS instance_type,
  coalesce(region.slug, region.name) AS region,
  coalesce(region.name, region.slug) AS region_name,
  strftime('%Y-%m-%dT%H:%M:%fZ', runner.created_at / 1000.0, 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', runner.missing_since / 1000.0, 'unixepoch') AS missing_since
FROM runner
JOIN source USING (source_id)
JOIN runner_version ON runner_version.runner_version_id = (
  SELECT newest.runner_version_id
  FROM runner_version AS newest
  WHERE newest.runner_id = runner.runner_id
  ORDER BY newest.valid_from DESC
  LIMIT 1
)
JOIN instance_type USING (instance_type_id)
LEFT JOIN region USING (region_id);
