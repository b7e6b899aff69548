"""What goes on, on standard error: one changing line on a terminal, a line a stage elsewhere."""

import sys


class Progress:
    def __init__(self) -> None:
        self.terminal = sys.stderr.isatty()
        self.stage_text = ""

    def stage(self, text: str) -> None:
        """A task begins."""
        self.stage_text = text
        self.draw(text, "\n")

    def step(self, text: str) -> None:
        """One of a stage's many steps."""
        if self.terminal:
            self.draw(f"{self.stage_text}: {text}", "")

    def clear(self) -> None:
        if self.terminal:
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    def draw(self, text: str, end: str) -> None:
        start = "\r\033[K" if self.terminal else ""
        print(f"{start}{text}", end="" if self.terminal else end, file=sys.stderr, flush=True)
