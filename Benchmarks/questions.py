"""Everything but imports: reports, exports, checks and starts, asked of stores that are there."""

from pathlib import Path

from arena import Arena
from contenders import Contender
from data import Fleet
from process import Command
from table import Line
from tasks import Task


def perform(arena: Arena, task: Task, fleet: Fleet) -> None:
    stem = f"{task.name}-{fleet.word}.{task.format}"
    able = {
        contender: made
        for contender in arena.everyone
        if (made := command(arena, task, contender, fleet, arena.answer(stem, contender)))
    }
    lines = {contender: Line(task.titled(fleet), contender.name) for contender in able}
    arena.progress.stage(task.titled(fleet))
    # The first turn warms the files and gives the answers to compare; it is not measured.
    for turn in range(arena.repeat + 1):
        for contender, made in able.items():
            if not arena.is_patient(lines[contender]):
                continue
            arena.progress.step(f"{contender.name}, {turn} of {arena.repeat}")
            done = arena.run(made)
            if turn > 0:
                lines[contender].runs.append(done)
            elif task.shape:
                arena.check(stem, contender, task.shape, task.titled(fleet))
    for contender in able:
        arena.answer(stem, contender).unlink(missing_ok=True)
    arena.results.lines += [line for line in lines.values() if line.runs]


def command(
    arena: Arena, task: Task, contender: Contender, fleet: Fleet, output: Path
) -> Command | None:
    """How a contender does a task; None when it does not."""
    match task.name:
        case "start":
            return contender.start()
        case "help":
            return contender.help()
        case "verify":
            if contender.verifies:
                return contender.verify(arena.store(contender, fleet))
        case _:
            if task.question and task.question.name in contender.answers:
                return contender.ask(task.question, arena.store(contender, fleet), output)
    return None
