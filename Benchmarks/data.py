"""What is measured on: the answers of fleets and the stores made of them, kept between calls.

    DATA/1000000-200/bodies              the answers: a million runs of 200 runners
    DATA/1000000-200/runtally.sqlite     our ledger of them; beside it a store for each contender
    DATA/1000000-200/runtally.sqlite.of  what it was made of; it is made again when that differs

Each piece is made beside its place and then moved there: an interrupted one is made again, and the
others stay.
"""

import fcntl
import os
import shlex
import shutil
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fleet import ACCOUNTS, write_fleet
from process import Command, Failed, run
from progress import Progress

NOW = "2026-04-01T06:00:00Z"
SEED = 2047


@dataclass(frozen=True)
class Fleet:
    runs: int
    runners: int

    def __str__(self) -> str:
        return f"{self.runs:,} runs of {self.runners:,} runners"

    @property
    def word(self) -> str:
        return f"{self.runs}-{self.runners}"


# Made in no time, and enough to show that the generator or the ledger has changed.
SAMPLE = Fleet(runs=2000, runners=20)


class Data:
    """A folder of answers and stores, for one benchmark at a time."""

    def __init__(self, folder: Path, binary: Path, progress: Progress) -> None:
        self.folder = folder
        self.binary = binary
        self.progress = progress
        folder.mkdir(parents=True, exist_ok=True)
        self.lock = (folder / "lock").open("w")
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Failed(f"another benchmark works in {folder}: let it end, or stop it") from error
        self.work = folder / "work"
        if self.work.exists():
            shutil.rmtree(self.work)
        self.work.mkdir()
        self.log = self.work / "log"
        # Where nobody's configuration lies.
        os.chdir(self.work)
        sample = self.work / "sample"
        write_fleet(sample, SAMPLE.runs, SAMPLE.runners, SEED)
        self.answers_mark = digest(sorted(sample.rglob("*.json")))
        self.ledger_mark = self.mark_of_ledger(sample)

    def bodies(self, fleet: Fleet) -> Path:
        """The answers, in the layout of `runtally import`."""

        def make(path: Path) -> None:
            self.progress.stage(f"making the answers of {fleet}")
            write_fleet(path, fleet.runs, fleet.runners, SEED)

        return self.keep(self.folder / fleet.word / "bodies", self.answers_mark, make)

    def keep(self, path: Path, mark: str, make: Callable[[Path], None]) -> Path:
        """Makes what belongs at `path`, unless it is there and was made of the same."""
        stamp = path.with_name(path.name + ".of")
        if path.exists() and stamp.exists() and stamp.read_text() == mark:
            return path
        making = path.with_name("making-" + path.name)
        remove(path)
        remove(making)
        path.parent.mkdir(parents=True, exist_ok=True)
        make(making)
        os.replace(making, path)
        stamp.write_text(mark)
        return path

    def forget(self) -> None:
        """Everything is to be made anew."""
        for folder in self.folder.iterdir():
            if folder.name.replace("-", "").isdigit():
                shutil.rmtree(folder)

    def mark_of_ledger(self, sample: Path) -> str:
        """Another schema, or another tally of the same answers, is another ledger."""
        ledger = self.work / "sample.sqlite"
        run(import_command(self.binary, sample, ledger), self.log)
        header = "pragma_user_version, pragma_page_size"
        schema = f"SELECT sql, user_version, page_size FROM sqlite_schema, {header} ORDER BY name"
        facts = {"schema": schema, "tally": "SELECT * FROM run_day"}
        for name, sql in facts.items():
            query = [str(self.binary), "query", sql, "--database", str(ledger)]
            run(Command(query, output=self.work / name), self.log)
        return digest([self.work / name for name in facts])


def import_command(binary: Path, bodies: Path, ledger: Path) -> Command:
    """Reads answers into a ledger, new or not: one account after the other."""
    calls = []
    for account in ACCOUNTS:
        folder = bodies / "accounts" / account
        words = [binary, "import", account, folder, "--vendor", "nodion", "--as-of", NOW]
        calls.append(shlex.join(map(str, [*words, "--database", ledger, "--quiet"])))
    return Command(["sh", "-c", " && ".join(calls)])


def remove(path: Path) -> None:
    """Removes a file or a folder, and what SQLite, DuckDB or dlt keep beside it."""
    beside = [*path.parent.glob(path.name + "-*"), *path.parent.glob(path.name + ".*")]
    for each in [path, *beside]:
        if each.is_dir():
            shutil.rmtree(each)
        else:
            each.unlink(missing_ok=True)


def size(path: Path) -> int:
    """Bytes of a file with its journals, or of a folder."""
    files = path.rglob("*") if path.is_dir() else [path, *path.parent.glob(path.name + "-*")]
    return sum(file.stat().st_size for file in files if file.is_file())


def largest(bodies: Path) -> int:
    """Bytes of the longest list of runs."""
    return max(file.stat().st_size for file in (bodies / "runs").iterdir())


def digest(files: list[Path]) -> str:
    """One word for the contents of files.

    Not by hashlib: its library alone would raise the floor below which no peak of memory is seen.
    """
    total = 0
    for file in files:
        total = zlib.crc32(file.read_bytes(), total)
    return f"{total:08x}"
