-- The ledger: what runner APIs told, when they told it, and the sums that reports read.
--
-- Instants are whole milliseconds since 1970 UTC, days are days since 1970 in the ledger's zone, times are
-- milliseconds, money is exact decimal text. NULL means missing; it never stands for 0.
--
-- Some tables are without the hidden number of a row. Tools that count rows by it, as DuckDB does, find a column of its
-- name instead, which takes no room.
--
-- Domain tables are written only when something changed; the harvest log (harvest, coverage) says when we looked. A row
-- of a domain table holds until another row says otherwise, so that a visit without news rewrites nothing.

-- One row: what this ledger is, and the zone whose days and months every report speaks of.
CREATE TABLE ledger (
  ledger_id  INTEGER PRIMARY KEY CHECK (ledger_id = 1),
  time_zone  TEXT    NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- The zone's offsets from UTC, each from its instant on; stored, so that a newer time zone database changes no report.
CREATE TABLE zone_transition (
  at             INTEGER PRIMARY KEY,
  offset_seconds INTEGER NOT NULL
) STRICT;

-- The ledger's own count of events: every harvest, price change, restatement, closing, reopening, settlement, action and
-- sighting takes the next number.
CREATE TABLE sequence (
  sequence INTEGER PRIMARY KEY,
  at       INTEGER NOT NULL,
  kind     TEXT    NOT NULL CHECK (
    kind IN (
      'harvest', 'import', 'price', 'restatement', 'closing', 'reopening', 'settlement', 'action', 'sighting'
    )
  ),
  note     TEXT,
  undone_by INTEGER REFERENCES sequence -- the event that took it back; itself, where it was withdrawn before its end
) STRICT;

-- What a row said before an event changed it in place, as a JSON object of what changes in rows of its table, so that what
-- the ledger knew at any event can be told. Its tables keep their newest state alone.
CREATE TABLE former_state (
  subject     TEXT    NOT NULL CHECK (
    subject IN ('ledger', 'source', 'region', 'instance_type', 'coverage', 'configured_price', 'price', 'run')
  ),
  row_id      INTEGER NOT NULL, -- the id of the row there
  replaced_by INTEGER NOT NULL REFERENCES sequence, -- the event that changed it
  state       TEXT    NOT NULL,
  rowid       INTEGER GENERATED ALWAYS AS (1) VIRTUAL, -- 1 in every row; some tools count the rows of a table by this name
  PRIMARY KEY (subject, row_id, replaced_by)
) STRICT, WITHOUT ROWID;

-- The words for what became of a run, and how each of them counts.
CREATE TABLE outcome (
  outcome   INTEGER PRIMARY KEY,
  word      TEXT    NOT NULL UNIQUE,
  is_rated  INTEGER NOT NULL, -- counts in the failure rate
  is_failed INTEGER NOT NULL, -- counts as failed in it
  is_wasted INTEGER NOT NULL  -- its cost was for nothing
) STRICT;

INSERT INTO outcome (outcome, word, is_rated, is_failed, is_wasted) VALUES
  (0, 'pending',      0, 0, 0),
  (1, 'running',      0, 0, 0),
  (2, 'success',      1, 0, 0),
  (3, 'failure',      1, 1, 1),
  (4, 'error',        1, 1, 1),
  (5, 'timeout',      1, 1, 1),
  (6, 'cancellation', 0, 0, 1),
  (7, 'skip',         0, 0, 0),
  (8, 'unknown',      0, 0, 0);

-- One configured account at a vendor.
CREATE TABLE source (
  source_id    INTEGER PRIMARY KEY,
  name         TEXT    NOT NULL UNIQUE,
  vendor       TEXT    NOT NULL, -- as the configuration calls it: nodion
  vendor_name  TEXT    NOT NULL, -- as people and bills call it: Nodion
  currency     TEXT,             -- ISO 4217; no API names one
  billing_rule TEXT    NOT NULL, -- exact, ceil-second or minimum-seconds: N; sequence notes every change
  sequence     INTEGER NOT NULL REFERENCES sequence -- the event that brought it
) STRICT;

-- One visit to one source.
CREATE TABLE harvest (
  harvest_id   INTEGER PRIMARY KEY,
  source_id    INTEGER NOT NULL REFERENCES source,
  sequence     INTEGER NOT NULL REFERENCES sequence,
  started_at   INTEGER NOT NULL, -- everything it saw counts as seen at this instant
  finished_at  INTEGER,          -- NULL while it goes on, and for ever if it was killed
  complete     INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1)), -- every list was read to its end
  lists        INTEGER NOT NULL DEFAULT 0, -- lists that were read to their end
  requests     INTEGER NOT NULL DEFAULT 0,
  rows         INTEGER NOT NULL DEFAULT 0, -- runs read
  new_runs     INTEGER NOT NULL DEFAULT 0,
  changed_runs INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX harvest_by_source ON harvest (source_id, complete, started_at);

