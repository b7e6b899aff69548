-- Reads saved answers into typed tables, each run once: a run that is there already is replaced only when it changed.
SET TimeZone = 'UTC';

CREATE TYPE IF NOT EXISTS outcome AS ENUM (
  'pending', 'running', 'success', 'failure', 'error', 'timeout', 'unknown'
);

CREATE TABLE IF NOT EXISTS runner (
  runner_id UUID PRIMARY KEY,
  name VARCHAR NOT NULL,
  timeout_seconds INTEGER,
  instance_type VARCHAR,
  region VARCHAR,
  price_second DECIMAL(16, 15)
);

-- Instants are in UTC.
CREATE TABLE IF NOT EXISTS run (
  runner_id UUID,
  run_id UUID,
  status VARCHAR NOT NULL,
  outcome outcome NOT NULL,
  exit_code INTEGER,
  created_at TIMESTAMP,
  started_at TIMESTAMP,
  completed_at TIMESTAMP,
  updated_at TIMESTAMP,
  ended_at TIMESTAMP,
  PRIMARY KEY (runner_id, run_id)
);

INSERT INTO runner
SELECT
  runner.id, runner.name, runner.timeout_seconds, runner.instance_type.slug, runner.region.slug,
  runner.instance_type.price_second
FROM (
  SELECT unnest(runners) AS runner
  FROM read_json('$bodies/runners.json', columns = {
    runners: 'STRUCT(
      id UUID, name VARCHAR, timeout_seconds INTEGER, region STRUCT(slug VARCHAR),
      instance_type STRUCT(slug VARCHAR, price_second VARCHAR))[]'
  })
)
ON CONFLICT (runner_id) DO UPDATE SET
  name = excluded.name, timeout_seconds = excluded.timeout_seconds,
  instance_type = excluded.instance_type, region = excluded.region, price_second = excluded.price_second;

INSERT INTO run
WITH
answered AS (
  SELECT filename, unnest(runs) AS run
  FROM read_json(
    '$bodies/runs/*.json', filename = true, format = 'unstructured',
    maximum_object_size = $largest,
    columns = {
      runs: 'STRUCT(
        id UUID, status VARCHAR, exit_code INTEGER, created_at TIMESTAMPTZ, started_at TIMESTAMPTZ,
        completed_at TIMESTAMPTZ, updated_at TIMESTAMPTZ)[]'
    })
),
read AS (
  SELECT
    CAST(parse_filename(filename, true) AS UUID) AS runner_id,
    run.id AS run_id,
    run.status,
    run.exit_code,
    run.created_at AT TIME ZONE 'UTC' AS created_at,
    run.started_at AT TIME ZONE 'UTC' AS started_at,
    run.completed_at AT TIME ZONE 'UTC' AS completed_at,
    run.updated_at AT TIME ZONE 'UTC' AS updated_at,
    CASE
      WHEN run.status IN ('pending', 'running') THEN NULL
      ELSE coalesce(run.completed_at, run.updated_at) AT TIME ZONE 'UTC'
    END AS ended_at
  FROM answered
)
SELECT
  read.runner_id,
  read.run_id,
  read.status,
  CASE read.status
    WHEN 'pending' THEN 'pending'
    WHEN 'running' THEN 'running'
    WHEN 'succeeded' THEN 'success'
    WHEN 'failed' THEN
      CASE
        WHEN coalesce(read.exit_code, 124) IN (124, 137, 143)
          AND (epoch_ms(read.ended_at) - epoch_ms(read.started_at)) // 1000 >= runner.timeout_seconds - 1
        THEN 'timeout'
        WHEN read.exit_code IS NULL THEN 'error'
        ELSE 'failure'
      END
    ELSE 'unknown'
  END,
  read.exit_code,
  read.created_at,
  read.started_at,
  read.completed_at,
  read.updated_at,
  read.ended_at
FROM read
JOIN runner USING (runner_id)
ON CONFLICT (runner_id, run_id) DO UPDATE SET
  status = excluded.status, outcome = excluded.outcome, exit_code = excluded.exit_code,
  created_at = excluded.created_at, started_at = excluded.started_at,
  completed_at = excluded.completed_at, updated_at = excluded.updated_at, ended_at = excluded.ended_at
WHERE (
  run.status, run.exit_code, run.created_at, run.started_at, run.completed_at, run.updated_at
) IS DISTINCT FROM (
  excluded.status, excluded.exit_code, excluded.created_at, excluded.started_at, excluded.completed_at,
  excluded.updated_at
);
