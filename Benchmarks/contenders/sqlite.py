"""The sqlite3 shell on our own ledger: runs in plain SQL, without the tally and our functions."""

from pathlib import Path

from contenders.contender import REPORTS, Contender, Question
from process import Command


class SQLiteShell(Contender):
    name = "sqlite3 shell"
    file = "runtally.sqlite"
    verifies = True
    answers = REPORTS | {"runs/csv"}

    def version_command(self) -> Command:
        return Command(["sqlite3", "-version"])

    def ask(self, question: Question, store: Path, output: Path) -> Command:
        period = {"from": question.start, "to": question.end}
        sql = self.sql(f"sqlite/{question.name.removesuffix('/csv')}.sql", **period)
        return query(store, sql, output)

    def verify(self, store: Path) -> Command:
        checks = "PRAGMA integrity_check; PRAGMA foreign_key_check;"
        return Command(["sqlite3", "-readonly", "-bail", str(store), checks])

    def start(self) -> Command:
        return Command(["sqlite3", ":memory:", "SELECT 1"])


def query(store: Path, sql: Path, output: Path) -> Command:
    """Runs a file of SQL, its rows as CSV."""
    options = ["-readonly", "-bail", "-csv", "-header"]
    return Command(["sqlite3", *options, str(store)], input=sql, output=output)
