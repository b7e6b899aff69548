-- What a store holds, in one line: enough to tell that nothing was lost, doubled or shifted.
COPY (
  SELECT
    count(*) AS runs,
    count(DISTINCT runner_id) AS runners,
    count(*) FILTER (status = 'succeeded') AS succeeded,
    count(*) FILTER (status = 'failed') AS failed,
    sum(exit_code) AS exit_codes,
    sum(epoch_ms(created_at) - 1735689600000) AS created,
    sum(epoch_ms(started_at) - 1735689600000) AS started,
    sum(epoch_ms(completed_at) - 1735689600000) AS completed,
    sum(epoch_ms(updated_at) - 1735689600000) FILTER (status IN ('succeeded', 'failed')) AS updated
  FROM $table
) TO '$output' (FORMAT csv, HEADER);
