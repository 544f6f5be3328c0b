"""A parsed document: plain data, with the position of every part."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from fitcheck.problems import Place, Problem

LINE_END = re.compile(r"\r\n|[\r\n]")

Path = tuple[str | int, ...]
"""Keys and positions that lead from the top of a document to a part of it."""

MAX_DEPTH = 50
"""How many mappings and lists may stand in one another."""


class _Broken:
    """Placeholder for a part that could not be read; its problem is recorded."""

    def __repr__(self) -> str:
        return "BROKEN"


BROKEN = _Broken()


class Spot(NamedTuple):
    """
    Where one value stands, and where the values inside it do.

    Attributes:
        line: 1-based.
        column: 1-based, in characters.
        length: characters on that line; 0 for a block, which has no text of its own, and for an empty value.
        bracketed: whether the value is a mapping or list in brackets on one or more lines.
        keys: the spot of each key of a mapping.
        inside: the spots of the values of a mapping or a list, by key or position.
        end: the column after the closing bracket, if that stands on the same line; else 0.
    """

    line: int
    column: int
    length: int
    bracketed: bool = False
    keys: Mapping[str, "Spot"] | None = None
    inside: "Mapping[str | int, Spot] | None" = None
    end: int = 0

    def child(self, step: str | int) -> "Spot | None":
        """Return the spot of one part of a mapping or list; None if it has no such part."""
        return self.inside.get(step) if self.inside is not None else None


NOWHERE = Spot(0, 1, 0)
"""The spot of everything in a file without places."""


class Document(NamedTuple):
    """
    One file that could be read.

    Attributes:
        file: the name for people.
        data: dict, list, str, int, Decimal, bool, None or `BROKEN`; never a float.
        spot: the place of `data`, leading to the places of its parts; `NOWHERE` in JSON.
        lines: of the text, without line ends.
        problems: what was wrong with single parts; the rest is usable, so that further problems can be found.
    """

    file: str
    data: Any
    spot: Spot
    lines: Sequence[str]
    problems: tuple[Problem, ...] = ()

    def at(self, *path: str | int) -> Any:
        """Return the value at `path`; None if there is none."""
        value = self.data
        for step in path:
            has_key = isinstance(value, dict) and step in value
            has_entry = isinstance(value, list) and isinstance(step, int) and step < len(value)
            if not has_key and not has_entry:
                return None
            value = value[step]
        return value

    def mapping(self, *path: str | int) -> dict[str, Any]:
        """Return the mapping at `path`; an empty one if anything else stands there."""
        value = self.at(*path)
        return value if isinstance(value, dict) else {}

    def parts(self, *path: str | int) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield key and value for every value of the mapping at `path` that is a mapping itself."""
        for key, value in self.mapping(*path).items():
            if isinstance(value, dict):
                yield key, value

    def spot_of(self, path: Path, *, key: bool = False) -> Spot:
        """
        Return the spot of the value at `path`, or of its key; of the nearest part around it if there is none.

        A block has no text of its own: its key stands for it.
        """
        spot = found = self.spot
        for step in path:
            child = spot.child(step)
            if child is None:
                return found
            beginning = (spot.keys or {}).get(str(step), child)
            found = beginning if key or not child.length else child
            spot = child
        return found

    def place(self, *path: str | int) -> Place:
        """Return the place of the key at `path`, or of the entry of a list."""
        if self.spot is NOWHERE:
            return Place(self.file, path=".".join(map(str, path)))
        spot = self.spot_of(path, key=True)
        return Place(self.file, spot.line, spot.column)

    def problem(
        self,
        code: str,
        message: str,
        path: Path = (),
        *,
        key: bool = False,
        hint: str | None = None,
    ) -> Problem:
        """Return a problem with the value at `path`, or with its key."""
        if self.spot is NOWHERE:
            return Problem(code, message, self.place(*path), hint=hint)
        spot = self.spot_of(path, key=key)
        return problem_at(self.file, self.lines, spot, code, message, hint=hint)


def lines_of(text: str) -> list[str]:
    """Return the lines of a text without their ends, as editors count them."""
    return LINE_END.split(text)


def spot_at(text: str, position: int) -> Spot:
    """Return the spot of one character of a text."""
    before = lines_of(text[:position])
    return Spot(len(before), len(before[-1]) + 1, 1)


def problem_at(
    file: str,
    lines: Sequence[str],
    spot: Spot,
    code: str,
    message: str,
    *,
    hint: str | None = None,
) -> Problem:
    """Return a problem at a spot, with the line that it stands on."""
    excerpt = lines[spot.line - 1] if spot.line <= len(lines) else ""
    room = max(1, len(excerpt) - spot.column + 1)
    return Problem(
        code,
        message,
        Place(file, spot.line, spot.column),
        hint=hint,
        excerpt=excerpt,
        length=max(1, min(spot.length, room)),
    )
