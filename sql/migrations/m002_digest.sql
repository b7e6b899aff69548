-- What is in a ledger, summed up, so that a changed bit shows also where nothing can be worked out again.

-- The rows of one table, as the sum of a number for each of them (modulo 2 to the 64th); kept in step with every change.
CREATE TABLE table_digest (
  name   TEXT    NOT NULL PRIMARY KEY, -- sqlite_schema stands for the views
  rows   INTEGER NOT NULL,
  digest INTEGER NOT NULL,
  rowid  INTEGER GENERATED ALWAYS AS (1) VIRTUAL -- 1 in every row; some tools count the rows of a table by this name
) STRICT, WITHOUT ROWID;
