"""Write files atomically: they appear complete and together, and never replace an input file."""

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from fitcheck.problems import Problem, UsageError
from fitcheck.signals import blocked

UNCHANGED = "no files were changed"
"""Hint of a refused output: none of its files has taken its place yet."""


@contextmanager
def open_atomically(paths: Sequence[Path], *, inputs: Sequence[Path] = ()) -> Iterator[list["AtomicFile"]]:
    """
    Open files for writing that appear together when all of them are complete.

    Each is written under another name in the same folder and then takes the place of the old one. If anything
    fails before, the old files stay as they are. A device or a pipe is written to directly.

    Args:
        paths: of the files.
        inputs: files that must not be written over.

    Raises:
        UsageError: a file cannot be written, is one of `inputs`, or is given twice.
    """
    if not paths:
        yield []
        return
    targets = [_target(path, inputs) for path in paths]
    for i, target in enumerate(targets):
        if any(_same(target, other) for other in targets[:i]):
            raise UsageError(Problem("output-twice", f"{paths[i]} is given as two outputs", hint=UNCHANGED))
    try:
        with ExitStack() as stack:
            opened = [AtomicFile(target, path) for target, path in zip(targets, paths, strict=True)]
            for file in opened:
                stack.callback(file.drop)
                file.open()
            yield opened
            for file in opened:
                file.complete()
            with blocked():  # otherwise some would be new and others old
                for file in opened:
                    file.appear()
    except BrokenPipeError:
        raise
    except OSError as error:
        # what went to a device or a stream on the way can't be taken back
        raise _cannot_write(" and ".join(map(str, paths)), error.strerror or str(error)) from error


def _target(path: Path, inputs: Sequence[Path]) -> Path:
    try:
        target = path.resolve()
        if path.exists() and not target.exists():  # a link to a pipe, as /dev/stdout may be, leads to no name
            target = path
        if target.is_dir():
            raise _cannot_write(str(path), "it is a folder")
        if any(_same(target, given) for given in inputs):
            raise UsageError(Problem("output-is-input", f"{path} is an input file", hint=UNCHANGED))
    except OSError as error:
        raise _cannot_write(str(path), error.strerror or str(error)) from error
    return target


def _same(one: Path, other: Path) -> bool:
    if one.exists() and other.exists():
        return one.samefile(other)
    return one.resolve() == other.resolve()  # a folder may be named in several ways


def _cannot_write(path: str, why: str) -> UsageError:
    return UsageError(Problem("cannot-write", f"cannot write {path}: {why}", hint=UNCHANGED))


class AtomicFile:
    """
    One file that is being written.

    Attributes:
        file: takes its bytes.
    """

    file: BinaryIO

    def __init__(self, target: Path, path: Path) -> None:
        self._target, self._path = target, path
        self._beside: str | None = None

    def open(self) -> None:
        """
        Begin the file.

        Raises:
            UsageError: it can't be written.
        """
        target = self._target
        try:
            if target.exists() and not stat.S_ISREG(target.stat().st_mode):
                self.file = target.open("wb")  # may block until somebody reads
            else:
                with blocked():  # otherwise nobody would clean it up
                    self._open_beside()
        except OSError as error:
            why = error.strerror or str(error)
            if isinstance(error, FileNotFoundError) and not target.parent.exists():
                why = f"no such folder: {self._path.parent}"
            raise _cannot_write(str(self._path), why) from error

    def _open_beside(self) -> None:
        import tempfile  # noqa: PLC0415 - most commands write no file

        target = self._target
        mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask()
        begin = os.fsencode(target.name)[:100].decode(errors="ignore")  # file systems count bytes, not characters
        handle, self._beside = tempfile.mkstemp(prefix=f".{begin}.", dir=target.parent)
        Path(self._beside).chmod(mode)
        self.file = os.fdopen(handle, "wb", buffering=1 << 20)

    def drop(self) -> None:
        """Let this file not appear after all, and leave nothing behind of it."""
        with suppress(OSError, AttributeError):  # it may never have been started
            self.file.close()
        if self._beside is not None:
            Path(self._beside).unlink(missing_ok=True)
            self._beside = None

    def complete(self) -> None:
        """Bring everything to the disk."""
        if self.file.closed:
            return
        self.file.flush()
        if self._beside is not None:
            os.fsync(self.file.fileno())
        self.file.close()

    def appear(self) -> None:
        """Take the place of the old file."""
        if self._beside is None:
            return
        Path(self._beside).replace(self._target)
        self._beside = None
        # Without the folder on the disk, a crash could still bring the old file back; Windows can't open a folder.
        with suppress(OSError):
            folder = os.open(self._target.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
