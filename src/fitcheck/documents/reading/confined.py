"""Folders that reading is confined to, where somebody else than the user names the files."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from fitcheck.problems import DocumentError, Place, Problem

_FOLDERS: ContextVar[tuple[Path, ...] | None] = ContextVar("folders", default=None)
"""Where files may be read; None for everywhere."""


@contextmanager
def confined_to(*folders: Path) -> Iterator[None]:
    """
    Let nothing be read in here but regular files in these folders.

    Every file that is read comes by here, also one that only another file names: no link and no `..` leads out.
    """
    token = _FOLDERS.set(tuple(Path(os.path.realpath(folder)) for folder in folders))
    try:
        yield
    finally:
        _FOLDERS.reset(token)


def confined(path: str | Path, file: str) -> Path:
    """
    Return the path to open: as it is, or without links where reading is confined.

    Args:
        path: of a file, which need not exist.
        file: its name for people.

    Raises:
        DocumentError: `outside`, or `not-a-file` for a device or a pipe, which might never end.
        ValueError: no file can have this name.
    """
    folders = _FOLDERS.get()
    if folders is None:
        return Path(path)
    target = Path(os.path.realpath(path))
    if not any(target.is_relative_to(folder) for folder in folders):
        hint = "name a file inside it; links that lead out do not count"
        raise DocumentError(Problem("outside", "this is outside the folder that may be read", Place(file), hint=hint))
    if target.exists() and not (target.is_file() or target.is_dir()):
        raise DocumentError(Problem("not-a-file", "this is a device or a pipe, not a file", Place(file)))
    return target
