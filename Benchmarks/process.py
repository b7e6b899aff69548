"""Runs a whole process to its end, and tells how long it took and how much memory it held at most.

wait4 tells the peak of one child and of no other. Linux counts what the parent holds when it spawns
as the child's own (`setmax_mm_hiwater_rss` in its exec), so no peak is seen below that floor; that
is why little is loaded here, and posix_spawn used instead of subprocess.
"""

import os
import shlex
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

# ru_maxrss is in KiB on Linux and in bytes on macOS.
UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Command:
    """A program with its arguments, what it reads, and where its standard output goes."""

    arguments: list[str]
    input: Path | None = None
    output: Path | None = None

    def __str__(self) -> str:
        text = shlex.join(self.arguments)
        if self.input:
            text += f" < {shlex.quote(str(self.input))}"
        if self.output:
            text += f" > {shlex.quote(str(self.output))}"
        return text


@dataclass(frozen=True)
class Run:
    seconds: float
    # Of all cores together; other work on the machine changes it least.
    cpu_seconds: float
    peak_bytes: int


class Failed(Exception):
    """A program that ended badly; its text is ready to be shown."""


def environment() -> dict[str, str]:
    """As little as possible, so that nobody's settings change what is measured."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return kept | {"LANG": "C.UTF-8", "TZ": "UTC", "RUNTIME__DLTHUB_TELEMETRY": "false"}


def run(command: Command, log: Path) -> Run:
    """Runs a command in the current directory; what it says on standard error goes to `log`."""
    output = str(command.output or log.with_suffix(".out"))
    write = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, str(command.input or os.devnull), os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, output, write, 0o644),
        (os.POSIX_SPAWN_OPEN, 2, str(log), write, 0o644),
    ]
    began = time.perf_counter()
    try:
        pid = os.posix_spawnp(
            command.arguments[0], command.arguments, environment(), file_actions=actions
        )
    except OSError as error:
        raise Failed(f"{command.arguments[0]} cannot be started: {error.strerror}") from error
    try:
        _, status, usage = os.wait4(pid, 0)
    except KeyboardInterrupt:
        os.kill(pid, signal.SIGTERM)
        os.waitpid(pid, 0)
        raise
    seconds = time.perf_counter() - began
    code = os.waitstatus_to_exitcode(status)
    if code != 0:
        how = f"ended with {code}" if code > 0 else f"was stopped by {signal.Signals(-code).name}"
        said = "\n  ".join(log.read_text(errors="replace").strip().splitlines()[-12:])
        raise Failed(f"this command {how}:\n  {command}\n  {said}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * UNIT)


def floor(log: Path) -> int:
    """The peak that a program of next to no memory seems to have."""
    return run(Command(["true"]), log).peak_bytes
