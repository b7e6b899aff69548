"""The work: what is asked, and how the answers are compared."""

from collections.abc import Callable
from dataclasses import dataclass

from compare import Shape, decimal, flag, instant, rate, text
from contenders.contender import Question
from data import Fleet

MONTH = ("2026-03-01", "2026-04-01")
YEAR = ("2025-04-01", "2026-04-01")


@dataclass(frozen=True)
class Task:
    name: str
    title: str
    question: Question | None = None
    # How the answers are compared; nothing where only one tool gives one.
    shape: Shape | None = None
    format: str = "csv"
    # Whether it is done on the large history too.
    large: bool = False

    @property
    def is_import(self) -> bool:
        return self.name in ("import", "import-again")

    def titled(self, fleet: Fleet) -> str:
        """With the fleet, where that matters."""
        return self.title if self.name in ("start", "help") else f"{self.title} ({fleet})"


def columns(read: Callable[[str], object], names: str) -> dict[str, Callable[[str], object]]:
    return dict.fromkeys(names.split(), read)


def asked(name: str, title: str, question: Question, shape: Shape) -> Task:
    return Task(name, title, question, shape, large=True)


DIGEST = Shape(
    columns(decimal, "runs runners succeeded failed exit_codes created started completed updated")
)

COST = Shape(
    columns(text, "month runner runner_id instance_type")
    | columns(decimal, "price_second runs runtime_seconds billed_seconds cost wasted_cost"),
    key=("month", "runner", "runner_id"),
    counts=("runs", "billed_seconds"),
)

TREND = Shape(
    columns(text, "period")
    | columns(decimal, "rated_runs successes failures errors timeouts failed")
    | columns(rate, "failure_rate failure_rate_low failure_rate_high"),
    key=("period",),
)

TREND_RUNNERS = Shape(
    columns(text, "period source runner runner_id")
    | columns(decimal, "rated_runs successes failures errors timeouts unknown failed")
    | columns(rate, "failure_rate failure_rate_low failure_rate_high"),
    key=("period", "runner_id"),
)

COST_TYPES = Shape(
    columns(text, "month instance_type")
    | columns(decimal, "runs runtime_seconds billed_seconds cost wasted_cost"),
    key=("month", "instance_type"),
)

WASTE = Shape(
    columns(text, "source runner runner_id")
    | columns(decimal, "runs wasted_runs wasted_seconds cost wasted_cost successes"),
    key=("runner_id",),
)

DURATIONS = Shape(
    columns(text, "runner runner_id")
    | columns(decimal, "runs duration_min_seconds duration_p50_seconds duration_p90_seconds")
    | columns(decimal, "duration_p95_seconds duration_p99_seconds duration_max_seconds")
    | columns(decimal, "duration_mean_seconds queue_p50_seconds queue_p95_seconds"),
    key=("runner", "runner_id"),
)

RUNS = Shape(
    columns(text, "source runner runner_id run_id status outcome")
    | columns(flag, "outcome_inferred")
    | columns(decimal, "exit_code")
    | columns(instant, "created_at started_at completed_at")
    | columns(decimal, "queue_seconds runtime_seconds billed_seconds timeout_seconds")
    | columns(text, "instance_type region")
    | columns(decimal, "cost")
    | columns(text, "currency")
    | columns(flag, "price_assumed")
)

TASKS = [
    Task("import", "import into an empty store"),
    Task("import-again", "import the same again"),
    asked("cost-month", "cost by runner, a month", Question("monthly-cost", *MONTH), COST),
    asked("cost-year", "cost by month and runner, a year", Question("monthly-cost", *YEAR), COST),
    asked("trend-year", "failures per day, a year", Question("failure-trend", *YEAR), TREND),
    asked(
        "trend-runners",
        "failures by month and runner, a year",
        Question("failure-trend-runners", *YEAR),
        TREND_RUNNERS,
    ),
    asked(
        "cost-types",
        "cost by month and instance type, a year",
        Question("cost-instance-types", *YEAR),
        COST_TYPES,
    ),
    asked("waste-year", "waste by runner, a year", Question("waste", *YEAR), WASTE),
    asked("durations-month", "percentiles, a month", Question("durations", *MONTH), DURATIONS),
    asked("durations-year", "percentiles, a year", Question("durations", *YEAR), DURATIONS),
    Task("runs-csv", "all runs to CSV", Question("runs/csv"), RUNS),
    Task("runs-jsonl", "all runs to JSON Lines", Question("runs/jsonl"), RUNS, format="jsonl"),
    Task("runs-junit", "all runs to JUnit XML", Question("runs/junit"), format="xml"),
    Task("verify", "check the store"),
    Task("start", "start and do nothing"),
    Task("help", "print the help"),
]
