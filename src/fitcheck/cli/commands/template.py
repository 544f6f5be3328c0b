"""`fitcheck template`: write a prospect file or a table to fill in."""

import shlex
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fitcheck.atomic_files import open_atomically
from fitcheck.cli import options
from fitcheck.cli.delivery import refuse_unfit_name
from fitcheck.cli.inputs import STDIN
from fitcheck.cli.prospect_screens import name_for_file
from fitcheck.cli.prospects import parts_of
from fitcheck.cli.streams import write_utf8
from fitcheck.nearest import nearest, quoted
from fitcheck.problems import Problem, UsageError, printable

if TYPE_CHECKING:
    from fitcheck.decision.content.rubric import Screen

FORMATS = ("yaml", "csv", "xlsx")
ENDINGS = {kind: f".{kind}" for kind in FORMATS}
"""File name ending of each format."""


def template(
    screen: options.Screen = "pilot",
    format: Annotated[  # noqa: A002
        str | None,
        typer.Option(
            "--format",
            metavar="|".join(FORMATS),
            help="A prospect file, or a table with one column per question; xlsx offers the answers in lists.  "
            "[default: from the name of FILE, else yaml]",
            show_default=False,
        ),
    ] = None,
    output: options.Output = None,
    *,
    force: options.Force = False,
) -> None:
    """Write a prospect file or a table to fill in, with every question of a screen and its possible answers."""
    from fitcheck.documents.screens import load_screen

    to_screen = output is None or output == STDIN
    file = Path("" if to_screen else output or "")
    kind = _kind(format, file)
    asking = load_screen(screen)
    named = name_for_file(screen, file)
    data = _text(kind, asking, named)
    if to_screen:
        if kind == "xlsx":
            raise UsageError(Problem("no-file", "a spreadsheet needs an output file", hint="-o prospects.xlsx"))
        write_utf8(data.decode())
        return
    if file.exists() and not force:
        raise UsageError(Problem("file-exists", f"{file} already exists", hint="--force overwrites it"))
    with open_atomically([file], inputs=[Path(screen), *parts_of(asking)]) as [opened]:
        opened.file.write(data)
    words = ["assess", str(file)] if kind == "yaml" else ["batch", str(file), "-o", "scored.csv"]
    command = shlex.join(["fitcheck", *words, *(["--screen", screen] if named and kind != "yaml" else [])])
    sys.stderr.write(f"{printable(f'Wrote {file}. Fill in what you know, then: {command}')}\n")


def _kind(format_: str | None, file: Path) -> str:
    kind = format_ or (file.suffix.lower().removeprefix(".") if file.suffix.lower() in ENDINGS.values() else FORMATS[0])
    if kind not in FORMATS:
        raise UsageError(
            Problem("unknown-format", f"--format {quoted(kind)} is not a format", hint=nearest(kind, FORMATS))
        )
    refuse_unfit_name(file, {kind: ENDINGS[kind]} if format_ else ENDINGS)
    return kind


def _text(kind: str, asking: "Screen", named: str | None) -> bytes:
    """Return the bytes of the template."""
    from fitcheck.documents.prospect_template import prospect_template
    from fitcheck.table.match.questions import asked_by
    from fitcheck.table.template import table_header, write_workbook

    if kind == "yaml":
        return prospect_template(asking, named).encode()
    asked = asked_by(asking)
    if kind == "csv":
        return (",".join(table_header(asked)) + "\n").encode()
    book = BytesIO()
    write_workbook(book, asked)
    return book.getvalue()
