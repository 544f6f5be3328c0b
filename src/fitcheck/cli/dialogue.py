"""A dialogue on the terminal: shows lines, hears what is typed, and keeps the question on the screen."""

import sys
from collections.abc import Iterable
from contextlib import nullcontext, redirect_stdout, suppress

from fitcheck.cli.streams import print_text, text_height, text_options
from fitcheck.problems import printable
from fitcheck.report.document import Span
from fitcheck.report.layout import Line, cells, flow

STOP = "q"
"""Typed to save and quit, at every prompt."""


class Stopped(Exception):  # noqa: N818 - nothing is wrong
    """The user quits, or the input has ended."""


class Dialogue:
    """
    Shows text on standard error and reads standard input, so that standard output holds the report alone.

    Where all three are the terminal, lines can be edited and recalled, as far as Python has readline.
    """

    def __init__(self) -> None:
        self.layout = text_options(sys.stderr)
        self._edits = all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
        if self._edits:
            with suppress(ImportError):
                import readline  # noqa: F401 - `input` uses it once it is imported
        if hasattr(sys.stdin, "reconfigure"):
            sys.stdin.reconfigure(errors="replace")
        self._height = text_height(sys.stderr)
        self._question: tuple[Line, ...] = ()
        self._rows = 0

    def show(self, lines: Iterable[Line]) -> None:
        """Show lines."""
        shown = [*lines]
        self._rows += len(shown)
        print_text(shown, self.layout, sys.stderr)

    def say(self, text: str) -> None:
        """Show a sentence."""
        self.show(flow([Span(printable(text))], self.layout.width))

    def pose(self, lines: Iterable[Line]) -> None:
        """Show a question, which `hear` shows again before it would scroll off the screen."""
        self._question, self._rows = (*lines,), 0
        self.show(self._question)

    def hear(self, prompt: str) -> str:
        """
        Return what is typed, without surrounding blanks.

        Raises:
            Stopped: `STOP` was typed, or the input has ended.
        """
        if len(self._question) < self._rows >= self._height:
            self.pose(self._question)
        # `input` knows only standard output; elsewhere than on a terminal that is the report's
        with nullcontext() if self._edits else redirect_stdout(sys.stderr):
            try:
                line = input(f"{prompt} ").strip()
            except EOFError:
                sys.stderr.write("\n")
                raise Stopped from None
        self._rows += 1 + cells(f"{prompt} {line}") // self.layout.width
        if line.lower() == STOP:
            raise Stopped
        return line

    def forget(self) -> None:
        """Let the last question scroll off: another part of the dialogue begins."""
        self._question = ()
