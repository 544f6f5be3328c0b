r"""
Physical lines into records: a strict splitter that gives up on one line and goes on at the next.

RFC 4180 to the letter: a quoted cell begins right after a delimiter or at the start of a line, ends right before a
delimiter or the end of a line, and may hold delimiters, line ends and, written twice, quotes. Everything else with a
quote in it is a fault, because whoever guesses there shifts answers into the wrong column without a word.

What is held to, and tested (`tests/table/read/test_records.py`):

- Every physical line is in exactly one record, in order.
- A record that is not damaged, and is reached at its first line, comes out right. So everything before a damage does.
- A quoted cell that goes on must end properly, within `MOST_CHARACTERS`, and give exactly as many cells as there are
  columns; then it is a cell, whatever stands in it. Else the line where it began is a record of its own with a fault,
  and splitting goes on at the very next line, so that a quote that is never closed costs its own line only.
- ="00123", as systems write it to keep spreadsheets from changing a text, is the text between its quotes.

>>> for record in records(['id,note\n', '1,"two\n', 'lines"\n', '2,5" pipe\n', '3,fine'], ",", width=2):
...     print(record.line, record.cells, record.fault and record.fault.code)
1 ['id', 'note'] None
2 ['1', 'two\nlines'] None
4 ['2', '5" pipe'] lone-quote
5 ['3', 'fine'] None
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

REJECT_COLUMNS = ("fit_row", "fit_problems")
"""What rejected rows get beside their own cells: where they stood, and everything that is wrong with them."""

MOST_CHARACTERS = 1_000_000
"""How long a record of several lines may be [characters]."""

MOST_REOPENED = 100
"""So many quoted cells of several lines may be in one record whose width nobody knows."""

QUOTE = '"'
_GUARD = f"={QUOTE}"


class Fault(NamedTuple):
    """
    Why a record can't be read.

    Attributes:
        code: stable, kebab-case: `lone-quote`, `text-after-quote`, `open-quote`, `too-few-cells`, `too-many-cells`,
            `undecodable`, `nul-character`; tables that are not delimited text have more.
        message: one sentence, without file or line.
    """

    code: str
    message: str


NO_FLAWS: Mapping[int | str, Fault] = {}


class Record(NamedTuple):
    """
    One row of a table as it stands there.

    Attributes:
        line: 1-based physical line, or row of a sheet, where it begins.
        cells: its cells; none for a blank line. With a fault, as far as it could be split: at every delimiter.
        raw: its text without the last line end; empty where a table isn't text.
        fault: why it is no row of the table; None if it is one.
        span: how many physical lines it takes.
        values: of its cells, where these have types.
        flaws: what is wrong with cells, by position, or by name where their column came too late to be one; it counts
            only in columns that are read.
        members: of its JSON object, keys and values.
        repeats: whether an earlier record has the same id.
        is_title: whether it is the title of a group of records.
    """

    line: int
    cells: list[str]
    raw: str
    fault: Fault | None = None
    span: int = 1
    values: Sequence[Any] = ()
    flaws: Mapping[int | str, Fault] = NO_FLAWS
    members: Sequence[tuple[str, Any]] = ()
    repeats: bool = False
    is_title: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing but blanks stands there."""
        return not self.cells and self.fault is None


def records(lines: Iterable[str], delimiter: str, *, first_line: int = 1, width: int | None = None) -> Iterator[Record]:
    r"""
    Split physical lines into records, one after the other, in constant memory.

    Args:
        lines: physical lines, each with its line end ("\n", "\r\n" or "\r"), the last perhaps without. Bytes that
            could not be decoded stand in them as lone surrogates.
        delimiter: one character.
        first_line: the number of the first of `lines`.
        width: how many cells a record must have; None takes any number.
    """
    source = iter(lines)
    splitter = _Splitter(delimiter, width)
    # a table of one column has no delimiters to tell an empty cell from a blank line: every line is looked at
    usual = width if width is not None and width > 1 else -1
    number = first_line - 1
    for line in source:
        number += 1
        text = line.removesuffix("\n").removesuffix("\r")
        if QUOTE in text:
            for record in splitter.with_quotes(line, source, number):
                yield record
                number = record.line + record.span - 1
            continue
        cells = text.split(delimiter)
        if len(cells) == usual and text.isascii() and "\0" not in text:
            yield Record(number, cells, text)
        else:
            yield splitter.checked(number, cells, text)


def split_line(text: str, delimiter: str) -> list[str] | str:
    r"""
    Return the cells of a text with quotes in it, or the code of the fault that it has.

    >>> [split_line(text, ",") for text in ('"a, b",,"c ""d",', 'a"b', 'a,"b', '="007",x')]
    [['a, b', '', 'c "d', ''], 'lone-quote', 'open-quote', ['007', 'x']]
    """
    split = _split(text, delimiter)
    if _GUARD not in text:
        return split
    if isinstance(split, str):
        between = re.escape(delimiter)
        guarded = rf'(?<![^{between}])="((?:[^"]|"")*)"(?=[{between}]|\Z)'
        split = _split(re.sub(guarded, r'"\1"', text), delimiter)
    return split if isinstance(split, str) else [_unguarded(cell) for cell in split]


