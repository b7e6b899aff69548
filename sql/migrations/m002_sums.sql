-- What a ledger sums up: its runs by days and months, for reports, and its rows, so that a changed bit shows also where
-- nothing can be worked out again.

-- The tally: finished runs per local day and runner. Reports over days read this and not the runs.
CREATE TABLE run_day (
  day              INTEGER NOT NULL,
  runner_id        INTEGER NOT NULL REFERENCES runner,
  instance_type_id INTEGER NOT NULL REFERENCES instance_type,
  price_id         INTEGER NOT NULL REFERENCES price,
  assumed          INTEGER NOT NULL CHECK (assumed IN (0, 1)), -- the price is a guess from a neighbouring sight
  outcome          INTEGER NOT NULL REFERENCES outcome,
  runs             INTEGER NOT NULL, -- each counted once, on the day it finished
  timed_runs       INTEGER NOT NULL, -- those that have a runtime
  runtime          INTEGER NOT NULL, -- their runtimes
  queued_runs      INTEGER NOT NULL, -- those that have a queue time
  queue            INTEGER NOT NULL, -- their queue times
  billed           INTEGER NOT NULL, -- billed time, on the day it was consumed
  rowid            INTEGER GENERATED ALWAYS AS (1) VIRTUAL, -- 1 in every row; some tools count the rows of a table by this name
  PRIMARY KEY (day, runner_id, instance_type_id, price_id, assumed, outcome)
) STRICT, WITHOUT ROWID;

-- The tally summed up by months: the lines of run_day of one local month. A year of costs is twelve months of these.
CREATE TABLE run_month (
  month            INTEGER NOT NULL, -- its first day
  runner_id        INTEGER NOT NULL REFERENCES runner,
  instance_type_id INTEGER NOT NULL REFERENCES instance_type,
  price_id         INTEGER NOT NULL REFERENCES price,
  assumed          INTEGER NOT NULL CHECK (assumed IN (0, 1)),
  outcome          INTEGER NOT NULL REFERENCES outcome,
  runs             INTEGER NOT NULL,
  timed_runs       INTEGER NOT NULL,
  runtime          INTEGER NOT NULL,
  queued_runs      INTEGER NOT NULL,
  queue            INTEGER NOT NULL,
  billed           INTEGER NOT NULL,
  rowid            INTEGER GENERATED ALWAYS AS (1) VIRTUAL, -- 1 in every row; some tools count the rows of a table by this name
  PRIMARY KEY (month, runner_id, instance_type_id, price_id, assumed, outcome)
) STRICT, WITHOUT ROWID;

-- The tally summed up over the runners of each source: trends of a whole fleet read this.
CREATE TABLE source_day (
  day              INTEGER NOT NULL,
  source_id        INTEGER NOT NULL REFERENCES source,
  instance_type_id INTEGER NOT NULL REFERENCES instance_type,
  price_id         INTEGER NOT NULL REFERENCES price,
  assumed          INTEGER NOT NULL CHECK (assumed IN (0, 1)),
  outcome          INTEGER NOT NULL REFERENCES outcome,
  runs             INTEGER NOT NULL,
  timed_runs       INTEGER NOT NULL,
  runtime          INTEGER NOT NULL,
  queued_runs      INTEGER NOT NULL,
  queue            INTEGER NOT NULL,
  billed           INTEGER NOT NULL,
  rowid            INTEGER GENERATED ALWAYS AS (1) VIRTUAL, -- 1 in every row; some tools count the rows of a table by this name
  PRIMARY KEY (day, source_id, instance_type_id, price_id, assumed, outcome)
) STRICT, WITHOUT ROWID;

-- The same by months: what a whole fleet cost in a year is twelve months of these.
CREATE TABLE source_month (
  month            INTEGER NOT NULL, -- its first day
  source_id        INTEGER NOT NULL REFERENCES source,
  instance_type_id INTEGER NOT NULL REFERENCES instance_type,
  price_id         INTEGER NOT NULL REFERENCES price,
  assumed          INTEGER NOT NULL CHECK (assumed IN (0, 1)),
  outcome          INTEGER NOT NULL REFERENCES outcome,
  runs             INTEGER NOT NULL,
  timed_runs       INTEGER NOT NULL,
  runtime          INTEGER NOT NULL,
  queued_runs      INTEGER NOT NULL,
  queue            INTEGER NOT NULL,
  billed           INTEGER NOT NULL,
  rowid            INTEGER GENERATED ALWAYS AS (1) VIRTUAL, -- 1 in every row; some tools count the rows of a table by this name
  PRIMARY KEY (month, source_id, instance_type_id, price_id, assumed, outcome)
) STRICT, WITHOUT ROWID;

-- The times of finished runs per local day, for exact percentiles: no report over durations reads the runs.
--
-- Times are sorted and packed: each as its difference to the one before, seven bits a byte, lowest first, the highest
-- bit set on all but its last byte. times_summary() takes them apart.
CREATE TABLE run_day_times (
  runner_id        INTEGER NOT NULL REFERENCES runner,
  day              INTEGER NOT NULL, -- on which the runs finished
  instance_type_id INTEGER NOT NULL REFERENCES instance_type,
  outcome          INTEGER NOT NULL REFERENCES outcome,
  runtimes         BLOB    NOT NULL, -- of those that have a runtime
  queues           BLOB    NOT NULL, -- of those of them that have a queue time
  rowid            INTEGER GENERATED ALWAYS AS (1) VIRTUAL, -- 1 in every row; some tools count the rows of a table by this name
  PRIMARY KEY (runner_id, day, instance_type_id, outcome)
) STRICT, WITHOUT ROWID;

-- The same times packed together by months.
CREATE TABLE run_month_times (
  runner_id        INTEGER NOT NULL REFERENCES runner,
  month            INTEGER NOT NULL, -- its first day
  instance_type_id INTEGER NOT NULL REFERENCES instance_type,
  outcome          INTEGER NOT NULL REFERENCES outcome,
  runtimes         BLOB    NOT NULL,
  queues           BLOB    NOT NULL,
  rowid            INTEGER GENERATED ALWAYS AS (1) VIRTUAL, -- 1 in every row; some tools count the rows of a table by this name
  PRIMARY KEY (runner_id, month, instance_type_id, outcome)
) STRICT, WITHOUT ROWID;

-- The rows of one table, as the sum of a number for each of them (modulo 2 to the 64th); kept in step with every change.
CREATE TABLE table_digest (
  name   TEXT    NOT NULL PRIMARY KEY, -- sqlite_schema stands for the views
  rows   INTEGER NOT NULL,
  digest INTEGER NOT NULL,
  rowid  INTEGER GENERATED ALWAYS AS (1) VIRTUAL -- 1 in every row; some tools count the rows of a table by this name
) STRICT, WITHOUT ROWID;
