"""Writes the answers of a fleet: so many runs of so many runners over a year.

    FOLDER/runners.json              all runners
    FOLDER/runs/RUNNER.json          the runs of each, newest first
    FOLDER/accounts/NAME/…           the same by account, as `runtally import` reads one

Few runners have most of the runs, as in real fleets: the weight of the runner of rank n is n to the
power -0.8, and most runners work on days of the week or in hours of their own. There are three
accounts, which the names of runners begin with, eight machine sizes with prices of their own, and
every outcome that the vendor has. The same numbers give the same bytes.
"""

import json
import os
import uuid
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from random import Random

END = datetime(2026, 4, 1, tzinfo=UTC)
DAYS = 365
ACCOUNTS = {"production": 0.6, "staging": 0.3, "research": 0.1}
HOUR, DAY = 3_600_000, 86_400_000
# Name, CPUs, GiB, price of a second: one with an exponent and one with the most decimals that a vendor sends.
SIZES = [
    ("nano", 1, 1, "0.0000011"),
    ("standard-s", 1, 2, "1.9e-06"),
    ("standard-m", 2, 4, "0.0000038"),
    ("standard-l", 4, 8, "0.0000076"),
    ("standard-xl", 8, 16, "0.000015220700152"),
    ("memory-l", 4, 32, "0.0000145"),
    ("gpu-s", 8, 32, "0.00025"),
    ("gpu-l", 16, 96, "0.0012"),
]


class Runner:
    """One of the fleet, with its habits."""

    def __init__(self, rank: int, seed: int) -> None:
        dice = Random(seed * 1_000_003 + rank)
        self.rank = rank
        self.id = str(uuid.UUID(int=dice.getrandbits(128), version=4))
        self.account = dice.choices(list(ACCOUNTS), list(ACCOUNTS.values()))[0]
        self.size = SIZES[min(len(SIZES) - 1, int(dice.expovariate(0.45)))]
        self.typical = dice.choice([20_000, 60_000, 240_000, 900_000, 2_700_000])
        self.timeout = 4 * self.typical // 1000
        self.failing = min(0.6, dice.expovariate(12))
        self.weekdays = dice.choice([range(7), range(5), range(5), [dice.randrange(7)]])
        # Some began within the year, and some ended.
        self.first = dice.choice([0, 0, 0, dice.randrange(DAYS - 7)])
        self.last = dice.choice([DAYS, DAYS, DAYS, dice.randrange(self.first + 7, DAYS + 1)])
        self.hours = dice.choice([(0, 24), (0, 24), (1, 4), (7, 19)])

    def answer(self) -> str:
        name, cpu, gib, price = self.size
        fields = {
            "id": self.id,
            "status": "available",
            "name": f"{self.account}/{self.rank:04d}",
            "image_name": "example/job",
            "image_tag": "latest",
            "timeout_seconds": self.timeout,
            "created_at": "2025-01-15T10:00:00.000Z",
            "updated_at": "2025-01-15T10:00:00.000Z",
            "region": {"id": "fra", "name": "Frankfurt", "slug": "fra"},
            "instance_type": {
                "id": name,
                "name": name,
                "slug": name,
                "cpu": cpu,
                "mem": gib * 1024,
            },
        }
        # The price as the vendor writes it: a number, with all its digits.
        text = json.dumps(fields, separators=(",", ":"))
        return text.removesuffix("}}") + f',"price_second":{price}' + "}}"

    def runs(self, count: int, seed: int) -> list[tuple[int, str]]:
        """Each with its creation, in milliseconds since 1970."""
        dice = Random(seed * 7_000_003 + self.rank)
        end = int(END.timestamp()) * 1000
        began = end - DAYS * DAY
        # 1970 began on a Thursday.
        days = [
            day
            for day in range(self.first, self.last)
            if (began // DAY + day + 3) % 7 in self.weekdays
        ] or [self.first]
        found = []
        for _ in range(count):
            opening, closing = self.hours
            created = began + dice.choice(days) * DAY + opening * HOUR
            created += int(dice.random() * (closing - opening) * HOUR)
            found.append((created, self.run(created, dice, end)))
        return sorted(found, reverse=True)

    def run(self, created: int, dice: Random, now: int) -> str:
        started = created + 200 + int(dice.expovariate(1 / 15_000))
        runtime = int(self.typical * dice.lognormvariate(0, 0.5))
        status, code = "succeeded", "0"
        if dice.random() < self.failing:
            status, code = "failed", dice.choice(["1", "1", "1", "2", "137", "null"])
        if runtime >= self.timeout * 1000:
            runtime, status, code = self.timeout * 1000, "failed", "124"
        if dice.random() < 0.001:
            status, code = "cancelled", "null"
        ended = started + runtime
        if started > now:
            status, code, start, end, updated = "pending", "null", "null", "null", created
        elif ended > now:
            status, code, start, end, updated = "running", "null", quoted(started), "null", started
        else:
            start, end, updated = quoted(started), quoted(ended), ended
        key = f"{dice.getrandbits(128):032x}"
        return (
            f'{{"id":"{key[:8]}-{key[8:12]}-4{key[13:16]}-a{key[17:20]}-{key[20:]}","status":"{status}",'
            f'"exit_code":{code},"started_at":{start},"completed_at":{end},'
            f'"created_at":{quoted(created)},"updated_at":{quoted(updated)}}}'
        )


DATES: dict[int, str] = {}


def quoted(at: int) -> str:
    day, rest = divmod(at, DAY)
    date = DATES.get(day)
    if date is None:
        date = DATES[day] = datetime.fromtimestamp(day * 86_400, UTC).strftime("%Y-%m-%dT")
    hour, rest = divmod(rest, HOUR)
    minute, rest = divmod(rest, 60_000)
    second, milli = divmod(rest, 1000)
    return f'"{date}{hour:02d}:{minute:02d}:{second:02d}.{milli:03d}Z"'


def shares(runs: int, runners: int) -> list[int]:
    """How many runs each has."""
    bounds = list(accumulate(rank**-0.8 for rank in range(1, runners + 1)))
    ends = [round(runs * bound / bounds[-1]) for bound in bounds]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def write_runs(work: tuple[Path, Runner, int, int]) -> None:
    folder, runner, count, seed = work
    body = ",".join(text for _, text in runner.runs(count, seed))
    path = folder / "runs" / f"{runner.id}.json"
    path.write_text('{"runs":[' + body + "]}", encoding="utf-8")
    os.link(path, folder / "accounts" / runner.account / "runs" / path.name)


def write_fleet(folder: Path, runs: int, runners: int, seed: int) -> None:
    fleet = [Runner(rank, seed) for rank in range(1, runners + 1)]
    (folder / "runs").mkdir(parents=True)
    write_runners(folder / "runners.json", fleet)
    for account in ACCOUNTS:
        part = folder / "accounts" / account
        (part / "runs").mkdir(parents=True)
        write_runners(part / "runners.json", [each for each in fleet if each.account == account])
    work = zip([folder] * runners, fleet, shares(runs, runners), [seed] * runners, strict=True)
    with ProcessPoolExecutor() as workers:
        list(workers.map(write_runs, work))


def write_runners(path: Path, fleet: list[Runner]) -> None:
    body = ",".join(runner.answer() for runner in fleet)
    path.write_text('{"runners":[' + body + "]}", encoding="utf-8")
