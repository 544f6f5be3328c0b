"""What the commands about prospects share: read and assess what was named, and bring a report to where it belongs."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fitcheck.cli import options
from fitcheck.cli.inputs import STDIN, Collected, prospect_files, read_prospect_file
from fitcheck.cli.streams import print_text, text_options, write_file, write_utf8
from fitcheck.nearest import quoted
from fitcheck.problems import Problem, UsageError
from fitcheck.report.layout import Line, TextOptions, plain

if TYPE_CHECKING:
    from fitcheck.decision.assessment import Assessment
    from fitcheck.decision.content.cost_model import Company
    from fitcheck.decision.content.rubric import Screen

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


@dataclass(frozen=True, slots=True)
class Work:
    """
    What was named, assessed.

    Attributes:
        inputs: every file that was read, none of which may be written over.
        company: our side, if a company file was named or is there.
    """

    assessments: "list[Assessment]"
    inputs: tuple[Path, ...]
    company: "Company | None"


def assess_all(
    files: Sequence[str], screen_name: str, stage: str | None, company_file: str | None, as_of: str | None
) -> Work:
    """
    Assess every prospect that a command line names.

    Raises:
        DocumentError: with the problems of all files.
        UsageError: a stage, screen or day that there isn't.
    """
    from fitcheck.api import assess, stage_for
    from fitcheck.documents.prospects import Questionnaire
    from fitcheck.documents.screens import load_screen

    day = options.day_of(as_of)
    screen = load_screen(screen_name)
    company = options.company_of(company_file, screen)
    chosen, _ = stage_for(screen, stage, company)
    questionnaire = Questionnaire.of(screen)
    problems = Collected()
    prospects = []
    names = prospect_files(files)
    for file in names:
        with problems:
            prospects.append(read_prospect_file(file, questionnaire))
    problems.check()
    given = chosen if stage else None
    return Work(
        [assess(screen, prospect, stage=given, company=company, as_of=day) for prospect in prospects],
        (*map(Path, names), Path(company_file or options.COMPANY), Path(screen_name), *parts_of(screen)),
        company,
    )


def parts_of(screen: "Screen") -> set[Path]:
    """The files that a screen of one's own is made of."""
    return {Path(question.where.file) for question in screen.asked if question.where}


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
