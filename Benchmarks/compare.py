"""Holds one tool's answer against another's: the same rows, value for value.

Values are brought to one spelling first, because tools write `12.50`, `12.5` and `12.500000` for
the same: decimals and money exactly, instants as UTC milliseconds, flags as true and false. Only
rates, which no money depends on, may differ in their tenth digit.
"""

import csv
import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path

Row = dict[str, str]
TOLERANCE = 1e-9


def text(value: str) -> str:
    return value


def decimal(value: str) -> Decimal | None:
    return Decimal(value) if value else None


def rate(value: str) -> float | None:
    return float(value) if value else None


def flag(value: str) -> bool | None:
    return {"": None, "1": True, "0": False, "true": True, "false": False}[value]


def instant(value: str) -> str:
    """`2026-01-15 10:01:00+00:00` and `2026-01-15T10:01:00.000Z` are one."""
    if not value:
        return ""
    value = value.replace(" ", "T").removesuffix("Z").removesuffix("+00:00").removesuffix("+00")
    whole, _, fraction = value.partition(".")
    return f"{whole}.{fraction[:3]:0<3}"


@dataclass(frozen=True)
class Shape:
    """The columns that are compared. Others are ignored: not every tool gives all of ours."""

    columns: dict[str, Callable[[str], object]]
    # What orders the rows before comparing; nothing where their order is part of the answer.
    key: tuple[str, ...] = ()
    # Rows without any of these say nothing, such as a month that has only runs still open.
    counts: tuple[str, ...] = ()

    def rows(self, file: Path) -> Iterator[Row]:
        if not self.key:
            return records(file)
        kept = (row for row in records(file) if not self.counts or self.counts_something(row))
        return iter(sorted(kept, key=lambda row: [row[name] for name in self.key]))

    def counts_something(self, row: Row) -> bool:
        return any(self.columns[name](row[name]) for name in self.counts)

    def difference(self, mine: Row, other: Row) -> str | None:
        """The first column that differs; most have the same spelling, and are not read at all."""
        for name, read in self.columns.items():
            if mine[name] != other[name] and not same(read(mine[name]), read(other[name])):
                return name
        return None


def records(file: Path) -> Iterator[Row]:
    """The rows of a CSV or JSON Lines file: all values as text, missing ones as no text."""
    with file.open(newline="", encoding="utf-8") as lines:
        if file.suffix == ".jsonl":
            for line in lines:
                row = json.loads(line, parse_float=str, parse_int=str)
                yield {name: plain(value) for name, value in row.items()}
        else:
            rows = csv.reader(lines)
            names = next(rows, [])
            for cells in rows:
                yield dict(zip(names, cells, strict=True))


def plain(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return one == other


def difference(shape: Shape, ours: Path, theirs: Path, who: str) -> str | None:
    """What differs first, in words; None when nothing does."""
    count = 0
    try:
        for count, (mine, other) in enumerate(zip_longest(shape.rows(ours), shape.rows(theirs)), 1):
            if mine is None or other is None:
                longer, row = (who, other) if mine is None else ("runtally", mine)
                return f"only {longer} has a row {count}: {row}"
            if name := shape.difference(mine, other):
                where = ", ".join(mine[key] for key in shape.key or list(shape.columns)[:4])
                said = f"runtally says {mine[name]}, {who} says {other[name]}"
                return f"row {count} ({where}), {name}: {said}"
    except KeyError as error:
        return f"row {count} of an answer lacks the column {error}"
    except (ValueError, ArithmeticError) as error:
        return f"row {count} of an answer cannot be read: {error}"
    return None if count else "both answers are empty"
