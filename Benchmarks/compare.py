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

Row = dict[str, object]
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
    # Rows without any of these say nothing, such as a month that has only runs that are still open.
    counts: tuple[str, ...] = ()

    def read(self, file: Path) -> Iterator[Row]:
        rows = (self.row(raw) for raw in records(file))
        if not self.key:
            return rows
        kept = (row for row in rows if not self.counts or any(row[name] for name in self.counts))
        return iter(sorted(kept, key=lambda row: [str(row[name]) for name in self.key]))

    def row(self, raw: dict[str, str]) -> Row:
        missing = [name for name in self.columns if name not in raw]
        if missing:
            raise ValueError(f"the answer has no column {', '.join(missing)}")
        return {name: spell(raw[name]) for name, spell in self.columns.items()}


def records(file: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV or JSON Lines file: all values as text, missing ones as no text."""
    with file.open(newline="", encoding="utf-8") as lines:
        if file.suffix == ".jsonl":
            for line in lines:
                row = json.loads(line, parse_float=str, parse_int=str)
                yield {name: plain(value) for name, value in row.items()}
        else:
            yield from csv.DictReader(lines)


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
        for count, (mine, other) in enumerate(zip_longest(shape.read(ours), shape.read(theirs)), 1):
            if mine is None or other is None:
                longer, row = (who, other) if mine is None else ("runtally", mine)
                return f"{longer} has a row {count} that the other has not: {row}"
            for name in shape.columns:
                if not same(mine[name], other[name]):
                    said = f"runtally says {mine[name]}, {who} says {other[name]}"
                    where = ", ".join(
                        str(mine[key]) for key in shape.key or list(shape.columns)[:4]
                    )
                    return f"row {count} ({where}), {name}: {said}"
    except (ValueError, KeyError, ArithmeticError) as error:
        return f"row {count + 1} of an answer cannot be read: {error}"
    return None if count else "both answers are empty"
