"""The format of a report, and its way to standard output or a file."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fitcheck.cli.inputs import STDIN
from fitcheck.cli.streams import print_text, text_options, write_file, write_utf8
from fitcheck.nearest import quoted
from fitcheck.problems import Problem, UsageError, printable
from fitcheck.report.document import Detail
from fitcheck.report.text import text_lines

if TYPE_CHECKING:
    from fitcheck.rendering import Renderable

FORMATS = ("text", "markdown", "html", "json")
SUFFIXES = {
    ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".json": "json", ".txt": "text",
}  # fmt: skip
"""What the ending of an output file says where no format is named."""

ENDINGS = {"text": ".txt", "markdown": ".md", "html": ".html", "json": ".json"}
"""How a file of each format is best named."""

PROMISES = (
    ".pdf", ".doc", ".docx", ".odt", ".rtf", ".tex", ".epub", ".html", ".xhtml", ".xml", ".ppt", ".pptx",
    ".csv", ".tsv", ".tab", ".jsonl", ".xls", ".xlsx", ".xlsb", ".ods", ".parquet", ".png", ".jpg", ".svg", ".zip",
)  # fmt: skip
"""Endings of formats that are not supported: a program that opens such a file could not read ours."""


def kind_of(format_: str | None, output: str | None, formats: Sequence[str] = FORMATS) -> str:
    """
    Return the named format, else that of the output file's ending, else the first of `formats`.

    Raises:
        UsageError: unknown format, or the ending of the file is that of an unsupported one.
    """
    file = Path(output or "")
    meant = SUFFIXES.get(file.suffix.lower(), formats[0])
    kind = format_ or (meant if meant in formats else formats[0])
    if kind not in formats:
        hint = f"one of: {', '.join(formats)}"
        raise UsageError(Problem("unknown-format", f"--format cannot be {quoted(kind)}", hint=hint))
    refuse_unfit_name(file, {known: ENDINGS[known] for known in formats})
    return kind


def refuse_unfit_name(file: Path, endings: Mapping[str, str]) -> None:
    """
    Refuse an output file whose ending is that of an unsupported format.

    Args:
        file: to be written.
        endings: supported ones, by format.

    Raises:
        UsageError: `unfit-name`.
    """
    ending = file.suffix.lower()
    if ending not in endings.values() and ending in (*PROMISES, ENDINGS["json"]):
        message = f"{quoted(file.name)}: unsupported output format"
        hint = ", ".join(f"{what}: {file.with_suffix(fitting).name}" for what, fitting in endings.items())
        raise UsageError(Problem("unfit-name", message, hint=hint))


def detail_of(*, quiet: bool = False, full: bool = False, explain: bool = False) -> Detail:
    """
    How much to tell.

    Raises:
        UsageError: a line and more than a line were asked for.
    """
    if quiet and (full or explain):
        more = "--explain" if explain else "--full"
        raise UsageError(Problem("no-effect", f"--quiet and {more} contradict each other", hint="give one of them"))
    return "quiet" if quiet else "explain" if explain else "full" if full else "short"


def deliver(
    parts: "Renderable",
    kind: str,
    output: str | None,
    inputs: Sequence[Path],
    *,
    detail: Detail = "short",
    given: str = "",
    pager: bool = False,
) -> None:
    """
    Print a report, or write it to a file.

    Args:
        parts: of the report.
        kind: one of `FORMATS`.
        output: a file; None or `-` for standard output.
        inputs: files that must not be overwritten.
        detail: how much to tell.
        given: options to be repeated in what to run next.
        pager: show text a screen at a time where a person watches.
    """
    from fitcheck.rendering import written

    to_file = output is not None and output != STDIN
    if to_file and output is not None:
        write_file(Path(output), written(parts, kind, detail, given), inputs=inputs)
        if sys.stderr.isatty():
            sys.stderr.write(f"Saved: {printable(output)}\n")
    elif kind != "text":
        write_utf8(written(parts, kind, detail, given))
    else:
        layout = text_options(sys.stdout)
        print_text(text_lines(parts.blocks(detail, given), layout), layout, sys.stdout, pager=pager)
