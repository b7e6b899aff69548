"""Polars: Parquet files, one for each runner.

Parquet knows no keys: an import reads what is there, joins the new answers and drops doubles.
"""

from pathlib import Path

from contenders.contender import EXPORTS, REPORTS, Contender, Question
from process import Command

NO_PERIOD = ("1970-01-01", "1970-01-01")


class Polars(Contender):
    name = "Polars"
    file = "polars"
    recipe = ("peers/polars_import.py",)
    fills = True
    answers = REPORTS | EXPORTS

    def version_command(self) -> Command:
        return self.python("-c", "import polars; print(polars.__version__)")

    def fill(self, bodies: Path, store: Path) -> Command:
        return self.script("polars_import.py", bodies, store)

    def digest(self, store: Path, output: Path) -> Command:
        return self.script("polars_answers.py", "digest", store, *NO_PERIOD, output)

    def ask(self, question: Question, store: Path, output: Path) -> Command:
        period = (question.start, question.end) if question.start else NO_PERIOD
        return self.script("polars_answers.py", question.name, store, *period, output)

    def start(self) -> Command:
        return self.python("-c", "import polars; polars.select(1)")
