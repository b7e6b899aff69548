"""DuckDB: a file with typed tables, made and asked in SQL, from Python and from its own shell.

The shell starts faster; Python is how the newest version comes from PyPI.
"""

from pathlib import Path

from contenders.contender import EXPORTS, FLEET_REPORTS, REPORTS, Contender, Question
from data import largest
from process import Command

FORMATS = {"runs/csv": "FORMAT csv, HEADER", "runs/jsonl": "FORMAT json"}


class DuckDB(Contender):
    name = "DuckDB"
    file = "duckdb.duckdb"
    recipe: tuple[str, ...] = ("sql/duckdb/import.sql", "peers/duckdb_run.py")
    fills = True
    answers = REPORTS | FLEET_REPORTS | EXPORTS

    def version_command(self) -> Command:
        return self.python("-c", "import duckdb; print(duckdb.__version__)")

    def execute(self, store: Path, sql: Path, write: bool = False) -> Command:
        return self.script("duckdb_run.py", store, sql, *(["--write"] if write else []))

    def fill(self, bodies: Path, store: Path) -> Command:
        # For each thread it sets aside twice the largest list it is told of: no more than needed.
        sql = self.sql("duckdb/import.sql", bodies=bodies, largest=largest(bodies) + 1)
        return self.execute(store, sql, write=True)

    def digest(self, store: Path, output: Path) -> Command:
        return self.execute(store, self.sql("duckdb/digest.sql", table="run", output=output))

    def ask(self, question: Question, store: Path, output: Path) -> Command:
        if question.name in EXPORTS:
            sql = self.sql("duckdb/runs.sql", output=output, format=FORMATS[question.name])
        else:
            period = {"from": question.start, "to": question.end}
            costs = self.text("duckdb/costs.sql", **period)
            sql = self.sql(f"duckdb/{question.name}.sql", output=output, costs=costs, **period)
        return self.execute(store, sql)

    def start(self) -> Command:
        return self.python("-c", "import duckdb; duckdb.execute('SELECT 1').fetchall()")


class DuckDBShell(DuckDB):
    name = "DuckDB shell"
    file = "duckdb-cli.duckdb"
    recipe = ("sql/duckdb/import.sql",)

    def shell(self, *arguments: str) -> Command:
        # What pip puts in bin/ is a Python program that starts this one.
        found = next(self.venv.glob("lib/python*/site-packages/duckdb_cli/duckdb"), None)
        return Command([str(found or self.venv / "bin" / "duckdb"), "-no-init", *arguments])

    def version_command(self) -> Command:
        return self.shell("--version")

    def execute(self, store: Path, sql: Path, write: bool = False) -> Command:
        return self.shell(*([] if write else ["-readonly"]), "-bail", str(store), "-f", str(sql))

    def start(self) -> Command:
        return self.shell(":memory:", "-c", "SELECT 1")

    def help(self) -> Command:
        return self.shell("-help")
