-- What vendors were asked to change.

-- name: insert_action
INSERT INTO action (sequence, source_id, kind, subject, asked, vendor_at)
VALUES (:sequence, :source_id, :kind, :subject, :asked, :vendor_at);

-- name: update_action
UPDATE action
SET outcome = :outcome, status = :status, result_id = :result_id, note = :note, answered_at = :answered_at
WHERE action_id = :action_id;

-- name: update_action_seen
UPDATE action SET seen_at = :seen_at WHERE action_id = :action_id;

-- name: update_action_told
-- What nobody knew, and somebody was told.
UPDATE action
SET outcome = coalesce(outcome, 'unknown'), answered_at = coalesce(answered_at, :now),
  result_id = coalesce(result_id, :result_id), note = :note
WHERE action_id = :action_id;

-- name: select_unanswered_actions
-- Actions of which nobody knows what came, and nobody was told so yet: the program was ended before the answer came.
SELECT action.action_id, source.name AS source, action.kind, action.subject, action.asked, action.vendor_at, sequence.at,
  runner_detail.runner
FROM action
JOIN source USING (source_id)
JOIN sequence USING (sequence)
LEFT JOIN runner ON runner.source_id = action.source_id AND runner.external_id = action.subject
LEFT JOIN runner_detail ON runner_detail.runner_id = runner.runner_id
WHERE action.outcome IS NULL AND (:source IS NULL OR source.name = :source)
ORDER BY action.action_id;

-- name: select_action_results
-- What came, or may have come, of actions at a source.
SELECT action.result_id
FROM action
JOIN source USING (source_id)
WHERE source.name = :source AND action.result_id IS NOT NULL;

-- name: select_run_action
-- The action that a run came of, as far as the vendor said so.
SELECT action.kind, action.asked, action.status, sequence.sequence, sequence.kind AS event_kind, sequence.at
FROM run
JOIN runner USING (runner_id)
JOIN action
  ON action.source_id = runner.source_id AND action.subject = runner.external_id
  AND action.result_id = run.external_id AND action.kind = 'trigger' AND action.outcome = 'done'
JOIN sequence ON sequence.sequence = action.sequence
WHERE run.run_id = :run_id
ORDER BY action.action_id
LIMIT 1;

-- name: select_is_run_known
SELECT EXISTS (
  SELECT 1
  FROM run
  JOIN runner USING (runner_id)
  JOIN source USING (source_id)
  WHERE source.name = :source AND runner.external_id = :runner AND run.external_id = :run
);

-- name: select_regions_of_source
SELECT region.external_id, region.slug, region.name
FROM region
JOIN source USING (source_id)
WHERE source.name = :source
ORDER BY coalesce(region.slug, region.name, region.external_id);

-- name: select_instance_types_of_source
SELECT instance_type.external_id, instance_type.slug, instance_type.name
FROM instance_type
JOIN source USING (source_id)
WHERE source.name = :source
ORDER BY coalesce(instance_type.slug, instance_type.name, instance_type.external_id);

-- name: select_lost_action_count
-- Events that asked a vendor for something, of which no action is left.
SELECT count(*) FROM sequence WHERE kind = 'action' AND sequence NOT IN (SELECT sequence FROM action);
