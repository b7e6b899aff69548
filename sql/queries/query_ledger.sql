-- The ledger's own rows: its zone, its sources, its count of events.

-- name: insert_ledger
INSERT INTO ledger (ledger_id, time_zone, created_at) VALUES (1, :time_zone, :created_at);

-- name: select_lineage
-- When the ledger was made, and all that has happened to it since: a backup's is the beginning of its ledger's.
SELECT 0 || ' ' || created_at AS event FROM ledger
UNION ALL
SELECT * FROM (SELECT sequence || ' ' || at || ' ' || kind FROM sequence ORDER BY sequence);

-- name: select_time_zone
SELECT time_zone FROM ledger;

-- name: update_zone
UPDATE ledger SET time_zone = :time_zone;

-- name: delete_transitions
DELETE FROM main.zone_transition;

-- name: insert_transition
INSERT INTO zone_transition (at, offset_seconds) VALUES (:at, :offset_seconds);

-- name: select_transitions
SELECT at, offset_seconds FROM zone_transition ORDER BY at;

-- name: insert_sequence
INSERT INTO sequence (at, kind, note) VALUES (:at, :kind, :note);

-- name: update_sequence_note
UPDATE sequence SET note = :note WHERE sequence = :sequence;

-- name: update_sequence_undone
UPDATE sequence SET undone_by = :undone_by WHERE sequence = :sequence;

-- name: select_source
SELECT source_id, vendor, vendor_name, currency FROM source WHERE name = :name;

-- name: insert_source
INSERT INTO source (name, vendor, vendor_name, currency, billing_rule, sequence)
VALUES (:name, :vendor, :vendor_name, :currency, :billing_rule, :sequence);

-- name: update_vendor_name
UPDATE source SET vendor_name = :vendor_name WHERE source_id = :source_id;

-- name: update_source_currency
UPDATE source SET currency = :currency WHERE source_id = :source_id;

-- name: update_price_currency
-- Prices that were seen before the currency was named.
UPDATE price SET currency = :currency
WHERE currency IS NULL
  AND (
    instance_type_id IN (SELECT instance_type_id FROM instance_type WHERE source_id = :source_id)
    OR runner_id IN (SELECT runner_id FROM runner WHERE source_id = :source_id)
  );
