"""The screen of prospect files: the one that `--screen` names, else the one that the files name."""

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fitcheck.cli.inputs import Collected, Contents
from fitcheck.problems import DocumentError, Problem, UsageError, printable

if TYPE_CHECKING:
    from fitcheck.documents.reading.finding import Source

DEFAULT = "pilot"


class ChosenScreen(NamedTuple):
    """
    A screen for prospect files.

    Attributes:
        name: a built-in screen or a path.
        is_in_files: whether every file names it, so that the next command need not.
    """

    name: str
    is_in_files: bool


def chosen_screen(given: str | None, files: Iterable[Contents]) -> ChosenScreen:
    """
    Choose the screen for prospect files; one line on standard error if `--screen` differs from theirs.

    Args:
        given: the value of `--screen`.
        files: as they were read.

    Raises:
        DocumentError: files name unknown screens, all of them.
        UsageError: `--screen` is unknown, or is missing where the files use different screens.
    """
    from fitcheck.documents.reading.loading import named

    found, default = _named_in(files), named("screen", DEFAULT)
    if given is None:
        return _common(found, default)
    asked = _where(named("screen", given))
    differ = (f"{file} names the screen {_shown(own)}" for file, own in found.items() if own and _where(own) != asked)
    for told in [*differ][:1]:
        sys.stderr.write(f"{printable(f'Using --screen {given}, although {told}.')}\n")
    return ChosenScreen(given, bool(found) and all(own and _where(own) == asked for own in found.values()))


def _common(found: "Mapping[str, Source | None]", default: "Source") -> ChosenScreen:
    """Return the one screen that all files use."""
    used: dict[str, str] = {}
    for file, own in found.items():
        used.setdefault(
            _where(own or default), f"{_shown(own or default)} ({file}{'' if own else ', which names none'})"
        )
    if len(used) > 1:
        message = f"the files use different screens: {', '.join(used.values())}"
        hint = "run them apart, or choose one screen for all with --screen"
        raise UsageError(Problem("different-screens", message, hint=hint))
    own = next(filter(None, found.values()), None)
    return ChosenScreen(_shown(own or default), is_in_files=bool(found) and None not in found.values())


def name_for_file(screen: str | None, file: Path) -> str | None:
    """
    Return how a prospect file names the screen it is written for; None for the default.

    Args:
        screen: the value of `--screen`.
        file: where the prospect file will be; a path in it is relative to its folder.
    """
    from fitcheck.documents.reading.finding import names

    name = (screen or DEFAULT).removeprefix("screen:")
    if name in names("screen"):
        return None if name == DEFAULT else name
    return name if Path(name).is_absolute() else Path(os.path.relpath(name, file.parent)).as_posix()


def _named_in(files: Iterable[Contents]) -> "dict[str, Source | None]":
    """The screen that each file names; a file that is not YAML is left out, for it is refused when it is read."""
    from fitcheck.documents.prospects import screen_in
    from fitcheck.documents.reading.source import parse

    found: dict[str, Source | None] = {}
    problems = Collected()
    for data, file in files:
        try:
            document = parse(data, file) if b"screen" in data else None
        except DocumentError:
            continue
        with problems:
            found[file] = screen_in(document) if document else None
    problems.check()
    return found


def _shown(source: "Source") -> str:
    return source.path.stem if source.built_in else str(source.path)


def _where(source: "Source") -> str:
    return os.path.realpath(source.path)
