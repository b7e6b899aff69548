"""Merges saved answers into DuckDB with dlt, each run once: dlt_import.py BODIES STORE."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dlt

BATCH = 10_000


def main() -> None:
    bodies, store = Path(sys.argv[1]), Path(sys.argv[2])

    @dlt.resource(name="runner", primary_key="id", write_disposition="merge")
    def runners() -> Iterator[list[dict[str, Any]]]:
        yield json.loads((bodies / "runners.json").read_bytes())["runners"]

    @dlt.resource(name="run", primary_key=("runner_id", "id"), write_disposition="merge")
    def runs() -> Iterator[list[dict[str, Any]]]:
        for file in sorted((bodies / "runs").glob("*.json")):
            rows = json.loads(file.read_bytes())["runs"]
            for start in range(0, len(rows), BATCH):
                yield [{"runner_id": file.stem, **row} for row in rows[start : start + BATCH]]

    pipeline = dlt.pipeline(
        pipeline_name="benchmark",
        pipelines_dir=f"{store}.pipelines",
        destination=dlt.destinations.duckdb(str(store)),
        dataset_name="answers",
    )
    # Its default for DuckDB, INSERT statements, takes five times as long and ten times the memory.
    pipeline.run([runners(), runs()], loader_file_format="jsonl")


main()
