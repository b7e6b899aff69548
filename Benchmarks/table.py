"""The figures as Markdown."""

from dataclasses import dataclass, field

from process import Run


@dataclass
class Line:
    """One tool's runs of one task."""

    task: str
    tool: str
    runs: list[Run] = field(default_factory=list)

    @property
    def median(self) -> float:
        return middle([run.seconds for run in self.runs])

    @property
    def cpu(self) -> float:
        return middle([run.cpu_seconds for run in self.runs])

    @property
    def peak(self) -> int:
        return max(run.peak_bytes for run in self.runs)


def middle(values: list[float]) -> float:
    """Of two in the middle the larger: always one that was measured."""
    return sorted(values)[len(values) // 2]


def duration(seconds: float) -> str:
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    return f"{seconds:.2f} s" if seconds < 100 else f"{seconds:.0f} s"


def memory(size: int, floor: int = 0) -> str:
    """A peak that is no higher than what every program seems to have is only known to be lower."""
    if size <= floor * 1.02:
        return f"< {floor / 2**20:.0f} MiB"
    return f"{size / 2**20:.0f} MiB" if size < 10 * 2**30 else f"{size / 2**30:.1f} GiB"


def times(lines: list[Line], ours: str, floor: int) -> str:
    """The table of times. The ratio says how many times as long as we another takes.

    It is bold where the other is faster.
    """
    base = {line.task: line.median for line in lines if line.tool == ours}
    rows = []
    shown_task = ""
    for line in lines:
        seconds = [run.seconds for run in line.runs]
        ratio = line.median / base[line.task] if line.task in base else None
        shown = "" if ratio is None or line.tool == ours else f"{ratio:.2f} ×"
        if ratio is not None and ratio < 1:
            shown = f"**{shown}**"
        rows.append(
            [
                "" if line.task == shown_task else line.task,
                line.tool,
                duration(line.median),
                f"{duration(min(seconds))} – {duration(max(seconds))}",
                str(len(seconds)),
                duration(line.cpu),
                memory(line.peak, floor),
                shown,
            ]
        )
        shown_task = line.task
    heads = ["task", "tool", "median", "spread", "n", "CPU", "peak memory", "ratio to ours"]
    return markdown(heads, rows, right=(2, 3, 4, 5, 6, 7))


def sizes(stores: dict[str, tuple[int, int]], ours: str) -> str:
    """The table of sizes: after an import and after the same import again."""
    base = stores[ours][0] if ours in stores else None
    rows = [
        [
            tool,
            memory(first),
            memory(again),
            f"{first / base:.2f} ×" if base and tool != ours else "",
        ]
        for tool, (first, again) in stores.items()
    ]
    return markdown(
        ["store", "size", "after the same import again", "ratio to ours"], rows, right=(1, 2, 3)
    )


def markdown(heads: list[str], rows: list[list[str]], right: tuple[int, ...]) -> str:
    """Columns in line, so that it reads well as text too."""
    # Two at least, for the rule.
    widths = [max(2, *(len(row[each]) for row in [heads, *rows])) for each in range(len(heads))]

    def line(cells: list[str]) -> str:
        padded = [
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        return "| " + " | ".join(padded) + " |"

    rule = [
        "-" * (width - 1) + (":" if column in right else "-") for column, width in enumerate(widths)
    ]
    return "\n".join([line(heads), line(rule), *map(line, rows)])
