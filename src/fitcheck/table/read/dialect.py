r"""
How a table is written: its encoding, delimiter and line ends, seen from a sample of its bytes.

What was chosen is said whenever it is not plain UTF-8 with commas, and can be said otherwise. Nothing rests on
`csv.Sniffer`, which takes letters for delimiters: only four delimiters are tried, and the one counts that gives the
most records of one and the same number of cells.
"""

import codecs
import io
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from fitcheck.nearest import nearest, quoted
from fitcheck.problems import DocumentError, Problem, UsageError
from fitcheck.table.read.records import QUOTE, records

SAMPLE_BYTES = 1_000_000
"""How much of a table's beginning is enough to know how it is written [bytes]."""

DELIMITERS = ",;\t|"
"""What is tried, in the order that decides between equals."""

NAMES = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a vertical bar"}

_WORDS = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "pipe": "|", "bar": "|"}
_MARKS = (  # the longer ones first: a mark of UTF-32 begins with one of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NO_TEXT = (
    (b"PK\x03\x04", "a spreadsheet or a zip archive", "for a spreadsheet: --from xlsx; for an archive: unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet (.xls) or document", "save it as XLSX or CSV"),
    (b"PAR1", "a Parquet file", "--from parquet"),
    (b"%PDF", "a PDF", "export the table itself"),
    (b"\x1f\x8b", "packed with gzip", "unpack it: gzip -dc FILE | fitcheck batch - ..."),
    (b"\x28\xb5\x2f\xfd", "packed with zstd", "unpack it: zstd -dc FILE | fitcheck batch - ..."),
    (b"BZh", "packed with bzip2", "unpack it: bzip2 -dc FILE | fitcheck batch - ..."),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it"),
    (b"SQLite format 3\0", "an SQLite database", "export the table as CSV"),
    (b"ARROW1", "an Arrow file", "save it as Parquet or CSV"),
)
_FIRST_RECORDS = 200
_SEP_LINE = re.compile(r'\s*"?sep=([^"\r\n\0])"?\s*\Z', re.IGNORECASE)
_MARKED_LINE = re.compile("^\ufeff+", re.MULTILINE)
_QUOTED = re.compile(r'"[^"]*"')


@dataclass(frozen=True, slots=True)
class Dialect:
    r"""
    How a table is written.

    Attributes:
        encoding: name of a Python codec that takes no byte order mark for itself, as `utf-8` and `utf-16-le`.
        bom: the byte order mark at the beginning, which is no part of the first cell; mostly none.
        delimiter: one character.
        line_end: most frequent one, "\n", "\r\n" or "\r".
        remarks: sentences for the user about what was chosen.
        by_line: whether lines that are UTF-8 are read as that, whatever `encoding` is.
    """

    encoding: str
    bom: bytes
    delimiter: str
    line_end: str
    remarks: tuple[str, ...] = ()
    by_line: bool = field(default=False, repr=False)


def sniff(sample: bytes, *, encoding: str | None = None, delimiter: str | None = None) -> Dialect:
    r"""
    Return how a table is written.

    Args:
        sample: its first bytes, up to `SAMPLE_BYTES`, perhaps cut in the middle of a character or a line.
        encoding: what the user says it is.
        delimiter: likewise; one character, or a word for it such as `tab`.

    Raises:
        UsageError: there is no such encoding, or the delimiter is not one character.
        DocumentError: this is no text.

    >>> sniff(b"id;deal\r\n7;12,5\r\n")
    Dialect(encoding='utf-8', bom=b'', delimiter=';', line_end='\r\n', remarks=('cells are separated by a semicolon',))
    """
    said = None if delimiter is None else _checked_delimiter(delimiter)
    if encoding is None:
        _refuse_no_text(sample)
        name, bom, remarks = _encoding_of(sample)
    else:
        name, bom, remarks = _said_encoding(encoding, sample)
    text = codecs.getincrementaldecoder(name)("replace").decode(sample[len(bom) :])
    text = _MARKED_LINE.sub("", text) if "\ufeff" in text else text
    line_end = _line_end_of(text)
    if said is None:
        said, remark = _delimiter_of(text)
        remarks += remark
    return Dialect(name, bom, said, line_end, remarks, by_line=encoding is None and name == "cp1252")


def _checked_delimiter(delimiter: str) -> str:
    character = _WORDS.get(delimiter.lower(), delimiter)
    if len(character) == 1 and character not in f"{QUOTE}\r\n\0":
        return character
    message = f"{quoted(delimiter)} can't part cells: a delimiter is one character, and no quote or line end"
    raise UsageError(Problem("bad-delimiter", message, hint='for example ";" or tab'))


def _refuse_no_text(sample: bytes) -> None:
    for begin, what, hint in _NO_TEXT:
        if sample.startswith(begin):
            raise DocumentError(Problem("not-text", f"this is {what}, not delimited text", hint=hint))