-- How completely one list was read, at every finished harvest of its source from from_harvest_id to until_harvest_id.
CREATE TABLE coverage (
  coverage_id      INTEGER PRIMARY KEY,
  source_id        INTEGER NOT NULL REFERENCES source,
  runner_id        INTEGER REFERENCES runner, -- whose runs; NULL for the list of runners
  from_harvest_id  INTEGER NOT NULL REFERENCES harvest,
  until_harvest_id INTEGER REFERENCES harvest, -- NULL while it is still so
  ended_by         INTEGER REFERENCES harvest, -- the one that found it otherwise, or did not find it
  requests         INTEGER NOT NULL,
  rows             INTEGER NOT NULL, -- that were understood
  refused          INTEGER NOT NULL, -- that were not, and so are not in the ledger
  claimed          INTEGER, -- the total that the vendor named
  complete         INTEGER NOT NULL CHECK (complete IN (0, 1)),
  note             TEXT     -- why not, or what was odd
) STRICT;

CREATE INDEX coverage_by_list ON coverage (source_id, runner_id, from_harvest_id);

-- Where runs execute.
CREATE TABLE region (
  region_id   INTEGER PRIMARY KEY,
  source_id   INTEGER NOT NULL REFERENCES source,
  external_id TEXT    NOT NULL,
  slug        TEXT,
  name        TEXT,
  UNIQUE (source_id, external_id)
) STRICT;

-- A machine size of a source. Row 0 means "none": the API names no size.
CREATE TABLE instance_type (
  instance_type_id INTEGER PRIMARY KEY,
  source_id        INTEGER REFERENCES source,
  external_id      TEXT    NOT NULL,
  slug             TEXT,
  name             TEXT,
  cpu              TEXT, -- as the vendor writes it
  memory           TEXT, -- as the vendor writes it: MiB in one place, GiB in another
  price_month      TEXT, -- as the vendor writes it; never used for cost
  unpriced_since   INTEGER, -- the first list since which it is shown without the price of a second; NULL while it has one
  UNIQUE (source_id, external_id),
  CHECK (instance_type_id = 0 OR source_id IS NOT NULL)
) STRICT;

INSERT INTO instance_type (instance_type_id, external_id) VALUES (0, '');

-- One container task at a source.
CREATE TABLE runner (
  runner_id     INTEGER PRIMARY KEY,
  source_id     INTEGER NOT NULL REFERENCES source,
  external_id   TEXT    NOT NULL,
  created_at    INTEGER,
  last_seen_at  INTEGER, -- its last sign of life, where the API tells one; those before are not kept
  seen_by       INTEGER REFERENCES sequence, -- the visit that was told it
  missing_since INTEGER, -- the first complete list without it; nothing is ever deleted
  missing_by    INTEGER REFERENCES sequence, -- the visit that read this list
  UNIQUE (source_id, external_id)
) STRICT;

