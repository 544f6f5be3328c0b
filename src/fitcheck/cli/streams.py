"""Write results to standard output, standard error and files."""

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from fitcheck.atomic_files import open_atomically
from fitcheck.cli.exit_codes import Exit
from fitcheck.problems import Problem, UsageError
from fitcheck.report.layout import Line, TextOptions, plain, to_ascii

WIDEST = 100
"""Widest layout of text, however wide the terminal."""


def prepare() -> None:
    """Replace characters that a stream can't show, and streams that were closed before the run began."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - as long as the process
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def refuse_closed_output() -> None:
    """
    Refuse to write a result to a standard output that was closed before the run began: it would be lost.

    Raises:
        UsageError: `cannot-write`.
    """
    if getattr(sys.stdout, "name", None) == os.devnull:  # what `prepare` put in its place
        raise UsageError(Problem("cannot-write", "standard output is closed", hint="write to a file with -o FILE"))


def silence() -> None:
    """Send what is left in the buffers nowhere, once the terminal is gone: flushing it would end in an error."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # a stream of a test has no descriptor
            os.dup2(nowhere, stream.fileno())


def text_options(stream: TextIO) -> TextOptions:
    """Choose the layout for a stream: the terminal's width, 80 columns elsewhere; COLUMNS overrides both."""
    width = shutil.get_terminal_size((80, 24)).columns if stream.isatty() or "COLUMNS" in os.environ else 80
    encoding = (stream.encoding or "ascii").lower().replace("-", "").replace("_", "")
    return TextOptions(max(1, min(width, WIDEST)), ascii_only=not encoding.startswith("utf"))


def text_height(stream: TextIO) -> int:
    """Return the height of the terminal, 24 lines elsewhere; LINES overrides both."""
    return shutil.get_terminal_size((80, 24)).lines if stream.isatty() or "LINES" in os.environ else 24


@contextmanager
def quiet_when_closed(stream: TextIO) -> Iterator[None]:
    """Exit quietly with the code for a closed pipe when the reader of the output closes it."""
    try:
        yield
        stream.flush()
    except OSError as error:
        # the rest of the stream's buffer must not be flushed again when the process ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if isinstance(error, BrokenPipeError):
            raise SystemExit(Exit.PIPE_CLOSED) from None
        raise OSError(error.errno, f"can't write standard output: {error.strerror}") from None


def print_text(lines: Iterable[Line], options: TextOptions, stream: TextIO, *, pager: bool = False) -> None:
    """Print lines, in colour where a person watches and has not asked for none; in a pager if that is asked for."""
    if options.ascii_only:
        lines = to_ascii(lines)
    with quiet_when_closed(stream):
        is_coloured = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        if stream.isatty() and (is_coloured or pager):
            from fitcheck.report.terminal import print_lines

            print_lines(lines, stream, options.width, coloured=is_coloured, pager=pager)
        else:
            stream.write(plain(lines))


def write_utf8(text: str) -> None:
    """Write a document to standard output as UTF-8, whatever the terminal's encoding."""
    with quiet_when_closed(sys.stdout):
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))


def write_file(path: Path, text: str, *, inputs: Sequence[Path] = ()) -> None:
    """
    Write a text file atomically: see `open_atomically`.

    Args:
        path: of the file.
        text: written as UTF-8.
        inputs: files that must not be overwritten.

    Raises:
        UsageError: the file can't be written, or is one of `inputs`.
    """
    with open_atomically([path], inputs=inputs) as [file]:
        file.file.write(text.encode("utf-8", "replace"))