def _said_encoding(encoding: str, sample: bytes) -> tuple[str, bytes, tuple[str, ...]]:
    try:
        name = codecs.lookup(encoding).name
        bytes(4).decode(name, "surrogateescape")  # not every codec is one of text, or can hand on what it can't read
        codecs.getincrementaldecoder(name)
    except (LookupError, ValueError):
        known = ("utf-8", "utf-16", "utf-32", "cp1252", "latin-1", "cp1250", "cp1251", "mac-roman", "shift-jis", "gbk")
        message = f"unknown encoding {quoted(encoding)}"
        hint = nearest(encoding, known, show=0) or f"such as {', '.join(known)}"
        raise UsageError(Problem("unknown-encoding", message, hint=hint)) from None
    family = name.removesuffix("-sig")
    for bom, marked in _MARKS:
        if sample.startswith(bom) and marked.startswith(family):
            return marked, bom, ()
    if sample.startswith(codecs.BOM_UTF8):
        return name, b"", (f"this begins with the mark of UTF-8 and is read as {name}, as --encoding says",)
    if family in {"utf-16", "utf-32"}:
        return f"{family}-{_order_of(sample, int(family[-2:]) // 8)}", b"", ()
    return family, b"", ()


def _order_of(sample: bytes, width: int) -> str:
    """Return the byte order that puts more zeros into the upper bytes, "le" or "be"."""
    return "be" if sample[0::width].count(0) > sample[width - 1 :: width].count(0) else "le"


def _encoding_of(sample: bytes) -> tuple[str, bytes, tuple[str, ...]]:
    for bom, marked in _MARKS:
        if sample.startswith(bom):
            return marked, bom, () if marked == "utf-8" else (f"read as {marked.upper()}, because of its first bytes",)
    if name := _unmarked_utf16(sample):
        return name, b"", (f"read as {name.upper()}, because every other byte is 0: use --encoding if that is wrong",)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8", b"", ()
    broken = sample.decode("utf-8", "surrogateescape").splitlines()
    odd = sum(_has_escapes(line) for line in broken)
    right = sum(not line.isascii() for line in broken) - odd
    if odd > right:
        also = f"; {right:,} of its first lines are UTF-8 and read as that" if right else ""
        return (
            "cp1252",
            b"",
            (f"read as cp1252 (Windows), because it is not UTF-8: use --encoding if that is wrong{also}",),
        )
    # sequences of UTF-8 don't come about by chance: a few bytes were damaged, and cp1252 would garble all the rest
    return "utf-8", b"", ("read as UTF-8, though some bytes are not: use --encoding if that is wrong",)


def _has_escapes(line: str) -> bool:
    return not line.isascii() and any("\udc80" <= character <= "\udcff" for character in line)


def _unmarked_utf16(sample: bytes) -> str | None:
    half = len(sample) // 2
    even, odd = sample[0 : 2 * half : 2].count(0), sample[1 : 2 * half : 2].count(0)
    few, many = sorted((even, odd))
    if half < 2 or many < half / 2 or few > half / 100:  # noqa: PLR2004 - two characters are the least
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _line_end_of(text: str) -> str:
    bare = _QUOTED.sub("", text)  # a spreadsheet on an old Mac ends rows with CR, and lines inside a cell with LF
    if "\n" not in bare and "\r" not in bare:
        bare = text
    pairs = bare.count("\r\n")
    feeds, returns = bare.count("\n") - pairs, bare.count("\r") - pairs
    if returns > feeds + pairs:
        return "\r"
    return "\r\n" if pairs > feeds else "\n"


def _delimiter_of(text: str) -> tuple[str, tuple[str, ...]]:
    lines = list(islice(io.StringIO(text, newline=""), _FIRST_RECORDS))
    if lines and (sep := _SEP_LINE.match(lines[0])):
        return sep.group(1), (f"cells are separated by {_named(sep.group(1))}, as the first line says",)
    regularities = {delimiter: _regularity(lines, delimiter) for delimiter in DELIMITERS}
    most = max(seen.times for seen in regularities.values())
    best = max(DELIMITERS, key=lambda delimiter: regularities[delimiter].rank(most))  # the first of equals
    return best, () if best == "," else (f"cells are separated by {_named(best)}",)


def _named(delimiter: str) -> str:
    return NAMES.get(delimiter) or quoted(delimiter)


class _Regularity(NamedTuple):
    """How many lines have the most frequent number of cells above 1, that number, and whether the first has it."""

    times: int
    cells: int
    first: bool

    def rank(self, most: int) -> tuple[bool, bool, int, int]:
        """
        Return how likely this is; `most` is the highest number of such lines with any delimiter.

        Where amounts have a decimal comma, commas part the rows nearly as regularly as semicolons do, and a few
        damaged rows turn the scale. But not in the header: of those that are about as regular, it decides.
        """
        return self.times * 10 >= most * 9, self.first, self.times, self.cells


def _regularity(lines: list[str], delimiter: str) -> _Regularity:
    seen: Counter[int] = Counter()
    first = None
    for record in records(lines, delimiter):
        if not record.is_blank:
            cells = 0 if record.fault else len(record.cells)
            first = cells if first is None else first
            seen[cells] += record.span  # in lines: a cell of many lines falls into many records of a wrong delimiter
    times, cells = max(((times, cells) for cells, times in seen.items() if cells > 1), default=(0, 0))
    return _Regularity(times, cells, first == cells)
