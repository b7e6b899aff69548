"""Reads saved answers into Parquet with Polars, each run once: polars_import.py BODIES STORE.

The store is a folder: the runners in one file, the runs of each in another, so that one runner is
in memory at a time. What is there already is read, joined with the new answers, and written again.
"""

import os
import sys
from pathlib import Path

import polars as pl

INSTANTS = ["created_at", "started_at", "completed_at", "updated_at"]
RUN = {"id": pl.String, "status": pl.String, "exit_code": pl.Int64} | dict.fromkeys(
    INSTANTS, pl.String
)
RUNNER = {
    "id": pl.String,
    "name": pl.String,
    "timeout_seconds": pl.Int64,
    "region": pl.Struct({"slug": pl.String}),
    "instance_type": pl.Struct({"slug": pl.String, "price_second": pl.String}),
}


def rows(file: Path, key: str, fields: dict[str, pl.DataType]) -> pl.DataFrame:
    answer = pl.read_json(file, schema={key: pl.List(pl.Struct(fields))})
    return answer.explode(key).unnest(key)


def runners(bodies: Path) -> pl.DataFrame:
    return rows(bodies / "runners.json", "runners", RUNNER).select(
        runner_id="id",
        runner="name",
        timeout_seconds="timeout_seconds",
        instance_type=pl.col("instance_type").struct.field("slug"),
        region=pl.col("region").struct.field("slug"),
        price_second=pl.col("instance_type").struct.field("price_second"),
    )


def runs(file: Path, timeout: int) -> pl.DataFrame:
    instant = pl.col(INSTANTS).str.to_datetime("%Y-%m-%dT%H:%M:%S%.3f%z", time_unit="ms")
    ended = pl.coalesce("completed_at", "updated_at")
    seconds = (pl.col("ended_at") - pl.col("started_at")).dt.total_milliseconds() // 1000
    stopped = pl.col("exit_code").fill_null(124).is_in([124, 137, 143]) & (seconds >= timeout - 1)
    outcome = (
        pl.when(pl.col("status") == "succeeded").then(pl.lit("success"))
        .when(pl.col("status").is_in(["pending", "running"])).then(pl.col("status"))
        .when(pl.col("status") != "failed").then(pl.lit("unknown"))
        .when(stopped.fill_null(False)).then(pl.lit("timeout"))
        .when(pl.col("exit_code").is_null()).then(pl.lit("error"))
        .otherwise(pl.lit("failure"))
    )  # fmt: skip
    return (
        rows(file, "runs", RUN)
        .rename({"id": "run_id"})
        .with_columns(instant.dt.convert_time_zone("UTC"), pl.lit(file.stem).alias("runner_id"))
        .with_columns(
            pl.when(~pl.col("status").is_in(["pending", "running"])).then(ended).alias("ended_at")
        )
        .with_columns(outcome.alias("outcome"))
    )


def main() -> None:
    bodies, store = Path(sys.argv[1]), Path(sys.argv[2])
    (store / "run").mkdir(parents=True, exist_ok=True)
    settings = runners(bodies)
    settings.write_parquet(store / "runner.parquet")
    for runner, timeout in settings.select("runner_id", "timeout_seconds").iter_rows():
        merged = runs(bodies / "runs" / f"{runner}.json", timeout)
        file = store / "run" / f"{runner}.parquet"
        if file.exists():
            merged = pl.concat([pl.read_parquet(file), merged])
        merged = merged.unique("run_id", keep="last", maintain_order=True)
        merged.write_parquet(file.with_suffix(".making"))
        os.replace(file.with_suffix(".making"), file)


main()
