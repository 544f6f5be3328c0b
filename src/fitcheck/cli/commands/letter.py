"""`fitcheck letter`: a courteous "not now" to the customer."""

import json
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from fitcheck.cli import options
from fitcheck.cli.delivery import kind_of
from fitcheck.cli.inputs import STDIN, read
from fitcheck.cli.prospects import assess_all
from fitcheck.cli.streams import print_text, text_options, write_file, write_utf8
from fitcheck.problems import DocumentError, Place, Problem, UsageError
from fitcheck.report.document import Span
from fitcheck.report.layout import Line, flow

FORMATS = ("text", "markdown", "json")


def _show_template(*, asked: bool) -> None:
    if asked:
        from fitcheck.report.prospect.letter_template import built_in_template

        write_utf8(built_in_template())
        raise typer.Exit


def letter(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A prospect file; - is standard input.")],
    screen: options.FileScreen = None,
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
            help="Text for a mail, Markdown, or what may be said as JSON.  "
            "[default: from the name of the output file, else text]",
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
    """Write a courteous "not now" to the customer: why, what would help, and when you get in touch again."""
    from fitcheck.report.prospect.letter import letter_document
    from fitcheck.report.prospect.letter_template import letter_text

    kind = kind_of(format, output, FORMATS)
    wording = None if template is None else _template(template)
    work = assess_all([file], screen, stage, company, as_of)
    if len(work.assessments) != 1:
        raise UsageError(Problem("one-prospect", f"{file} is a folder, and a letter goes to one prospect"))
    found = letter_document(work.assessments[0], work.company.name if work.company else None)
    if not work.assessments[0].settled:
        sys.stderr.write("This verdict is still open: ask the questions in fitcheck assess before you decline.\n")
    if kind == "json":
        text = json.dumps(found, indent=2, ensure_ascii=False) + "\n"
    else:
        text = letter_text(found, "markdown" if kind == "markdown" else "text", *(wording or ()))
    if output is not None and output != STDIN:
        write_file(Path(output), text, inputs=[*work.inputs, *([Path(template)] if template else [])])
    elif kind == "text" and sys.stdout.isatty():  # wrapped to be read; a mail program wraps by itself
        layout = text_options(sys.stdout)
        print_text(chain.from_iterable(_wrapped(line, layout.width) for line in text.splitlines()), layout, sys.stdout)
    else:
        write_utf8(text)


def _wrapped(line: str, width: int) -> Iterator[Line]:
    yield from flow([Span(line)], width) if line else ((),)


def _template(path: str) -> tuple[str, str]:
    """Text of a template and its name in messages."""
    data, name = read(path)
    try:
        return data.decode("utf-8-sig"), name
    except UnicodeDecodeError as error:
        where = Place(name, data[: error.start].count(b"\n") + 1)
        raise DocumentError(Problem("not-utf8", "this is not UTF-8 text", where, hint="save it as UTF-8")) from None
