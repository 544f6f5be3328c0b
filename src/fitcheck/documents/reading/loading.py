"""Load a file of any kind: read it, parse it, validate it, and compare its id with its name."""

from collections.abc import Callable
from pathlib import Path, PurePath
from typing import Generic, NamedTuple, TypeVar

from fitcheck.documents.reading.check import grouped
from fitcheck.documents.reading.fields import is_kebab
from fitcheck.documents.reading.finding import Kind, Source, UnknownNameError, find
from fitcheck.documents.reading.source import parse
from fitcheck.documents.reading.tree import Document
from fitcheck.nearest import quoted
from fitcheck.problems import DocumentError, Problem, UsageError

_T = TypeVar("_T")


class Loaded(NamedTuple, Generic[_T]):
    """
    A file as far as it could be read.

    Attributes:
        value: None if there are problems.
        document: None if the text couldn't be read at all.
        data: the raw bytes; empty if there are none.
        problems: all of this file, grouped.
    """

    value: _T | None
    document: Document | None
    data: bytes
    problems: tuple[Problem, ...]


def load(
    source: Source, id_key: str | None, checked: Callable[[Document], tuple[_T | None, list[Problem]]]
) -> Loaded[_T]:
    """
    Return a file as far as it can be read.

    Args:
        source: the file.
        id_key: the key whose value is the id, and has to be the file's name too; None where names are free.
        checked: gives the value of a document, None where there are problems, and the problems.
    """
    data = b""
    try:
        data = source.read()
        document = parse(data, source.file)
        value, problems = checked(document)
    except DocumentError as error:
        return Loaded(None, None, data, error.problems)
    problems += id_problems(document, id_key) if id_key else []
    return Loaded(None if problems else value, document, data, grouped(problems))


def only_value(kind: Kind, name_or_path: str | Path, read: Callable[[Source], Loaded[_T]]) -> _T:
    """
    Return the value of a file that was named on its own.

    Raises:
        DocumentError: with all problems of the file.
        UsageError: no built-in file has this name.
    """
    loaded = read(named(kind, name_or_path))
    if loaded.value is None:
        raise DocumentError(*loaded.problems)
    return loaded.value


def named(kind: Kind, name_or_path: str | Path) -> Source:
    """
    Return the file given in a command or call.

    Raises:
        UsageError: no built-in file has this name.
    """
    try:
        return find(kind, name_or_path)
    except UnknownNameError as error:
        raise UsageError(Problem(f"unknown-{kind}", error.message, hint=error.hint)) from None


def id_problems(document: Document, id_key: str) -> list[Problem]:
    """Return the problem if a file's name differs from its id."""
    written, stem = document.at(id_key), PurePath(document.file).stem
    if not isinstance(written, str) or not is_kebab(written) or written == stem:
        return []
    message = f"the id is {quoted(written)}, but the file is named {quoted(stem)}"
    return [document.problem("id-not-file-name", message, (id_key,), hint="make them the same")]
