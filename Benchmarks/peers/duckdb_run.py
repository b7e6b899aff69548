"""Runs a file of SQL on a DuckDB file: duckdb_run.py STORE FILE [--write]."""

import sys

import duckdb


def main() -> None:
    store, file = sys.argv[1:3]
    with (
        open(file, encoding="utf-8") as sql,
        duckdb.connect(store, read_only="--write" not in sys.argv) as db,
    ):
        db.execute(sql.read())


main()