-- A stretch in which complete lists lacked a runner that came back. One that is gone now has missing_since alone.
CREATE TABLE runner_absence (
  runner_id     INTEGER NOT NULL REFERENCES runner,
  missing_since INTEGER NOT NULL, -- the first complete list without it
  missing_by    INTEGER NOT NULL REFERENCES sequence, -- the visit that read this list
  found_at      INTEGER NOT NULL, -- the visit that found it again
  found_by      INTEGER NOT NULL REFERENCES sequence, -- the same
  rowid         INTEGER GENERATED ALWAYS AS (1) VIRTUAL, -- 1 in every row; some tools count the rows of a table by this name
  PRIMARY KEY (runner_id, missing_by)
) STRICT, WITHOUT ROWID;

-- The settings of a runner, a row each time they were seen to differ; the newest row is what it is now.
CREATE TABLE runner_version (
  runner_version_id INTEGER PRIMARY KEY,
  runner_id         INTEGER NOT NULL REFERENCES runner,
  valid_from        INTEGER NOT NULL, -- the harvest that first saw it
  unsure_from       INTEGER,          -- the last sight of the version before
  name              TEXT    NOT NULL,
  kind              TEXT, -- the vendor's sort of runner
  labels            TEXT, -- a JSON array of texts; NULL when there are none
  image             TEXT,
  timeout_seconds   INTEGER,
  instance_type_id  INTEGER NOT NULL REFERENCES instance_type,
  region_id         INTEGER REFERENCES region,
  sequence          INTEGER NOT NULL REFERENCES sequence,
  UNIQUE (runner_id, valid_from)
) STRICT;

-- The state of a runner as seen at one instant; it held at every later complete visit until the next sample.
CREATE TABLE runner_sample (
  runner_sample_id INTEGER PRIMARY KEY,
  runner_id        INTEGER NOT NULL REFERENCES runner,
  harvest_id       INTEGER NOT NULL REFERENCES harvest,
  status           TEXT,
  online           INTEGER CHECK (online IN (0, 1)),
  active           INTEGER,
  capacity         INTEGER,
  version          TEXT,
  UNIQUE (runner_id, harvest_id)
) STRICT;

-- What the user says a second costs, as it was written. The last row that matches wins; rows of the configuration come
-- after rows of files.
CREATE TABLE configured_price (
  configured_price_id INTEGER PRIMARY KEY,
  source_id    INTEGER NOT NULL REFERENCES source,
  subject      TEXT    NOT NULL CHECK (subject IN ('runner', 'instance_type', 'label')),
  pattern      TEXT    NOT NULL, -- an id, a name, a label, or a glob of such
  price_second TEXT    NOT NULL, -- exact decimal
  currency     TEXT,             -- ISO 4217; NULL for that of the source
  starts       TEXT,             -- a local day or an instant; NULL since ever
  valid_from   INTEGER,          -- the same as an instant
  origin       TEXT    NOT NULL CHECK (origin IN ('configuration', 'csv')),
  file         TEXT,             -- the name of the CSV file
  position     INTEGER NOT NULL, -- its line there, or where it stands in the configuration's list
  sequence     INTEGER NOT NULL REFERENCES sequence, -- when it was entered
  withdrawn_by INTEGER REFERENCES sequence,          -- when it was no longer written, or written anew
  CHECK ((origin = 'csv') = (file IS NOT NULL)),
  CHECK ((starts IS NULL) = (valid_from IS NULL))
) STRICT;

-- The price of one second of an instance type or of a runner: append-only. Row 0 means "unpriced".
--
-- A row holds from applied_by until superseded_by. Nothing else of a row ever changes but valid_until, by the event that
-- saw the runner renamed, and a currency that nobody had named. A row that would change time already tallied waits until
-- somebody applies it.
CREATE TABLE price (
  price_id         INTEGER PRIMARY KEY,
  instance_type_id INTEGER REFERENCES instance_type,
  runner_id        INTEGER REFERENCES runner,
  price_second     TEXT,    -- exact decimal
  currency         TEXT,    -- ISO 4217
  origin           TEXT    NOT NULL CHECK (origin IN ('observed', 'configured', 'none')),
  configured_price_id INTEGER REFERENCES configured_price, -- what was written, where it was not observed
  valid_from       INTEGER, -- NULL since ever; only a configured price can say that
  valid_until      INTEGER, -- exclusive; NULL for ever; the first sight of a name or label that the entry does not mean
  unsure_from      INTEGER, -- the last sight of the price before
  sequence         INTEGER REFERENCES sequence, -- when it was noted
  applied_by       INTEGER REFERENCES sequence, -- since when it prices runs; NULL while it waits
  superseded_by    INTEGER REFERENCES sequence, -- when what was written no longer said so
  CHECK (price_id = 0
    OR (price_second IS NOT NULL AND sequence IS NOT NULL AND (instance_type_id IS NULL) <> (runner_id IS NULL))),
  CHECK ((origin = 'configured') = (configured_price_id IS NOT NULL)),
  CHECK (origin = 'configured' OR (valid_from IS NOT NULL AND valid_until IS NULL)),
  CHECK (valid_from IS NULL OR valid_until IS NULL OR valid_from < valid_until)
) STRICT;

