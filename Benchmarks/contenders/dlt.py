"""dlt: merges the answers into DuckDB by their key. Asking is DuckDB's business."""

from pathlib import Path

from contenders.contender import Contender
from process import Command


class Dlt(Contender):
    name = "dlt"
    file = "dlt.duckdb"
    fills = True

    def version_command(self) -> Command:
        return self.python("-c", "from importlib.metadata import *; print(version('dlt'))")

    def fill(self, bodies: Path, store: Path) -> Command:
        return self.script("dlt_import.py", bodies, store)

    def digest(self, store: Path, output: Path) -> Command:
        sql = self.sql("duckdb/digest.sql", table="answers.run", output=output)
        return self.script("duckdb_run.py", store, sql)

    def start(self) -> Command:
        return Command([str(self.venv / "bin" / "dlt"), "--version"])

    def help(self) -> Command:
        return Command([str(self.venv / "bin" / "dlt"), "--help"])
