-- Replaying runs under what might have been. The statements name temp.selected_runner, which a report's filters fill.

-- name: select_supposed_runners
-- Whose runs are replayed.
SELECT runner_detail.runner_id, runner_detail.source, runner_detail.currency, runner_detail.runner,
  runner_detail.runner_external_id
FROM selected_runner
JOIN runner_detail USING (runner_id)
ORDER BY runner_detail.source, runner_detail.runner, runner_detail.runner_external_id;

-- name: select_source_instance_types
-- What runners of a source can run on.
SELECT instance_type.instance_type_id, source.name AS source, source.currency, instance_type.external_id,
  instance_type.slug, instance_type.name
FROM instance_type
JOIN source USING (source_id)
ORDER BY instance_type.instance_type_id;
