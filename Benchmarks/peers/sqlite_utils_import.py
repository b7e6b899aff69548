"""Upserts saved answers with sqlite-utils, each run once: sqlite_utils_import.py BODIES STORE."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlite_utils


def runs(bodies: Path) -> Iterator[dict[str, Any]]:
    for file in sorted((bodies / "runs").glob("*.json")):
        for run in json.loads(file.read_bytes())["runs"]:
            yield {"runner_id": file.stem, **run}


def main() -> None:
    bodies, store = Path(sys.argv[1]), sys.argv[2]
    db = sqlite_utils.Database(store)
    db.enable_wal()
    runners = json.loads((bodies / "runners.json").read_bytes())["runners"]
    db.table("runner").upsert_all(runners, pk="id")
    db.table("run").upsert_all(runs(bodies), pk=("runner_id", "id"))
    db.close()


main()