INSERT INTO price (price_id, origin, valid_from) VALUES (0, 'none', 0);

-- One execution. The vendor's words and instants stand untouched; outcome and ended_at are what we make of them.
CREATE TABLE run (
  run_id           INTEGER PRIMARY KEY,
  runner_id        INTEGER NOT NULL REFERENCES runner,
  external_id      TEXT    NOT NULL,
  status           TEXT    NOT NULL,
  outcome          INTEGER NOT NULL REFERENCES outcome,
  outcome_inferred INTEGER NOT NULL CHECK (outcome_inferred IN (0, 1)),
  exit_code        INTEGER,
  created_at       INTEGER,
  started_at       INTEGER,
  completed_at     INTEGER,
  updated_at       INTEGER, -- of a finished run; while it is open every sign of life moves it
  ended_at         INTEGER, -- NULL while it is open
  missing_since    INTEGER, -- the first complete list without it; nothing is ever deleted
  sequence         INTEGER NOT NULL REFERENCES sequence, -- the harvest that saw this state first, or the ruling
  missing_by       INTEGER REFERENCES sequence, -- the visit that read the list without it
  UNIQUE (runner_id, external_id)
) STRICT;

CREATE INDEX run_by_end ON run (runner_id, ended_at, outcome);
CREATE INDEX run_open ON run (runner_id, started_at) WHERE ended_at IS NULL;
CREATE INDEX run_missing ON run (runner_id) WHERE missing_since IS NOT NULL;
CREATE INDEX run_contradictory ON run (runner_id, ended_at) WHERE ended_at < started_at OR started_at < created_at;

-- A state of a run that a later harvest, or a ruling, replaced.
CREATE TABLE run_version (
  run_version_id   INTEGER PRIMARY KEY,
  run_id           INTEGER NOT NULL REFERENCES run,
  runner_id        INTEGER NOT NULL REFERENCES runner, -- which had the run then
  status           TEXT    NOT NULL,
  outcome          INTEGER NOT NULL REFERENCES outcome,
  outcome_inferred INTEGER NOT NULL,
  exit_code        INTEGER,
  created_at       INTEGER,
  started_at       INTEGER,
  completed_at     INTEGER,
  updated_at       INTEGER,
  ended_at         INTEGER,
  sequence         INTEGER NOT NULL REFERENCES sequence, -- the harvest that saw it first
  replaced_by      INTEGER NOT NULL REFERENCES sequence  -- the harvest that saw it replaced
) STRICT;

CREATE INDEX run_version_by_run ON run_version (run_id);

-- What a person ruled about a run that its vendor never ended: append-only. A ruling is in force while the run has its
-- sequence; any later word of the vendor, and any later ruling, gives the run another one.
CREATE TABLE settlement (
  settlement_id INTEGER PRIMARY KEY,
  run_id        INTEGER NOT NULL REFERENCES run,
  sequence      INTEGER NOT NULL UNIQUE REFERENCES sequence, -- its event
  ruling        TEXT    NOT NULL CHECK (ruling IN ('ended', 'never-ended', 'taken-back')),
  ended_at      INTEGER, -- when the run counts as ended; NULL where a ruling is taken back
  said_by       TEXT    NOT NULL, -- who ruled so
  because       TEXT,    -- why
  CHECK ((ruling = 'taken-back') = (ended_at IS NULL))
) STRICT;

