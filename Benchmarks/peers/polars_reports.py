"""Sums over runs with Polars: cost per month, failures per day, percentiles of durations."""

from datetime import datetime

import polars as pl
from polars_values import ENDED, QUEUE, RUNTIME, STARTED, cost, seconds

FAILED = ["failure", "error", "timeout"]


def monthly_cost(
    runs: pl.LazyFrame, runners: pl.LazyFrame, start: datetime, end: datetime
) -> pl.LazyFrame:
    """A run's time is cut at the ends of months, the run itself counts where it ended."""
    key = ["month", "runner_id", "outcome"]
    month = ENDED.dt.truncate("1mo")
    counted = (
        runs.filter(ENDED >= start, ENDED < end)
        .group_by(month.alias("month"), "runner_id", "outcome")
        .agg(
            pl.len().cast(pl.Int64).alias("runs"),
            RUNTIME.sum().alias("runtime"),
            # What never started has no time; a maximum would take the month's begin for its start.
            pl.when(STARTED < ENDED)
            .then((ENDED - pl.max_horizontal(STARTED, month)).dt.total_milliseconds())
            .sum()
            .alias("billed"),
        )
    )
    months = pl.datetime_range(start, end, "1mo", closed="left", time_unit="ms", eager=True)
    begin, stop = pl.col("month"), pl.col("month").dt.offset_by("1mo")
    earlier = (
        runs.filter(ENDED >= start, STARTED < end, STARTED < month)
        .join(pl.LazyFrame({"month": months}), how="cross")
        .filter(STARTED < stop, ENDED >= stop)
        .with_columns(spent=(stop - pl.max_horizontal(STARTED, begin)).dt.total_milliseconds())
        .group_by(key)
        .agg(runs=pl.lit(0, pl.Int64), runtime=pl.lit(0, pl.Int64), billed=pl.col("spent").sum())
    )
    wasted = pl.col("billed").filter(pl.col("outcome").is_in(FAILED)).sum()
    return (
        pl.concat([counted, earlier])
        .group_by("month", "runner_id")
        .agg(pl.col("runs", "runtime", "billed").sum(), wasted.alias("wasted"))
        .join(runners, on="runner_id")
        .sort("month", "runner", "runner_id")
        .select(
            pl.col("month").dt.strftime("%Y-%m"),
            "runner", "runner_id", "instance_type", "price_second", "runs",
            runtime_seconds=seconds(pl.col("runtime")),
            billed_seconds=seconds(pl.col("billed")),
            cost=cost(pl.col("billed")),
            wasted_cost=cost(pl.col("wasted")),
        )
    )  # fmt: skip


def failure_trend(
    runs: pl.LazyFrame, _: pl.LazyFrame, start: datetime, end: datetime
) -> pl.LazyFrame:
    words = {
        "successes": "success",
        "failures": "failure",
        "errors": "error",
        "timeouts": "timeout",
    }
    z, n, rate = 1.959963984540054, pl.col("rated_runs"), pl.col("failure_rate")
    centre = (rate + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * (rate * (1 - rate) / n + z * z / (4 * n * n)).sqrt()
    return (
        runs.filter(ENDED >= start, ENDED < end)
        .group_by(ENDED.dt.date().alias("period"))
        .agg(
            (pl.col("outcome") == word).sum().cast(pl.Int64).alias(name)
            for name, word in words.items()
        )
        .with_columns(failed=pl.sum_horizontal("failures", "errors", "timeouts"))
        .with_columns(rated_runs=pl.col("successes") + pl.col("failed"))
        .with_columns(failure_rate=pl.col("failed") / n)
        .with_columns(
            failure_rate_low=pl.when(pl.col("failed") == 0)
            .then(0.0)
            .otherwise((centre - half).clip(0)),
            failure_rate_high=pl.when(pl.col("failed") == n)
            .then(1.0)
            .otherwise((centre + half).clip(None, 1)),
        )
        .sort("period")
    )


def durations(
    runs: pl.LazyFrame, runners: pl.LazyFrame, start: datetime, end: datetime
) -> pl.LazyFrame:
    """Nearest-rank percentiles: of sorted values the one at position ⌈percent × count ÷ 100⌉."""
    count = pl.col("runs")

    def ranked(name: str, percent: int) -> pl.Expr:
        return seconds(pl.col(name).list.get((percent * count + 99) // 100 - 1))

    return (
        runs.filter(ENDED >= start, ENDED < end)
        .filter(pl.col("outcome") == "success", STARTED.is_not_null())
        .group_by("runner_id")
        .agg(
            pl.len().cast(pl.Int64).alias("runs"), RUNTIME.sum().alias("sum"),
            runtime=RUNTIME.sort(), queue=QUEUE.sort(),
        )
        .join(runners, on="runner_id")
        .sort("runner", "runner_id")
        .select(
            "runner", "runner_id", "runs",
            duration_min_seconds=seconds(pl.col("runtime").list.first()),
            duration_p50_seconds=ranked("runtime", 50),
            duration_p90_seconds=ranked("runtime", 90),
            duration_p95_seconds=ranked("runtime", 95),
            duration_p99_seconds=ranked("runtime", 99),
            duration_max_seconds=seconds(pl.col("runtime").list.last()),
            duration_mean_seconds=seconds((2 * pl.col("sum") + count) // (2 * count)),
            queue_p50_seconds=ranked("queue", 50),
            queue_p95_seconds=ranked("queue", 95),
        )
    )  # fmt: skip