def _unguarded(cell: str) -> str:
    return cell[2:-1] if cell.startswith(_GUARD) and cell.endswith(QUOTE) and len(cell) > len(_GUARD) else cell


def _split(text: str, delimiter: str) -> list[str] | str:
    if text[0] == QUOTE == text[-1]:
        # every cell quoted, no quote inside one: what most systems write that quote at all
        cells = text[1:-1].split(f'"{delimiter}"')
        if text.count(QUOTE) == 2 * len(cells):
            return cells
    outside_in = text.split(QUOTE)  # by turns outside and inside of quotes
    last = len(outside_in) - 1
    cells = outside_in[0].split(delimiter)
    if cells.pop():
        return "lone-quote"
    opened = 1
    for at in range(2, last + 1, 2):
        outside = outside_in[at]
        if not outside and at < last:
            continue  # a quote written twice
        cells.append(QUOTE.join(outside_in[opened:at:2]))
        if outside:
            if outside[0] != delimiter:
                return "text-after-quote"
            cells += outside[1:].split(delimiter)
        if at == last:
            return cells
        if cells.pop():
            return "lone-quote"
        opened = at + 1
    return "open-quote"


_QUOTE_FAULTS = {
    "lone-quote": Fault("lone-quote", "a quote stands inside a cell that does not begin with one"),
    "text-after-quote": Fault("text-after-quote", "something follows the quote that ends a cell"),
    "open-quote": Fault("open-quote", "a quote opens a cell here, and nothing closes it"),
}


class _Splitter(NamedTuple):
    """What is looked at more closely than at its delimiters."""

    delimiter: str
    width: int | None

    def checked(self, line: int, cells: list[str], raw: str, span: int = 1) -> Record:
        """Return a record that was split, with the fault of its characters or of its width."""
        if not raw or (raw.isspace() and self.delimiter not in raw):
            return Record(line, [], raw)
        return Record(line, cells, raw, fault_of_text(raw) or fault_of_width(len(cells), self.width), span)

    def with_quotes(self, first: str, source: Iterator[str], number: int) -> Iterator[Record]:
        """Yield the record that begins at a line with a quote, and those of all lines that had to be read for it."""
        ahead = deque([first])
        while ahead:
            line = ahead.popleft()
            text = line.removesuffix("\n").removesuffix("\r")
            split = split_line(text, self.delimiter) if QUOTE in text else text.split(self.delimiter)
            if isinstance(split, list):
                record = self.checked(number, split, text)
            elif split == "open-quote":
                record = self.read_on(line, ahead, source, number)
            else:
                record = Record(number, text.split(self.delimiter), text, _QUOTE_FAULTS[split])
            yield record
            number += record.span

    def read_on(self, line: str, ahead: deque[str], source: Iterator[str], number: int) -> Record:
        """Join a line whose last cell is open with those that follow, or give up on this one line."""
        parts, length, fault = [line], len(line), _QUOTE_FAULTS["open-quote"]
        reopened = 0
        for following in _peek(ahead, source):
            parts.append(following)
            length += len(following)
            if length > MOST_CHARACTERS:
                break
            if QUOTE not in following.replace(QUOTE + QUOTE, ""):
                continue  # nothing closes the cell here
            raw = "".join(parts).removesuffix("\n").removesuffix("\r")
            split = split_line(raw, self.delimiter)
            if split == "open-quote":
                reopened += 1
                if reopened > (self.width or MOST_REOPENED):  # every time a cell was closed
                    break
                continue
            if isinstance(split, list):
                if self.width is None or len(split) == self.width:
                    for _ in parts[1:]:
                        ahead.popleft()
                    return self.checked(number, split, raw, span=len(parts))
                fault = _fault_of_joined(len(split), self.width, len(parts))
            break
        text = line.removesuffix("\n").removesuffix("\r")
        return Record(number, text.split(self.delimiter), text, fault)


def _peek(ahead: deque[str], source: Iterator[str]) -> Iterator[str]:
    """Yield the lines that follow and keep all of them in `ahead`."""
    yield from tuple(ahead)
    for line in source:
        ahead.append(line)
        yield line


def fault_of_text(text: str) -> Fault | None:
    """Return what is wrong with the characters of a text."""
    if "\0" in text:
        return Fault("nul-character", "a NUL stands in this row: it is damaged, or in another encoding")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return Fault("undecodable", "some bytes of this row are not valid in the table's encoding")
    return None


@lru_cache(maxsize=256)
def fault_of_width(count: int, width: int | None) -> Fault | None:
    """Return what is wrong with so many cells in a row."""
    if width is None or count == width:
        return None
    cells = "1 cell" if count == 1 else f"{count:,} cells"
    return Fault(_code_of_width(count, width), f"this row has {cells} where the header has {width:,}")


def _fault_of_joined(count: int, width: int, lines: int) -> Fault:
    message = f"a quoted cell goes on here, and the {lines} lines have {count:,} cells where the header has {width:,}"
    return Fault(_code_of_width(count, width), message)


def _code_of_width(count: int, width: int) -> str:
    return "too-few-cells" if count < width else "too-many-cells"
