"""Lines of toned text → a terminal, by rich. The only module of the reports that knows rich."""

from collections.abc import Iterable
from contextlib import nullcontext
from typing import TextIO

from rich.console import Console
from rich.text import Text

from fitcheck.report.document import Tone
from fitcheck.report.layout import Line

STYLES: dict[Tone, str] = {
    "plain": "",
    "strong": "bold",
    "good": "bold green",
    "bad": "bold yellow",
    "open": "cyan",
    "faint": "dim",
}


def print_lines(lines: Iterable[Line], file: TextIO, width: int, *, coloured: bool = True, pager: bool = False) -> None:
    """Print lines as they are laid out, a screen at a time with a pager; a user's text is never markup."""
    console = Console(
        file=file, width=width, highlight=False, markup=False, emoji=False, soft_wrap=True, no_color=not coloured
    )
    with console.pager(styles=coloured) if pager else nullcontext():
        for line in lines:
            console.print(Text.assemble(*((span.text, STYLES[span.tone]) for span in line)))
