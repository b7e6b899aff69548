"""What the questions put to Polars have in common: a run's times, and money.

Money is decimal to the end: whole milliseconds as seconds with three places, times the price.
"""

import polars as pl

ENDED = pl.col("ended_at")
STARTED = pl.col("started_at")
RUNTIME = (ENDED - STARTED).dt.total_milliseconds().clip(0)
QUEUE = (STARTED - pl.col("created_at")).dt.total_milliseconds().clip(0)


def seconds(milliseconds: pl.Expr) -> pl.Expr:
    return milliseconds.cast(pl.Decimal(38, 3)) / 1000


def cost(milliseconds: pl.Expr) -> pl.Expr:
    return seconds(milliseconds) * pl.col("price_second").cast(pl.Decimal(38, 18))
