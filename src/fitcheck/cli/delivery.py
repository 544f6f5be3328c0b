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
"""What the ending of an output file says where no format is named."""

ENDINGS = {"text": ".txt", "markdown": ".md", "json": ".json"}
"""How a file of each format is best named."""

PROMISES = (
    ".pdf", ".doc", ".docx", ".odt", ".rtf", ".tex", ".epub", ".htm", ".html", ".xhtml", ".xml", ".ppt", ".pptx",
    ".csv", ".tsv", ".tab", ".jsonl", ".xls", ".xlsx", ".xlsb", ".ods", ".parquet", ".png", ".jpg", ".svg", ".zip",
)  # fmt: skip
"""Endings of formats that we don't write: what opens such a file could make nothing of ours."""


def kind_of(format_: str | None, output: str | None, formats: Sequence[str] = FORMATS) -> str:
    """
    The format that was named, else the one that the ending of the output file says, else the first of `formats`.

    Raises:
        UsageError: no such format, or the ending promises one that isn't written.
    """
    file = Path(output or "")
    kind = format_ or SUFFIXES.get(file.suffix.lower(), formats[0])
    if kind not in formats:
        hint = f"one of: {', '.join(formats)}"
        raise UsageError(Problem("unknown-format", f"--format {kind!r} is not a format", hint=hint))
    refuse_unfit_name(file, {known: ENDINGS[known] for known in formats})
    return kind


def refuse_unfit_name(file: Path, endings: Mapping[str, str]) -> None:
    """
    Refuse to write a file whose ending promises a format that isn't written.

    Args:
        file: to be written.
        endings: that fit, by what is written under them.

    Raises:
        UsageError: `unfit-name`.
    """
    ending = file.suffix.lower()
    if ending not in endings.values() and ending in (*PROMISES, ENDINGS["json"]):
        message = f"{quoted(file.name)} promises a format that is not written here"
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
        inputs: files that must not be written over.
        lines: gives the text report, laid out.
        document: gives the report in another format.
        explain: lay out every detail.
    """
    if output is not None and output != STDIN:
        text = plain(lines(TextOptions(explain=explain))) if kind == "text" else document(kind)
        write_file(Path(output), text, inputs=inputs)
    elif kind == "text":
        layout = text_options(sys.stdout, explain=explain)
        print_text(lines(layout), layout, sys.stdout)
    else:
        write_utf8(document(kind))
