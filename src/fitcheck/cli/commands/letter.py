"""`fitcheck letter`: a courteous "not now" to the customer."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from fitcheck.cli import options
from fitcheck.cli.delivery import kind_of
from fitcheck.cli.inputs import STDIN, read
from fitcheck.cli.prospects import assess_all
from fitcheck.cli.streams import write_file, write_utf8
from fitcheck.problems import DocumentError, Place, Problem, UsageError

FORMATS = ("markdown", "json")


def _show_template(*, asked: bool) -> None:
    if asked:
        from fitcheck.report.prospect.letter_template import built_in_template

        write_utf8(built_in_template())
        raise typer.Exit


def letter(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A prospect file; - is standard input.")],
    screen: options.Screen = "pilot",
    stage: options.Stage = None,
    company: options.CompanyFile = None,
    as_of: options.AsOf = None,
    template: Annotated[
        str | None,
        typer.Option("--template", metavar="FILE", help="Your own wording, as a Jinja2 template.", show_default=False),
    ] = None,
    format: Annotated[  # noqa: A002
        str | None,
        typer.Option(
            "--format",
            metavar="|".join(FORMATS),
            help="The letter, or its content as JSON.  [default: from the name of the output file, else markdown]",
            show_default=False,
        ),
    ] = None,
    output: options.Output = None,
    *,
    show_template: Annotated[  # noqa: ARG001 - answered before anything else
        bool,
        typer.Option(
            "--show-template",
            help="Print the built-in template and exit.",
            callback=lambda asked: _show_template(asked=asked),
            is_eager=True,
        ),
    ] = False,
) -> None:
    """Write a courteous "not now" to the customer: what we understood, what would make it a fit, when we ask again."""
    from fitcheck.report.prospect.letter import letter_document
    from fitcheck.report.prospect.letter_template import letter_markdown

    kind = kind_of(format, output, FORMATS)
    wording = None if template is None else _template(template)
    work = assess_all([file], screen, stage, company, as_of)
    if len(work.assessments) != 1:
        raise UsageError(Problem("one-prospect", f"{file} is a folder, and a letter goes to one prospect"))
    found = letter_document(work.assessments[0], work.company.name if work.company else None)
    if found["goal_known"] and not found["understood"]:
        sys.stderr.write(
            "The letter quotes nothing of what they want to reach: give the answer about it their words as evidence, "
            "and who said so as by.\n"
        )
    if kind == "json":
        text = json.dumps(found, indent=2, ensure_ascii=False) + "\n"
    else:
        text = letter_markdown(found) if wording is None else letter_markdown(found, *wording)
    if output is not None and output != STDIN:
        write_file(Path(output), text, inputs=[*work.inputs, *([Path(template)] if template else [])])
    else:
        write_utf8(text)


def _template(path: str) -> tuple[str, str]:
    """Text of a template and its name in messages."""
    data, name = read(path)
    try:
        return data.decode("utf-8-sig"), name
    except UnicodeDecodeError as error:
        where = Place(name, data[: error.start].count(b"\n") + 1)
        raise DocumentError(Problem("not-utf8", "this is not UTF-8 text", where, hint="save it as UTF-8")) from None
