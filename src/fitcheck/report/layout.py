"""Lines of toned text at a given width: what the plain and the coloured text report share."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fitcheck.report.document import Span, Tone

ASCII = str.maketrans(
    {
        "█": "#", "▒": "=", "░": ".", "┃": "|", "●": "*", "├": "[", "┤": "]", "─": "-", "┈": ".",
        "“": '"', "”": '"', "’": "'", "–": "-", "−": "-", "·": "-", "…": "...", "×": "x", "✗": "x", "→": ">",
    }
)  # fmt: skip


WIDE = 50
"""Below this many columns, bars and columns give way to plain sentences."""


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class TextOptions:
    """
    How to lay text out.

    Attributes:
        width: columns, >= 1.
        ascii_only: no character outside ASCII of our own making.
    """

    width: int = 80
    ascii_only: bool = False


def cells(text: str) -> int:
    """
    Columns that a terminal needs for a text.

    >>> cells("Zürich"), cells("東京")
    (6, 4)
    """
    if text.isascii():
        return len(text)
    return sum(_cell(char) for char in text)


def _cell(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def flow(spans: Iterable[Span], width: int, *, lead: Sequence[Span] = (), indent: int | None = None) -> Iterator[Line]:
    """
    Break toned text into lines.

    Args:
        spans: the text; white space in it may become a line end.
        width: columns of a line.
        lead: stands unbroken at the start of the first line.
        indent: columns before the following lines; the width of `lead` if None.

    Yields:
        Lines of at most `width` columns, unless `lead` alone is wider. A word that is longer than a line
        is broken inside.
    """
    line = list(lead)
    used = sum(cells(span.text) for span in lead)
    margin = min(used if indent is None else indent, max(0, width - 12))
    if used > max(margin, width - 12):
        if alone := _tidy(line):
            yield alone
        line, used = [Span(" " * margin)], margin
    empty = True
    for word in _words(spans, width - max(used, margin)):
        need = sum(cells(span.text) for span in word)
        if not empty and used + 1 + need > width:
            yield _tidy(line)
            line, used, empty = [Span(" " * margin)], margin, True
        if not empty:
            line.append(Span(" ", word[0].tone))
            used += 1
        line += word
        used += need
        empty = False
    if not empty or (lead and line[: len(lead)] == list(lead)):
        yield _tidy(line)


def heading(text: str, note: str, options: TextOptions) -> Iterator[Line]:
    """An empty line, then the title of a part with a remark."""
    yield ()
    remark = f" ({note})" if note else ""
    yield from flow([Span(text, "strong"), Span(remark, "faint")], options.width, indent=2)


def _words(spans: Iterable[Span], longest: int) -> Iterator[list[Span]]:
    """Words, each in pieces of one tone: only white space ends a word, the end of a span does not."""
    word: list[Span] = []
    used = 0
    for span in spans:
        for char in span.text:
            need = 0 if char.isspace() else _cell(char)
            if word and (char.isspace() or used + need > max(1, longest)):
                yield word
                word, used = [], 0
            if not char.isspace():
                word = _append(word, char, span.tone)
                used += need
    if word:
        yield word


def _append(word: list[Span], char: str, tone: Tone) -> list[Span]:
    if word and word[-1].tone == tone:
        return [*word[:-1], Span(word[-1].text + char, tone)]
    return [*word, Span(char, tone)]


def _tidy(line: Sequence[Span]) -> Line:
    """Join neighbours of one tone and drop blanks at the end."""
    joined: list[Span] = []
    for span in line:
        if joined and joined[-1].tone == span.tone:
            joined[-1] = Span(joined[-1].text + span.text, span.tone)
        elif span.text:
            joined.append(span)
    while joined and not joined[-1].text.rstrip():
        joined.pop()
    if joined:
        joined[-1] = Span(joined[-1].text.rstrip(), joined[-1].tone)
    return tuple(joined)


def plain(lines: Iterable[Line]) -> str:
    """Lines as text without tones; every line ends with a line feed."""
    return "".join("".join(span.text for span in line) + "\n" for line in lines)


def to_ascii(lines: Iterable[Line]) -> Iterator[Line]:
    """Replace the drawing characters of our own; a user's text is left to the stream."""
    for line in lines:
        yield tuple(Span(span.text.translate(ASCII), span.tone) for span in line)


def share_bar(columns: int, low: float, high: float, floor: float | None) -> str:
    """
    Draw a share of a whole.

    Args:
        columns: of the bar.
        low: certain part, 0..1.
        high: what unknown answers could still fill, 0..1.
        floor: where a gate stands, 0..1.

    >>> share_bar(10, 0.4, 0.6, 0.35)
    '████▒▒░░░░'
    >>> share_bar(10, 0.2, 0.2, 0.35)
    '██░┃░░░░░░'
    """
    sure, maybe = round(columns * low), round(columns * high)
    marks = ["█"] * sure + ["▒"] * (maybe - sure) + ["░"] * (columns - maybe)
    if floor and (at := min(columns - 1, int(columns * floor))) >= sure:
        marks[at] = "┃"
    return "".join(marks)


def range_bar(columns: int, low: float, now: float, high: float, mark: float | None) -> str:
    """
    Draw a figure on its scale: the range of what is possible, the figure, and a mark beside it; shares 0..1.

    >>> range_bar(21, 0.2, 0.4, 0.6, 0.5)
    '┈┈┈┈├───●─┃─┤┈┈┈┈┈┈┈┈'
    """
    last = columns - 1
    marks = ["┈"] * columns
    first, final = round(last * low), round(last * high)
    if final > first:
        marks[first : final + 1] = ["├", *"─" * (final - first - 1), "┤"]
    at = round(last * now)
    if mark is not None:
        beside = round(last * mark)
        if beside == at and mark != now and columns > 1:  # both are to be seen, each on its side
            beside = min(max(at + (1 if mark > now else -1), 0), last)
        marks[beside] = "┃"
    marks[at] = "●"
    return "".join(marks)
