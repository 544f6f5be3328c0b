"""Read files and parse them into documents: size limit, encoding, then YAML or JSON."""

import re
from pathlib import Path

from fitcheck.documents.reading.confined import confined
from fitcheck.documents.reading.tree import Document, lines_of, problem_at, spot_at
from fitcheck.documents.reading.yaml_tree import read_yaml
from fitcheck.io_errors import cannot_read
from fitcheck.problems import DocumentError, Place, Problem

STDIN = "<stdin>"
"""What a text is called that comes from no file; any such name begins with <."""

MAX_BYTES = 1_000_000

_UNUSUAL_ENDS = {0x85: " ", 0x2028: " ", 0x2029: " "}
"""Line ends to YAML 1.1, not to editors: as spaces, lines are counted as people see them."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_JSON_BEGINS = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])")


def read_bytes(path: str | Path, file: str, most: int = MAX_BYTES) -> bytes:
    """
    Return what stands in a file, called `file` in messages.

    Raises:
        DocumentError: `cannot-read`, `too-large` above `most` bytes, or whatever `confined` refuses.
    """
    try:
        with confined(path, file).open("rb") as stream:
            data = stream.read(most + 1)
    except (OSError, ValueError) as error:
        raise cannot_read(path, file, error) from None
    _check_size(data, file, most)
    return data


def parse(data: bytes, file: str) -> Document:
    """
    Return the document in `data`; JSON by the file's name, or by its beginning if it is not a file; else YAML.

    Raises:
        DocumentError: too large, not UTF-8, or not readable as YAML or JSON.
    """
    _check_size(data, file)
    text = decode(data, file)
    if not text.isascii():
        text = text.translate(_UNUSUAL_ENDS)
    lines = lines_of(text)
    if control := _CONTROL.search(text):
        raise DocumentError(_control_character(text, control.start(), file, lines))
    if file.lower().endswith(".json") or (file.startswith("<") and _JSON_BEGINS.match(text)):
        from fitcheck.documents.reading.json_text import read_json  # noqa: PLC0415 - most files are YAML

        return read_json(text, file, lines)
    return read_yaml(text, file, lines)


def _check_size(data: bytes, file: str, most: int = MAX_BYTES) -> None:
    if len(data) > most:
        raise DocumentError(Problem("too-large", f"file is larger than {most:,} bytes", Place(file)))


def decode(data: bytes, file: str) -> str:
    """
    Return the text in `data`.

    Raises:
        DocumentError: `not-utf8`.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        begin = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
    before = data[:begin].decode("utf-8-sig")
    broken = before + data[begin:].decode("utf-8", "replace")
    hint = "save it as UTF-8"
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        hint = "this looks like UTF-16; save it as UTF-8"
    elif data.startswith((b"PK\x03\x04", b"%PDF", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")):
        hint = "this looks like a spreadsheet, a PDF or an archive, not text"
    spot = spot_at(broken, len(before))
    lines = lines_of(broken)
    raise DocumentError(problem_at(file, lines, spot, "not-utf8", "this is not UTF-8 text", hint=hint))


def _control_character(text: str, at: int, file: str, lines: list[str]) -> Problem:
    name = "a NUL" if text[at] == "\0" else f"a control character (U+{ord(text[at]):04X})"
    message = f"{name} is not allowed in text"
    return problem_at(file, lines, spot_at(text, at), "control-character", message, hint="delete it")
