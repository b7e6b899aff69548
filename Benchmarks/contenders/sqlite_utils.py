"""sqlite-utils: upserts the answers as they came into SQLite. Asking is the shell's business."""

from pathlib import Path

from contenders.contender import Contender
from contenders.sqlite import query
from process import Command


class SQLiteUtils(Contender):
    name = "sqlite-utils"
    file = "sqlite-utils.sqlite"
    fills = True

    def version_command(self) -> Command:
        return self.python("-c", "from importlib.metadata import *; print(version('sqlite-utils'))")

    def fill(self, bodies: Path, store: Path) -> Command:
        return self.script("sqlite_utils_import.py", bodies, store)

    def digest(self, store: Path, output: Path) -> Command:
        return query(store, self.sql("sqlite/digest-answers.sql"), output)

    def start(self) -> Command:
        return Command([str(self.venv / "bin" / "sqlite-utils"), "--version"])

    def help(self) -> Command:
        return Command([str(self.venv / "bin" / "sqlite-utils"), "--help"])
