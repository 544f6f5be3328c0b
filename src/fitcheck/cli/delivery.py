"""The format of a report, and its way to standard output or a file."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from fitcheck.cli.inputs import STDIN
from fitcheck.cli.streams import print_text, text_options, write_file, write_utf8
from fitcheck.nearest import quoted
from fitcheck.problems import Problem, UsageError
from fitcheck.report.layout import Line, TextOptions, plain

FORMATS = ("text", "markdown", "json")
SUFFIXES = {".md": "markdown", ".markdown": "markdown", ".json": "json"}
"""Format by the ending of the output file, where none is named."""

ENDINGS = {"text": ".txt", "markdown": ".md", "json": ".json"}
"""The usual ending of each format."""

PROMISES = (
    ".pdf", ".doc", ".docx", ".odt", ".rtf", ".tex", ".epub", ".htm", ".html", ".xhtml", ".xml", ".ppt", ".pptx",
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
    kind = format_ or SUFFIXES.get(file.suffix.lower(), formats[0])
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


def deliver(
    kind: str,
    output: str | None,
    inputs: Sequence[Path],
    lines: Callable[[TextOptions], Iterable[Line]],
    document: Callable[[str], str],
    *,
    explain: bool = False,
) -> None:
    """
    Print a report, or write it to a file.

    Args:
        kind: one of `FORMATS`.
        output: a file; None or `-` for standard output.
        inputs: files that must not be overwritten.
        lines: lays the text report out.
        document: returns the report in another format.
        explain: show every answer and the arithmetic.
    """
    if output is not None and output != STDIN:
        text = plain(lines(TextOptions(explain=explain))) if kind == "text" else document(kind)
        write_file(Path(output), text, inputs=inputs)
    elif kind == "text":
        layout = text_options(sys.stdout, explain=explain)
        print_text(lines(layout), layout, sys.stdout)
    else:
        write_utf8(document(kind))
