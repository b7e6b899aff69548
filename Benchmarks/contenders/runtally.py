"""Runtally: the release binary, as anybody would call it."""

from pathlib import Path

from contenders.contender import EXPORTS, FLEET_REPORTS, REPORTS, Contender, Question
from data import import_command
from process import Command


# How a question is asked, where its name is not that of a report.
OPTIONS = {
    "failure-trend": ["failure-trend", "--interval", "day"],
    "failure-trend-runners": ["failure-trend", "--interval", "month", "--group-by", "runner"],
    "cost-instance-types": ["monthly-cost", "--group-by", "instance-type"],
}


class Runtally(Contender):
    name = "runtally"
    file = "runtally.sqlite"
    fills = True
    verifies = True
    answers = REPORTS | FLEET_REPORTS | EXPORTS | {"runs/junit"}

    def call(self, *arguments: str) -> Command:
        return Command([str(self.binary), *arguments])

    def version_command(self) -> Command:
        return self.call("--version")

    def fill(self, bodies: Path, store: Path) -> Command:
        return import_command(self.binary, bodies, store)

    def digest(self, store: Path, output: Path) -> Command:
        sql = self.sql("sqlite/digest-ledger.sql").read_text(encoding="utf-8")
        options = ["--format", "csv", "--output", str(output), "--database", str(store)]
        # Behind `--`, because the comment that the SQL begins with looks like an option.
        return self.call("query", *options, "--", sql)

    def ask(self, question: Question, store: Path, output: Path) -> Command:
        report, _, format = question.name.partition("/")
        period = ["--from", question.start, "--to", question.end] if question.start else ["--all"]
        report, *groups = OPTIONS.get(report, [report])
        options = ["--output", str(output), "--database", str(store), "--quiet"]
        return self.call("report", report, *period, *groups, "--format", format or "csv", *options)

    def verify(self, store: Path) -> Command:
        return self.call("verify", "--database", str(store))

    def start(self) -> Command:
        return self.call("--version")

    def help(self) -> Command:
        return self.call("--help")
