r"""
Bytes into physical lines, each with its line end, in constant memory.

In a table whose lines end in LF or CRLF only LF ends a line: a lone CR stands inside a cell there, as common writers
leave it, and would otherwise cut a row in two. Only where the dialect says CR does every CR and LF end a line.
"""

import codecs
import io
from collections.abc import Iterator
from functools import partial
from typing import Protocol

from fitcheck.table.read.dialect import Dialect

UNDECODABLE = "fitcheck-undecodable"

MARK = "\ufeff"
"""Byte order mark; it is no character of a cell at the start of a line."""

LONGEST = 1 << 25
"""How long a line may be [characters or bytes]: what goes on for longer has no lines, and would fill the memory."""


class LongLineError(Exception):
    """
    A line that does not end within `LONGEST`.

    Attributes:
        line: its number, from 1.
    """

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class Readable(Protocol):
    """What bytes are read from."""

    def read(self, size: int = -1, /) -> bytes:
        """Return so many bytes, fewer at the end."""


def lines_of(stream: Readable, dialect: Dialect, *, sample: bytes = b"") -> Iterator[str]:
    r"""
    Yield the physical lines of a table without its byte order mark; bytes that are no text become lone surrogates.

    Args:
        stream: where to read on.
        dialect: says encoding, byte order mark and line ends.
        sample: what was taken from the stream already, to find the dialect.

    Raises:
        LongLineError: a line has `LONGEST` characters and more.

    >>> from fitcheck.table.read.dialect import sniff
    >>> list(lines_of(io.BytesIO(b"3,\xe4\n"), sniff(b"id,n\n2,\xc3\xa4\n"), sample=b"id,n\r\n2,\xc3\xa4\n"))
    ['id,n\r\n', '2,ä\n', '3,\udce4\n']
    """
    _register()
    joined = _Joined(sample.removeprefix(dialect.bom), stream)
    if not sample and dialect.bom:
        joined = _Joined(stream.read(len(dialect.bom)).removeprefix(dialect.bom), stream)
    newline = "" if dialect.line_end == "\r" else "\n"
    # the stream is the caller's: closing the text around it must not close it
    text = io.TextIOWrapper(
        io.BufferedReader(joined, 1 << 20), encoding=dialect.encoding, errors=UNDECODABLE, newline=newline
    )
    for number, line in enumerate(iter(partial(text.readline, LONGEST), ""), 1):
        if len(line) >= LONGEST:
            raise LongLineError(number)
        if not line.isascii():
            line = line.lstrip(MARK)  # noqa: PLW2901 - programs leave marks where they join files
            if dialect.by_line:
                line = _as_utf8(line, dialect.encoding)  # noqa: PLW2901
        yield line


def _as_utf8(line: str, encoding: str) -> str:
    """Return a line of an 8-bit encoding as UTF-8 where it is that: hardly any other text is, by chance."""
    try:
        return line.encode(encoding, "surrogateescape").decode().lstrip(MARK)
    except UnicodeError:
        return line


def _register() -> None:
    """Make `UNDECODABLE` known as a way to treat bytes that are no text."""
    codecs.register_error(UNDECODABLE, _as_surrogates)


def _as_surrogates(error: UnicodeError) -> tuple[str, int]:
    """`surrogateescape` for every byte, where the standard one refuses those below 0x80, as UTF-16 may have them."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


class _Joined(io.RawIOBase):
    """First what was read already, then the rest."""

    def __init__(self, sample: bytes, stream: Readable) -> None:
        self._sample, self._stream = io.BytesIO(sample), stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # a memoryview is what it is called with
        piece = self._sample.read(len(buffer)) or self._stream.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)
