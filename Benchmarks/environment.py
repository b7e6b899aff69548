"""The peers' own Python environment, made once from requirements.txt."""

import shutil
import sys
from pathlib import Path

from process import Command, Failed, run
from progress import Progress

REQUIREMENTS = Path(__file__).resolve().parent / "requirements.txt"


def install(venv: Path, log: Path, progress: Progress) -> None:
    """Makes the environment where it is missing or of other requirements."""
    stamp = venv / REQUIREMENTS.name
    if stamp.exists() and stamp.read_text() == REQUIREMENTS.read_text():
        return
    progress.stage("installing the peers from PyPI, once")
    if venv.exists():
        shutil.rmtree(venv)
    pip = [str(venv / "bin" / "python"), "-m", "pip", "install", "--disable-pip-version-check"]
    try:
        run(Command([sys.executable, "-m", "venv", str(venv)]), log)
        run(Command([*pip, "--requirement", str(REQUIREMENTS)]), log)
    except Failed as error:
        raise Failed(
            f"{error}\nThe peers cannot be installed: that needs python3 with venv (on Debian the"
            " package python3-venv) and PyPI.\nName an environment that has them with --venv,"
            " or leave them out with --peers sqlite3."
        ) from error
    stamp.write_text(REQUIREMENTS.read_text())
