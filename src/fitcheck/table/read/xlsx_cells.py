"""
What a spreadsheet's XML says of cells beyond their values: errors, formulas without a value, percentages, and extent.

python-calamine gives a blank cell for an error and for a formula that was never calculated, and a plain number for a
percentage; and it takes memory for every cell up to the last one, so that one far away takes all there is.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from posixpath import join, normpath
from typing import Any
from xml.etree.ElementTree import Element, fromstring
from xml.parsers.expat import ParserCreate
from zipfile import ZIP_DEFLATED, ZipFile

from fitcheck.problems import DocumentError, Problem

WORKBOOK = "xl/workbook.xml"

MOST_CELLS = 50_000_000
"""How many cells a sheet may have from the first to the last, blank ones and all: each takes memory."""

MANY_CELLS = 2_000_000
"""From so many on it is worth the time to look for blank cells far away."""

_BLOCK = 1 << 20
_REF = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_MARKS = re.compile(rb"""\bt\s*=\s*["']e["']|<(?:\w+:)?f[\s>/]""")
_COLUMNS = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})\d""")
_ROWS = re.compile(rb"""\br\s*=\s*["'](\d+)["']""")
_PERCENT_FORMATS = frozenset((9, 10))
"""Numbers of the formats "0%" and "0.00%"."""

_NO_FORMAT = re.compile(r'"[^"]*"|\\.')
Position = tuple[int, int]


@dataclass
class CellNotes:
    """
    What is known of the cells of a sheet, each by row and column from 0.

    Attributes:
        errors: texts of the errors in cells.
        uncalculated: cells with a formula and without a value.
        percents: cells with a number that is shown as a percentage.
        last: row and column after the last cell that is not blank.
        blanks: where the tags of blank cells begin and end [bytes], with its position.
    """

    errors: dict[Position, str] = field(default_factory=dict)
    uncalculated: set[Position] = field(default_factory=set)
    percents: set[Position] = field(default_factory=set)
    last: Position = (0, 0)
    blanks: list[tuple[int, int, Position]] = field(default_factory=list)

    @property
    def far_blanks(self) -> list[tuple[int, int]]:
        """Where the tags begin and end of blank cells beyond the last cell [bytes]."""
        rows, columns = self.last
        return [(begin, end) for begin, end, (row, column) in self.blanks if row >= rows or column >= columns]


def notes_of(packed: ZipFile, sheet: str) -> tuple[CellNotes, str] | None:
    """
    Return what the XML says of a sheet's cells, and the name of its part; None where the archive is of another kind.

    Args:
        packed: the spreadsheet.
        sheet: its name.

    Raises:
        DocumentError: it has more cells than memory may hold.
    """
    names = {*packed.namelist()}
    if WORKBOOK not in names or (part := _part_of(packed, sheet)) not in names:
        return None
    percents = _percent_styles(packed) if "xl/styles.xml" in names else frozenset[str]()
    notes = CellNotes()
    has_marks, cells = _seen(packed, part)
    if percents or has_marks or cells > MANY_CELLS:
        _Cells(notes, percents).read(packed, part)
    if notes.last[0] * notes.last[1] > MOST_CELLS:
        rows, columns = notes.last
        message = f"this sheet goes over {rows:,} rows and {columns:,} columns, more than {MOST_CELLS:,} cells"
        raise DocumentError(Problem("too-large", message, hint="delete what stands far away, or save the table as CSV"))
    return notes, part


def without_far_blanks(packed: ZipFile, part: str, notes: CellNotes) -> bytes:
    """Return a spreadsheet without the blank cells beyond its last cell, which would take memory for all between."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as copy:
        for name in packed.namelist():
            data = packed.read(name)
            if name == part:
                pieces, at = [], 0
                for begin, end in notes.far_blanks:
                    pieces.append(data[at:begin])
                    at = data.index(b">", end) + 1
                data = b"".join([*pieces, data[at:]])
                data = re.sub(rb"<(\w+:)?dimension\b[^>]*>", b"", data, count=1)
            copy.writestr(name, data)
    return out.getvalue()


def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2]


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if _local(key) == name), "")


def _xml(packed: ZipFile, name: str) -> Element:
    data = packed.read(name)
    if b"<!DOCTYPE" in data:
        raise DocumentError(Problem("cannot-read", "this can't be read as a spreadsheet: its XML declares a type"))
    return fromstring(data)  # noqa: S314 - without a type nothing can be expanded


def _part_of(packed: ZipFile, sheet: str) -> str:
    """Return the name of the part that holds a sheet."""
    found = next(
        (e for e in _xml(packed, WORKBOOK).iter() if _local(e.tag) == "sheet" and e.get("name") == sheet), None
    )
    relation = _attribute(found, "id") if found is not None else ""
    relations = "xl/_rels/workbook.xml.rels"
    if not relation or relations not in packed.namelist():
        return ""
    for each in _xml(packed, relations):
        if each.get("Id") == relation:
            target = each.get("Target", "")
            return target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
    return ""


def _percent_styles(packed: ZipFile) -> frozenset[str]:
    """Return the numbers of the styles that show a number as a percentage."""
    styles = _xml(packed, "xl/styles.xml")
    codes = {e.get("numFmtId", ""): e.get("formatCode", "") for e in styles.iter() if _local(e.tag) == "numFmt"}
    percent = {key for key, code in codes.items() if "%" in _NO_FORMAT.sub("", code)} | {*map(str, _PERCENT_FORMATS)}
    cells = next((e for e in styles if _local(e.tag) == "cellXfs"), None)
    found = enumerate(cells if cells is not None else ())
    return frozenset(str(k) for k, style in found if style.get("numFmtId") in percent)


def _seen(packed: ZipFile, part: str) -> tuple[bool, int]:
    """Whether a sheet has errors or formulas at all, and how many cells there are up to its last row and column."""
    before, has_marks, rows, columns = b"", False, 0, set[bytes]()
    for block in _blocks(packed, part):
        text = before + block
        has_marks = has_marks or _MARKS.search(text) is not None
        columns.update(_COLUMNS.findall(text))
        rows = max(rows, *map(int, _ROWS.findall(text)), 0)
        before = block[-64:]
    return has_marks, rows * max((_column_of(letters.decode()) + 1 for letters in columns), default=0)


def _blocks(packed: ZipFile, part: str) -> Iterator[bytes]:
    with packed.open(part) as stream:
        while block := stream.read(_BLOCK):
            yield block


class _Cells:
    """Reads the cells of a sheet, one after the other, in constant memory."""

    def __init__(self, notes: CellNotes, percents: frozenset[str]) -> None:
        self._notes, self._percents = notes, percents
        self._parser: Any = ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.buffer_text = True
        self._parser.CharacterDataHandler = self._text
        self._row = self._column = -1
        self._kind = self._style = ""
        self._value: list[str] = []
        self._begin = 0
        self._in_cell = self._takes = self._has_formula = self._has_value = False

    def read(self, packed: ZipFile, part: str) -> None:
        """Read a part."""
        for block in _blocks(packed, part):
            if b"<!DOCTYPE" in block:
                raise DocumentError(
                    Problem("cannot-read", "this can't be read as a spreadsheet: its XML declares a type")
                )
            self._parser.Parse(block, False)
        self._parser.Parse(b"", True)

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = _local(tag)
        if name == "row":
            self._row, self._column = int(attributes.get("r", self._row + 2)) - 1, -1
        elif name == "c":
            found = _REF.fullmatch(attributes.get("r", ""))
            self._column = _column_of(found[1]) if found else self._column + 1
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._begin, self._value, self._in_cell = self._parser.CurrentByteIndex, [], True
            self._has_formula = self._has_value = False
        elif self._in_cell:
            self._takes = name in {"v", "t"}
            self._has_formula = self._has_formula or name == "f"
            self._has_value = self._has_value or name == "v"

    def _text(self, text: str) -> None:
        if self._takes:
            self._value.append(text)

    def _end(self, tag: str) -> None:
        name = _local(tag)
        self._takes = False
        if name == "c" and self._in_cell:
            self._in_cell = False
            self._finish("".join(self._value))

    def _finish(self, value: str) -> None:
        notes, here = self._notes, (self._row, self._column)
        if not value and not self._has_formula:
            notes.blanks.append((self._begin, self._parser.CurrentByteIndex, here))
            return
        notes.last = max(notes.last[0], self._row + 1), max(notes.last[1], self._column + 1)
        if self._kind == "e":
            notes.errors[here] = value
        elif not value and not (self._has_value and self._kind == "str"):  # which is a formula's empty text
            notes.uncalculated.add(here)
        elif self._kind == "n" and self._style in self._percents:
            notes.percents.add(here)


def _column_of(letters: str) -> int:
    """
    Return the position of a column from 0.

    >>> _column_of("A"), _column_of("XFD")
    (0, 16383)
    """
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - ord("A") + 1
    return found - 1


def letters_of(column: int) -> str:
    """
    Return the letters of a column from its position.

    >>> letters_of(2), letters_of(27), letters_of(16383)
    ('C', 'AB', 'XFD')
    """
    found, left = "", column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        found = chr(ord("A") + letter) + found
    return found
