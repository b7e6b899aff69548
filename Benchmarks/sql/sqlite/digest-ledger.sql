-- What a ledger holds, in one line: enough to tell that nothing was lost, doubled or shifted.
SELECT
  count(*) AS runs,
  count(DISTINCT runner_id) AS runners,
  count(*) FILTER (WHERE status = 'succeeded') AS succeeded,
  count(*) FILTER (WHERE status = 'failed') AS failed,
  sum(exit_code) AS exit_codes,
  sum(created_at - 1735689600000) AS created,
  sum(started_at - 1735689600000) AS started,
  sum(completed_at - 1735689600000) AS completed,
  sum(updated_at - 1735689600000) FILTER (WHERE status IN ('succeeded', 'failed')) AS updated
FROM run
