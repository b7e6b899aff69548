"""Answers a question from Parquet with Polars: polars_answers.py QUESTION STORE FROM TO OUTPUT."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
from polars_reports import durations, failure_trend, monthly_cost
from polars_rows import digest, export

QUESTIONS = {
    "monthly-cost": monthly_cost,
    "failure-trend": failure_trend,
    "durations": durations,
    "runs/csv": export,
    "runs/jsonl": export,
    "digest": digest,
}


def main() -> None:
    question, store, start, end, output = sys.argv[1:6]
    period = [datetime.fromisoformat(day).replace(tzinfo=UTC) for day in (start, end)]
    runs = pl.scan_parquet(Path(store) / "run" / "*.parquet")
    runners = pl.scan_parquet(Path(store) / "runner.parquet")
    answer = QUESTIONS[question](runs, runners, *period)
    if question == "runs/jsonl":
        answer.sink_ndjson(output)
    else:
        answer.sink_csv(output, datetime_format="%Y-%m-%dT%H:%M:%S%.3fZ")


main()
