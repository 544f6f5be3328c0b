"""
What a report for people is made of: a few kinds of block, and toned text inside them.

A report is built once, as a sequence of blocks. `report.text`, `report.markdown` and `report.html` each lay out every
kind of block; none of them knows any report. A user's text is data in all of them: never markup, never an escape code.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

Tone = Literal["plain", "strong", "good", "bad", "open", "faint"]
"""What a piece of text means; colour is one way to show it, never the only one."""

Detail = Literal["quiet", "short", "full", "explain"]
"""How much a report tells: a line, a screen, every section, or the arithmetic too."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text with one tone."""

    text: str
    tone: Tone = "plain"


Text: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """What a report is about: the verdict, whom it is on, and a figure beside it."""

    lead: Span
    name: str
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph."""

    text: Text


@dataclass(frozen=True, slots=True)
class Hint:
    """What else a command would show: of use on a terminal only, so that nothing but text has it."""

    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a list: its mark, number, figure or label; what it says; and what stands below it."""

    lead: Span
    text: Text
    sub: "tuple[Block, ...]" = ()


@dataclass(frozen=True, slots=True)
class Items:
    """
    A list.

    Attributes:
        items: its entries.
        column: least width of the leads, in columns.
        align: where leads stand that are narrower than the widest.
    """

    items: tuple[Item, ...]
    column: int = 0
    align: Literal["left", "right"] = "left"


@dataclass(frozen=True, slots=True)
class Bar:
    """
    A figure on its scale: the range of what is possible, where it stands, and a mark to reach or to stay below.

    Attributes:
        low, now, high: 0..`most`.
        mark: likewise; None if there is none.
        most: end of the scale.
        label: what it shows, for those who can't see it.
    """

    low: Fraction
    now: Fraction
    high: Fraction
    mark: Fraction | None
    most: Fraction
    label: str


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a whole, as a cell of a grid: the certain part, what may still come, and a floor; 0..1."""

    low: Fraction
    high: Fraction
    floor: Fraction | None
    label: str


Cell: TypeAlias = Text | Share


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a grid: what it is about, its cells, and what stands below it."""

    label: Text
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """
    Rows of cells in columns.

    Attributes:
        rows: all with as many cells.
        head: titles of the columns, without the one of the labels; empty for none.
        right: which columns of cells are flush right.
    """

    rows: tuple[Row, ...]
    head: tuple[str, ...] = ()
    right: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks that belong together, under a title with a remark, or without a title."""

    blocks: "tuple[Block, ...]"
    title: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Details:
    """The rest of a report, which a page folds away."""

    summary: str
    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class Rule:
    """A line between two reports."""


Block: TypeAlias = Title | Para | Hint | Items | Bar | Grid | Section | Details | Rule
Blocks: TypeAlias = tuple[Block, ...]


def text(*parts: str | Span) -> Text:
    """
    Toned text from strings and spans; empty ones go.

    >>> text("a ", Span("b", "strong"), "")
    (Span(text='a ', tone='plain'), Span(text='b', tone='strong'))
    """
    spans = (Span(part) if isinstance(part, str) else part for part in parts)
    return tuple(span for span in spans if span.text)


def para(*parts: str | Span) -> Para:
    """Return a paragraph of strings and spans."""
    return Para(text(*parts))


def joined(parts: Iterable[Text | str], between: str = " · ") -> Text:
    """
    Join texts.

    >>> joined(["a", text("b")])
    (Span(text='a', tone='plain'), Span(text=' · ', tone='plain'), Span(text='b', tone='plain'))
    """
    spans: list[Span] = []
    for part in parts:
        if part:
            spans += [*([Span(between)] if spans else []), *(text(part) if isinstance(part, str) else part)]
    return tuple(spans)


def section(title: str, blocks: Iterable[Block], note: str = "") -> Iterator[Section]:
    """Yield a section, unless nothing stands in it."""
    if inside := tuple(blocks):
        yield Section(inside, title, note)


def items(entries: Iterable[Item], column: int = 0, align: Literal["left", "right"] = "left") -> Iterator[Items]:
    """Yield a list, unless it is empty."""
    if found := tuple(entries):
        yield Items(found, column, align)
