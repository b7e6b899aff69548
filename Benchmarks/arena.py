"""Where the contenders meet: their stores, their results, and their answers held against ours."""

from dataclasses import dataclass, field
from pathlib import Path

from compare import Shape, difference
from contenders import Contender
from data import Data, Fleet, digest
from process import Command, Run, run
from progress import Progress
from table import Line

# A tool that took so long with a task has shown what there is to see.
PATIENCE_SECONDS = 120.0


@dataclass
class Results:
    lines: list[Line] = field(default_factory=list)
    # Bytes after an import and after the same import again.
    stores: dict[str, tuple[int, int]] = field(default_factory=dict)
    compared: int = 0
    differences: list[str] = field(default_factory=list)


@dataclass
class Arena:
    data: Data
    ours: Contender
    peers: list[Contender]
    # How often everything is measured; 0 only compares answers.
    repeat: int
    progress: Progress
    results: Results = field(default_factory=Results)

    @property
    def everyone(self) -> list[Contender]:
        """Ours first, since the answers of others are held against it."""
        return [self.ours, *self.peers]

    def run(self, command: Command) -> Run:
        return run(command, self.data.log)

    def store(self, contender: Contender, fleet: Fleet) -> Path:
        """A contender's store, made by its own import; the sqlite3 shell asks our ledger."""
        maker = self.ours if contender.file == self.ours.file else contender

        def make(path: Path) -> None:
            self.progress.stage(f"making the store of {maker.name}, {fleet}")
            self.run(maker.fill(self.data.bodies(fleet), path))

        return self.data.keep(self.data.folder / fleet.word / maker.file, self.mark(maker), make)

    def mark(self, maker: Contender) -> str:
        """What a store is made of: the answers, and how."""
        if maker is self.ours:
            return f"{self.data.answers_mark} {self.data.ledger_mark}"
        folder = Path(__file__).resolve().parent
        recipe = digest([folder / file for file in maker.recipe])
        return f"{self.data.answers_mark} {recipe} {maker.version()}"

    def answer(self, stem: str, contender: Contender) -> Path:
        """The file for an answer; the stem ends with its format."""
        name, dot, format = stem.rpartition(".")
        return self.data.work / f"{name}-{contender.word}{dot}{format}"

    def check(self, stem: str, contender: Contender, shape: Shape, where: str) -> None:
        """Holds an answer against ours."""
        if contender is self.ours:
            return
        self.results.compared += 1
        mine, theirs = (self.answer(stem, who) for who in (self.ours, contender))
        if found := difference(shape, mine, theirs, contender.name):
            self.results.differences.append(f"{where}: {found}")

    def is_patient(self, line: Line) -> bool:
        return sum(done.seconds for done in line.runs) < PATIENCE_SECONDS
