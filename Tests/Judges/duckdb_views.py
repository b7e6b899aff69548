#!/usr/bin/env python3
"""Reads every table and every view of a ledger with DuckDB, and holds the rows against those that SQLite gives.

  Tests/Judges/duckdb_views.py LEDGER

The exact parts of each month's cost, summed by DuckDB, must be the sums that SQLite has. What fails or differs is said;
the exit code is 1 then.
"""
import pathlib
import sqlite3
import sys

import duckdb
import duckdb_extension_sqlite_scanner

SUMS = """SELECT month, currency, sum(cost_units), sum(cost_nanos), sum(cost_zeptos), sum(billed_milliseconds)
  FROM {} GROUP BY month, currency ORDER BY month, currency"""


def plain(rows):
    """Rows in no order, with numbers as numbers also where DuckDB has them as texts."""
    def value(given):
        try:
            return float(given) if given is not None and not isinstance(given, bytes) else given
        except ValueError:
            return given
    return sorted(repr([value(given) for given in row]) for row in rows)


def main(path):
    ledger = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    scanner = next(pathlib.Path(duckdb_extension_sqlite_scanner.__file__).parent.glob("extensions/*/*.duckdb_extension"))
    duck = duckdb.connect()
    duck.execute(f"LOAD '{scanner}'")
    duck.execute(f"ATTACH '{path}' AS ledger (TYPE sqlite, READ_ONLY)")
    complaints = 0
    relations = ledger.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name").fetchall()
    for (name,) in relations:
        # A column that is worked out is none to DuckDB.
        columns = ", ".join(f'"{row[1]}"' for row in ledger.execute(f"PRAGMA table_info({name})"))
        try:
            rows = duck.execute(f"SELECT {columns} FROM ledger.{name}").fetchall()
            count = duck.execute(f"SELECT count(*) FROM ledger.{name}").fetchone()[0]
        except duckdb.Error as error:
            print(f"{name}: {str(error)[:300]}")
            complaints += 1
            continue
        wanted = ledger.execute(f"SELECT {columns} FROM {name}").fetchall()
        if count != len(wanted) or plain(rows) != plain(wanted):
            print(f"{name}: its rows are not those of SQLite")
            complaints += 1
    for view in ("cost_day", "cost_month"):
        if duck.execute(SUMS.format(f"ledger.{view}")).fetchall() != ledger.execute(SUMS.format(view)).fetchall():
            print(f"{view}: its sums are not those of SQLite")
            complaints += 1
    print(f"{len(relations)} tables and views, {complaints} complaints")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
