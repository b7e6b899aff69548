-- The statements on the packed times of one level: {table} by runner and {time}. Parameters stand in the order of the
-- columns.

-- name: select_{times}
SELECT runtimes, queues
FROM {table}
WHERE runner_id = :runner_id AND {time} = :{time} AND instance_type_id = :instance_type_id AND outcome = :outcome;

-- name: save_{times}
INSERT INTO {table} (runner_id, {time}, instance_type_id, outcome, runtimes, queues)
VALUES (:runner_id, :{time}, :instance_type_id, :outcome, :runtimes, :queues)
ON CONFLICT DO UPDATE SET runtimes = excluded.runtimes, queues = excluded.queues;

-- name: delete_{times}
DELETE FROM {table}
WHERE runner_id = :runner_id AND {time} = :{time} AND instance_type_id = :instance_type_id AND outcome = :outcome;

-- name: delete_all_{times}
DELETE FROM main.{table};

-- name: select_all_{times}
SELECT runner_id, {time} AS day, instance_type_id, outcome, runtimes, queues FROM {table};
