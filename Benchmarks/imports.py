"""Imports: everybody in turn reads the answers into an empty store, and then the same again."""

from arena import Arena
from contenders import Contender
from data import Fleet, remove, size
from table import Line
from tasks import DIGEST, Task


def perform_imports(arena: Arena, tasks: list[Task], fleet: Fleet) -> None:
    bodies = arena.data.bodies(fleet)
    arena.progress.stage(f"import of {fleet}")
    able = [contender for contender in arena.everyone if contender.fills]
    lines = {
        (task.name, contender.name): Line(task.titled(fleet), contender.name)
        for task in tasks
        for contender in able
    }
    for turn in range(max(1, arena.repeat)):
        for contender in able:
            if not all(arena.is_patient(lines[task.name, contender.name]) for task in tasks):
                continue
            arena.progress.step(f"{contender.name}, {turn + 1} of {arena.repeat}")
            store = arena.data.work / contender.file
            sizes = []
            # The second needs the first, also when only the second is asked for.
            for name in ("import", "import-again"):
                done = arena.run(contender.fill(bodies, store))
                sizes.append(size(store))
                if line := lines.get((name, contender.name)):
                    line.runs.append(done)
                if turn == 0:
                    check_store(arena, contender, name)
            arena.results.stores[f"{contender.name}, {fleet}"] = (sizes[0], sizes[1])
            remove(store)
    arena.results.lines += lines.values()


def check_store(arena: Arena, contender: Contender, name: str) -> None:
    """Every store holds the same runs."""
    stem = f"{name}.csv"
    store = arena.data.work / contender.file
    arena.run(contender.digest(store, arena.answer(stem, contender)))
    arena.check(stem, contender, DIGEST, name)
