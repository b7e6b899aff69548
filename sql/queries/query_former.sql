-- What rows say before an event changes them in place. Each statement is run before the change; where an event changes a
-- row twice, what stood before the event stays.

-- name: keep_ledger
-- The zone with all its offsets.
INSERT INTO former_state (subject, row_id, replaced_by, state)
SELECT
  'ledger', ledger_id, :sequence,
  json_object(
    'time_zone', time_zone,
    'transitions', json((
      SELECT json_group_array(json_array(at, offset_seconds))
      FROM (SELECT at, offset_seconds FROM zone_transition ORDER BY at)
    ))
  )
FROM ledger
WHERE true
ON CONFLICT DO NOTHING;

-- name: keep_source
INSERT INTO former_state (subject, row_id, replaced_by, state)
SELECT
  'source', source_id, :sequence,
  json_object('name', name, 'vendor_name', vendor_name, 'currency', currency, 'billing_rule', billing_rule)
FROM source
WHERE source_id = :source_id
ON CONFLICT DO NOTHING;

-- name: keep_region
INSERT INTO former_state (subject, row_id, replaced_by, state)
SELECT 'region', region_id, :sequence, json_object('slug', slug, 'name', name)
FROM region
WHERE region_id = :region_id
ON CONFLICT DO NOTHING;

-- name: keep_instance_type
INSERT INTO former_state (subject, row_id, replaced_by, state)
SELECT
  'instance_type', instance_type_id, :sequence,
  json_object(
    'slug', slug, 'name', name, 'cpu', cpu, 'memory', memory, 'price_month', price_month,
    'unpriced_since', unpriced_since
  )
FROM instance_type
WHERE instance_type_id = :instance_type_id
ON CONFLICT DO NOTHING;

-- name: keep_coverage
INSERT INTO former_state (subject, row_id, replaced_by, state)
SELECT
  'coverage', coverage_id, :sequence,
  json_object('requests', requests, 'rows', rows, 'refused', refused, 'claimed', claimed)
FROM coverage
WHERE coverage_id = :coverage_id
ON CONFLICT DO NOTHING;

-- name: keep_configured_price
INSERT INTO former_state (subject, row_id, replaced_by, state)
SELECT 'configured_price', configured_price_id, :sequence, json_object('file', file, 'position', position)
FROM configured_price
WHERE configured_price_id = :configured_price_id
ON CONFLICT DO NOTHING;

-- name: keep_price
INSERT INTO former_state (subject, row_id, replaced_by, state)
SELECT 'price', price_id, :sequence, json_object('valid_until', valid_until)
FROM price
WHERE price_id = :price_id
ON CONFLICT DO NOTHING;

-- name: keep_run
-- That a run was missing before the event, where it is found again. Other states of runs are in run_version.
INSERT INTO former_state (subject, row_id, replaced_by, state)
SELECT 'run', run_id, :sequence, json_object('missing_since', missing_since, 'missing_by', missing_by)
FROM run
WHERE run_id = :run_id AND missing_by <> :sequence
ON CONFLICT DO NOTHING;
