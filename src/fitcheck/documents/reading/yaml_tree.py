"""Parse YAML strictly, from the parser's events, into plain data with positions."""

import re
from typing import Any

import yaml

from fitcheck.documents.reading.scalars import BadNumberError, plain_value
from fitcheck.documents.reading.tree import BROKEN, MAX_DEPTH, Document, Spot, problem_at
from fitcheck.nearest import quoted
from fitcheck.problems import DocumentError, Problem

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_EVENTS = 100_000

TEXTS = frozenset(
    (
        "prospect",
        "evidence",
        "by",
        "says",
        "advice",
        "title",
        "about",
        "ask",
        "why",
        "because",
        "source",
        "company",
        "note",
    )
)
"""Keys of texts that people write: behind other values, as the ids of options, a # begins a remark."""

_CUT = re.compile(r".?\s+(#)\w")

_SCALAR, _ALIAS, _MAPPING = yaml.ScalarEvent, yaml.AliasEvent, yaml.MappingStartEvent
_MAPPING_END, _SEQUENCE_END, _STREAM_END = yaml.MappingEndEvent, yaml.SequenceEndEvent, yaml.StreamEndEvent


class _StopError(Exception):
    """The rest cannot be read; the reason is recorded."""


def read_yaml(text: str, file: str, lines: list[str]) -> Document:
    """
    Return the document.

    Raises:
        DocumentError: the text is not YAML, or beyond the reader's limits.
    """
    reader = _Reader(text, file, lines)
    try:
        data, spot = reader.read()
    except yaml.MarkedYAMLError as error:
        from fitcheck.documents.reading.yaml_faults import explain  # noqa: PLC0415 - few files have a fault

        fault = explain(error, lines)
        reader.note(fault.spot, fault.code, fault.message, fault.hint)
    except (yaml.YAMLError, ValueError, OverflowError):  # the parser written in Python lets some escapes through
        reader.note(Spot(1, 1, 0), "yaml-syntax", "this is not valid YAML")
    except _StopError:
        pass
    else:
        return Document(file, data, spot, lines, tuple(reader.problems))
    raise DocumentError(*reader.problems)


