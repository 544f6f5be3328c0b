"""Reports as text that a model has room for."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from fitcheck.report.document import Block, Blocks, Detail, Hint, Section
from fitcheck.report.layout import TextOptions, plain
from fitcheck.report.text import text_lines

SHORT, LONG = 6_000, 60_000
"""Bytes of an answer at most; the second where more than the short report is asked for."""

_NOTE = 90
"""Bytes kept free for the sentence that says so."""


def shown(blocks: Blocks, detail: Detail = "short") -> str:
    """Lay a report out as text, cut to what was asked for."""
    most = SHORT if detail in {"quiet", "short"} else LONG
    return bounded(plain(text_lines(_without_hints(blocks), TextOptions())), most)


def _without_hints(blocks: Sequence[Block]) -> Iterator[Block]:
    """Leave out hints at options of the command line."""
    for block in blocks:
        if isinstance(block, Section):
            yield replace(block, blocks=tuple(_without_hints(block.blocks)))
        elif not isinstance(block, Hint):
            yield block


def bounded(text: str, most: int) -> str:
    r"""
    Cut a text after a line, so that it has at most so many bytes, and say so.

    >>> bounded("one\ntwo\n", 8), len(bounded("a line\n" * 1000, 200)) <= 200
    ('one\ntwo\n', True)
    """
    data = text.encode()
    if len(data) <= most:
        return text
    end = data.rfind(b"\n", 0, most - _NOTE) + 1
    left = data.count(b"\n", end)
    return f"{data[:end].decode()}... cut here: {left} more lines. Name fewer files, or ask for less.\n"
