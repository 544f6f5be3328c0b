"""Standard output, standard error and files: a result goes out whole or not at all."""

import os
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from fitcheck.cli.exits import Exit
from fitcheck.problems import Problem, UsageError
from fitcheck.report.layout import Line, TextOptions, plain, to_ascii

WIDEST = 100
"""Text is not laid out wider than this, however wide the terminal."""


def prepare() -> None:
    """Let no character that a stream can't show end the run."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def text_options(stream: TextIO, *, explain: bool = False) -> TextOptions:
    """How to lay text out on a stream: the terminal's width, 80 columns elsewhere; COLUMNS overrules both."""
    width = shutil.get_terminal_size((80, 24)).columns if stream.isatty() or "COLUMNS" in os.environ else 80
    encoding = (stream.encoding or "ascii").lower().replace("-", "").replace("_", "")
    return TextOptions(max(1, min(width, WIDEST)), ascii_only=not encoding.startswith("utf"), explain=explain)


@contextmanager
def quiet_when_closed(stream: TextIO) -> Iterator[None]:
    """End with the code for a closed pipe, and without a word, when the reader of our output goes away."""
    try:
        yield
        stream.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        raise SystemExit(Exit.PIPE_CLOSED) from None


def print_text(lines: Iterable[Line], options: TextOptions, stream: TextIO) -> None:
    """Print lines, in colour where a person watches and has not asked for none."""
    if options.ascii_only:
        lines = to_ascii(lines)
    with quiet_when_closed(stream):
        if stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb":
            from fitcheck.report.terminal import print_lines

            print_lines(lines, stream, options.width)
        else:
            stream.write(plain(lines))


def write_utf8(text: str) -> None:
    """Write a document to standard output as UTF-8, whatever the terminal's encoding."""
    with quiet_when_closed(sys.stdout):
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))


def write_file(path: Path, text: str, *, inputs: Sequence[Path] = ()) -> None:
    """
    Write a file whole or not at all.

    The text goes to a new file in the same folder, which then takes the place of the old one; a device or
    a pipe is written to directly.

    Args:
        path: of the file.
        text: written as UTF-8.
        inputs: files that must not be overwritten.

    Raises:
        UsageError: the file can't be written, or is one of `inputs`.
    """
    data = text.encode("utf-8", "replace")
    try:
        target = path.resolve() if path.is_symlink() else path
        if target.exists():
            if any(given.exists() and target.samefile(given) for given in inputs):
                raise UsageError(Problem("output-is-input", f"{path} is an input file; nothing was written"))
            if not stat.S_ISREG(target.stat().st_mode) and not target.is_dir():
                target.write_bytes(data)
                return
        _replace(target, data)
    except OSError as error:
        message = f"can't write {path}: {error.strerror or error}"
        raise UsageError(Problem("cannot-write", message, hint="nothing was written")) from error


def _replace(target: Path, data: bytes) -> None:
    import tempfile

    if target.is_dir():
        raise IsADirectoryError(None, "it is a folder")
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
