"""Every run as a row with Polars, and a line that tells what a store holds."""

from datetime import datetime

import polars as pl
from polars_values import ENDED, QUEUE, RUNTIME, STARTED, cost, seconds


def export(runs: pl.LazyFrame, runners: pl.LazyFrame, *_: datetime) -> pl.LazyFrame:
    """Every finished run with its whole cost, in the order and with the columns of our report."""
    return (
        runs.filter(ENDED.is_not_null())
        .join(runners, on="runner_id")
        .sort("runner", "runner_id", "ended_at", "run_id")
        .with_columns(queue=QUEUE, runtime=RUNTIME)
        .select(
            pl.col("runner").str.split("/").list.first().alias("source"),
            "runner", "runner_id", "run_id", "status", "outcome",
            (pl.col("outcome") == "timeout").alias("outcome_inferred"),
            "exit_code", "created_at", "started_at",
            ENDED.alias("completed_at"),
            seconds(pl.col("queue")).alias("queue_seconds"),
            seconds(pl.col("runtime")).alias("runtime_seconds"),
            seconds(pl.col("runtime")).alias("billed_seconds"),
            "timeout_seconds", "instance_type", "region",
            cost(pl.col("runtime")).alias("cost"),
            pl.lit(None, pl.String).alias("currency"),
            pl.when(STARTED.is_not_null()).then(True).alias("price_assumed"),
        )
    )  # fmt: skip


def digest(runs: pl.LazyFrame, *_: object) -> pl.LazyFrame:
    finished = pl.col("status").is_in(["succeeded", "failed"])

    def total(name: str) -> pl.Expr:
        return pl.col(name).dt.epoch("ms") - 1735689600000

    return runs.select(
        pl.len().alias("runs"),
        pl.col("runner_id").n_unique().alias("runners"),
        (pl.col("status") == "succeeded").sum().alias("succeeded"),
        (pl.col("status") == "failed").sum().alias("failed"),
        pl.col("exit_code").sum().alias("exit_codes"),
        total("created_at").sum().alias("created"),
        total("started_at").sum().alias("started"),
        total("completed_at").sum().alias("completed"),
        total("updated_at").filter(finished).sum().alias("updated"),
    )
