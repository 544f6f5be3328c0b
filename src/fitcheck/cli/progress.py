"""The progress of a long run: one line on standard error, on a terminal only."""

import sys
import time
from typing import Self

AFTER = 0.5
"""Seconds before anything is shown."""

EVERY = 0.1
"""Seconds between two updates."""

BAR = 24

LARGE = 3_000_000
"""Bytes from which a bar is drawn: reading runs ahead of scoring by a million bytes or more."""


class Progress:
    """
    Shows the number of rows done, and their share of the file.

    Args:
        size: of the file [bytes]; None for a stream.
        position: the file that is being read, for its position.
    """

    def __init__(self, size: int | None, position: object = None) -> None:
        self._size, self._position = size, position
        self._shows = sys.stderr.isatty()
        self._begun = self._last = time.monotonic()
        self._drawn = 0

    def __call__(self, rows: int) -> None:
        """Show the number of rows done."""
        now = time.monotonic()
        if self._shows and now - self._begun > AFTER and now - self._last > EVERY:
            self._last = now
            self._draw(f"{rows:,} rows{self._bar()}")

    def _bar(self) -> str:
        tell = getattr(self._position, "tell", None)
        if not self._size or self._size < LARGE or tell is None:
            return ""
        share = min(1.0, tell() / self._size)
        done = int(BAR * share)
        return f"  {'█' * done}{'░' * (BAR - done)}  {int(100 * share)} %"

    def _draw(self, text: str) -> None:
        sys.stderr.write(f"\r{text:<{self._drawn}}")
        sys.stderr.flush()
        self._drawn = len(text)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave no trace of the line."""
        if self._drawn:
            sys.stderr.write(f"\r{'':<{self._drawn}}\r")
            sys.stderr.flush()