class _Reader:
    """Builds the tree; what is wrong with a part is noted and the part left out."""

    def __init__(self, text: str, file: str, lines: list[str]) -> None:
        self.parser = Loader(text)
        self.file = file
        self.lines = lines
        self.problems: list[Problem] = []
        self.events = 0

    def note(self, spot: Spot, code: str, message: str, hint: str | None = None) -> None:
        self.problems.append(problem_at(self.file, self.lines, spot, code, message, hint=hint))

    def next(self) -> Any:
        event = self.parser.get_event()
        self.events += 1
        if self.events > MAX_EVENTS:
            self.note(_spot(event), "too-large", f"file has more than {MAX_EVENTS:,} values")
            raise _StopError
        return event

    def read(self) -> tuple[Any, Spot]:
        self.next()  # start of the stream
        event = self.next()
        if type(event) is _STREAM_END:
            return None, Spot(1, 1, 0)
        data, spot = self.value(self.next(), 0)
        self.next()  # end of the document
        event = self.next()
        if type(event) is not _STREAM_END:
            self.note(_spot(event), "several-documents", "a second document starts here", "a file holds one document")
            raise _StopError
        return data, spot

    def value(self, event: Any, depth: int) -> tuple[Any, Spot]:
        """Return the value that begins with an event, and its spot."""
        kind = type(event)
        if kind is _SCALAR and event.anchor is None and event.tag is None:
            return (self.plain(event) if event.implicit[0] else event.value), _spot(event)
        if kind is _ALIAS:
            hint = f"put it in quotes if it is text: {quoted('*' + event.anchor)}"
            self.note(_spot(event), "alias", "YAML aliases (*name) are not supported", hint)
            return BROKEN, _spot(event)
        usable = self.is_untagged(event)
        if kind is _SCALAR:
            return BROKEN, _spot(event)
        if depth >= MAX_DEPTH:
            self.note(_spot(event), "too-deep", f"nested more than {MAX_DEPTH} levels deep")
            raise _StopError
        read = self.mapping if kind is _MAPPING else self.sequence
        data, spot = read(event, depth + 1)
        return (data if usable else BROKEN), spot

    def is_untagged(self, event: Any) -> bool:
        quote = "put it in quotes if it is text"
        if event.anchor is not None:
            self.note(_spot(event), "alias", "YAML anchors (&name) are not supported", quote)
        elif event.tag is not None:
            self.note(_spot(event), "tag", "YAML type tags (!name) are not supported", quote)
        return event.anchor is None and event.tag is None

    def plain(self, event: Any) -> Any:
        try:
            return plain_value(event.value)
        except BadNumberError as error:
            self.note(_spot(event), "bad-number", f"this number is {error}")
            return BROKEN

    def sequence(self, start: Any, depth: int) -> tuple[list[Any], Spot]:
        data: list[Any] = []
        inside: dict[str | int, Spot] = {}
        while type(event := self.next()) is not _SEQUENCE_END:
            value, spot = self.value(event, depth)
            inside[len(data)] = spot
            data.append(value)
        return data, _spot(start, inside=inside, last=event)

    def mapping(self, start: Any, depth: int) -> tuple[dict[str, Any], Spot]:
        data: dict[str, Any] = {}
        keys: dict[str, Spot] = {}
        inside: dict[str | int, Spot] = {}
        while type(event := self.next()) is not _MAPPING_END:
            key, key_spot = self.value(event, depth)
            written = self.next()
            value, spot = self.value(written, depth)
            name = key if type(key) is str and key != "<<" else self.key(event, key, key_spot, value)
            if name is None:
                continue
            if name in data:
                message = f"{quoted(name)} appears twice; first on line {keys[name].line}"
                self.note(_spot(event), "duplicate-key", message, "keep one of them")
                continue
            if name in TEXTS:
                self.refuse_cut(written)
            data[name], keys[name], inside[name] = value, key_spot, spot
        return data, _spot(start, keys=keys, inside=inside, last=event)

    def refuse_cut(self, event: Any) -> None:
        """Note a text of people that goes on behind a # as if that were a remark: "Ticket #118"."""
        if type(event) is not _SCALAR or event.style not in {None, ""} or not event.implicit[0]:
            return
        end: Any = event.end_mark
        line = self.lines[end.line] if end.line < len(self.lines) else ""
        if found := _CUT.match(line, max(end.column - 1, 0)):
            spot = Spot(end.line + 1, found.start(1) + 1, 1)
            self.note(spot, "cut-text", "an unquoted # cuts this text short", "put the whole text in double quotes")

    def key(self, event: Any, key: Any, spot: Spot, value: Any) -> str | None:
        if key is BROKEN:
            return None
        if key == "<<" and not event.implicit[0]:
            return "<<"
        if key == "<<":
            self.note(_spot(event), "merge-key", "YAML merge keys (<<) are not supported", "write the fields out")
        elif type(event) is not _SCALAR:
            self.note(spot, "key-not-text", "a field name must be text")
        elif event.value:
            message = f"a field name must be text, not {event.value}"
            hint = "write decimals with a point: 0.5" if value is None else f'write "{event.value}" in quotes'
            self.note(_spot(event), "key-not-text", message, hint)
        else:
            self.note(_spot(event), "key-not-text", "missing field name before this colon")
        return None


def _spot(
    event: Any, keys: dict[str, Spot] | None = None, inside: dict[str | int, Spot] | None = None, last: Any = None
) -> Spot:
    start, end = event.start_mark, event.end_mark
    line, column = start.line, start.column
    is_block = type(event) is _SCALAR and event.style in ("|", ">")
    length = end.column - column if end.line == line and not is_block else 1
    is_bracketed = getattr(event, "flow_style", False) is True
    closes_here = is_bracketed and last is not None and last.end_mark.line == line
    closed = last.end_mark.column + 1 if closes_here else 0
    return Spot(line + 1, column + 1, length, is_bracketed, keys, inside, closed)
