"""What can be asked of a benchmark."""

from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from contenders import PEERS
from tasks import TASKS

FOLDER = Path(__file__).resolve().parent
BINARY = FOLDER.parent / ".build/release/runtally"
DATA = FOLDER / ".data"
VENV = FOLDER / ".venv"


def options() -> Namespace:
    tasks, tools = [task.name for task in TASKS], list(PEERS)
    parser = ArgumentParser(
        description="Measures Runtally beside other tools, and holds their answers together.",
        epilog="Example: Benchmarks/bench --runs 100000 --large 0 --only cost-year --peers duckdb",
    )
    add = parser.add_argument_group("how much").add_argument
    add("--runs", type=int, default=1_000_000, metavar="N", help="so many runs (1000000)")
    add("--runners", type=int, nargs="+", default=[200, 2000], metavar="N",
        help="of so many runners; each is a fleet of its own (200 2000)")  # fmt: skip
    add("--large", type=int, default=10_000_000, metavar="N",
        help="reports are asked of so many as well; 0: they are not (10000000)")  # fmt: skip
    add("--repeat", type=int, default=5, metavar="N", help="measured turns (5)")
    add("--only", nargs="+", choices=tasks, default=tasks, metavar="TASK", help=", ".join(tasks))
    add("--peers", nargs="*", choices=tools, default=tools, metavar="TOOL", help=", ".join(tools))
    add("--numbers", action="store_true", help="compare answers, measure nothing")
    add = parser.add_argument_group("where").add_argument
    add("--binary", type=path, default=BINARY, metavar="FILE", help="the release build")
    add("--data", type=path, default=DATA, metavar="FOLDER",
        help="keeps what is measured on (Benchmarks/.data)")  # fmt: skip
    add("--remake", action="store_true", help="make all of that anew")
    add("--venv", type=path, default=VENV, metavar="FOLDER",
        help="an environment that has the peers, instead of the one that is made")  # fmt: skip
    add("--output", type=path, metavar="FILE", help="write the table there too")
    add("--date", default=date.today().isoformat(), help="what the table names (today)")
    arguments = parser.parse_args()
    if min(arguments.runners) < 1 or arguments.runs < 1000 or arguments.large < 0 or arguments.repeat < 1:
        parser.error("--runs is at least 1000, --runners and --repeat at least 1, --large at least 0")
    return arguments


def path(text: str) -> Path:
    return Path(text).absolute()
