"""What a contender can do, and how it is called to do it."""

from dataclasses import dataclass
from pathlib import Path
from string import Template

from process import Command, run

FOLDER = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Question:
    """What is asked of a store: a report or an export, over days in UTC, the last one exclusive."""

    name: str
    start: str = ""
    end: str = ""


class Contender:
    """A tool. Each of its commands is a whole process that gets everything by its arguments."""

    name: str
    # Its store, in a folder with those of others.
    file: str
    # What its store is made by; when that changes, the store is made anew.
    recipe: tuple[str, ...] = ()
    # What it is asked for.
    fills = False
    verifies = False
    answers: frozenset[str] = frozenset()

    def __init__(self, binary: Path, venv: Path, work: Path) -> None:
        self.binary = binary
        self.venv = venv
        self.work = work

    @property
    def word(self) -> str:
        """The name in the name of a file."""
        return self.name.replace(" ", "-")

    def version(self) -> str:
        log = self.work / f"{self.word}.version"
        run(self.version_command(), log)
        return log.with_suffix(".out").read_text().split()[0].removeprefix("v")

    def version_command(self) -> Command:
        """Prints the version as its first word."""
        raise NotImplementedError

    def fill(self, bodies: Path, store: Path) -> Command:
        """Reads answers into a store, empty or not; each run is in it once."""
        raise NotImplementedError

    def digest(self, store: Path, output: Path) -> Command:
        """Writes a line that tells what the store holds."""
        raise NotImplementedError

    def ask(self, question: Question, store: Path, output: Path) -> Command:
        """Writes the answer to a file."""
        raise NotImplementedError

    def verify(self, store: Path) -> Command:
        """Checks that a store is sound."""
        raise NotImplementedError

    def start(self) -> Command | None:
        """Starts and does next to nothing."""
        return None

    def help(self) -> Command | None:
        """Prints its own help."""
        return None

    # What several of them need.

    def python(self, *arguments: str) -> Command:
        return Command([str(self.venv / "bin" / "python"), *arguments])

    def script(self, name: str, *arguments: object) -> Command:
        return self.python(str(FOLDER / "peers" / name), *map(str, arguments))

    def text(self, name: str, **values: object) -> str:
        """What a file of SQL says with its $names filled in."""
        return Template((FOLDER / "sql" / name).read_text(encoding="utf-8")).substitute(values)

    def sql(self, name: str, **values: object) -> Path:
        """A file of SQL with its $names filled in."""
        text = self.text(name, **values)
        file = self.work / f"{self.word}-{name.replace('/', '-')}"
        file.write_text(text, encoding="utf-8")
        return file


REPORTS = frozenset({"monthly-cost", "failure-trend", "durations"})
# What only those answer that are asked in SQL of their own.
FLEET_REPORTS = frozenset({"failure-trend-runners", "cost-instance-types", "waste"})
EXPORTS = frozenset({"runs/csv", "runs/jsonl"})