CREATE INDEX settlement_by_run ON settlement (run_id);

-- Something that a vendor was asked to change. It is written down before it is asked for, so that what a killed command
-- asked for is told by the next one.
CREATE TABLE action (
  action_id   INTEGER PRIMARY KEY,
  sequence    INTEGER NOT NULL UNIQUE REFERENCES sequence, -- its event
  source_id   INTEGER NOT NULL REFERENCES source,
  kind        TEXT    NOT NULL CHECK (kind IN ('trigger', 'create', 'update', 'delete')),
  subject     TEXT,    -- the vendor's id of the runner; NULL where a new one was asked for
  asked       TEXT    NOT NULL, -- what for, as JSON; *** stands for what is never kept
  vendor_at   INTEGER, -- what the vendor's clock showed just before; NULL where it told no time
  outcome     TEXT CHECK (outcome IN ('done', 'refused', 'unsent', 'unknown')), -- NULL while there is no answer
  status      INTEGER, -- the answer's HTTP status; NULL without an answer
  result_id   TEXT,    -- the vendor's id of the run or runner that came of it
  note        TEXT,    -- why it was not done, or what was found out later
  answered_at INTEGER, -- when it was known what came of it, or that nobody knows
  seen_at     INTEGER, -- when what came of it was read last
  CHECK ((outcome IS NULL) = (answered_at IS NULL))
) STRICT;

CREATE INDEX action_by_source ON action (source_id);

-- A closing: what a month cost, frozen, and from then on untouched by whatever is learned later.
--
-- A row is never changed but for the newest closing in force, which can be reopened; then it stays as what once was. The
-- view closed_month has those in force: months are closed one after the other, so their days are one stretch without a
-- gap.
CREATE TABLE closing (
  closing_id       INTEGER PRIMARY KEY,
  month            TEXT    NOT NULL, -- 2026-01
  first_day        INTEGER NOT NULL,
  end_day          INTEGER NOT NULL, -- exclusive
  sequence         INTEGER NOT NULL REFERENCES sequence, -- its event
  time_zone        TEXT    NOT NULL, -- whose month it was
  forced_because   TEXT,             -- what was in the way, where it was closed all the same
  cost             TEXT    NOT NULL, -- what its lines cost, an amount for each currency; verify works it out again
  digest           TEXT    NOT NULL, -- of the columns above and all lines that were written with it
  reopened_by      INTEGER REFERENCES sequence, -- the event that took it back; NULL while it is in force
  reopened_because TEXT,             -- why, as somebody said it
  CHECK ((reopened_by IS NULL) = (reopened_because IS NULL))
) STRICT;

CREATE UNIQUE INDEX closing_in_force ON closing (month) WHERE reopened_by IS NULL;

-- A line of the tally as it was when a month was closed, with its names and its price. A closing writes the lines of its
-- month, and as differences what has changed since in months closed before. No line is ever changed.
CREATE TABLE closing_line (
  closing_line_id    INTEGER PRIMARY KEY,
  closing_id         INTEGER NOT NULL REFERENCES closing, -- the closing that wrote it
  month              TEXT    NOT NULL, -- the month it is about: that of the closing, or one closed before
  runner_id          INTEGER NOT NULL REFERENCES runner,
  instance_type_id   INTEGER NOT NULL REFERENCES instance_type,
  source             TEXT    NOT NULL,
  runner             TEXT    NOT NULL, -- its name at the time
  runner_external_id TEXT    NOT NULL,
  instance_type      TEXT,
  price_second       TEXT,    -- exact decimal; NULL for what is unpriced
  currency           TEXT,    -- ISO 4217
  assumed            INTEGER NOT NULL CHECK (assumed IN (0, 1)),
  outcome            INTEGER NOT NULL REFERENCES outcome,
  runs               INTEGER NOT NULL,
  timed_runs         INTEGER NOT NULL,
  runtime            INTEGER NOT NULL,
  billed             INTEGER NOT NULL
) STRICT;

CREATE INDEX closing_line_by_month ON closing_line (month, closing_id);
