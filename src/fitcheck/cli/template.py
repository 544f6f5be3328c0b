"""`fitcheck template`: the prospect file, or the table, to fill in."""

import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fitcheck.cli import options
from fitcheck.cli.inputs import STDIN
from fitcheck.cli.streams import write_utf8
from fitcheck.nearest import nearest, quoted
from fitcheck.problems import Problem, UsageError
from fitcheck.whole import whole_files

if TYPE_CHECKING:
    from fitcheck.decision.rubric import Screen

ENDINGS = {".yaml": "yaml", ".yml": "yaml", ".csv": "csv", ".xlsx": "xlsx"}
"""What the ending of a file says of its format."""

FORMATS = tuple(dict.fromkeys(ENDINGS.values()))


def template(
    screen: options.Screen = "pilot",
    format: Annotated[  # noqa: A002
        str | None,
        typer.Option(
            "--format",
            metavar="|".join(FORMATS),
            help="A prospect file, or a table with a column for each question, in which a spreadsheet offers the "
            "answers.  [default: as FILE ends, else yaml]",
            show_default=False,
        ),
    ] = None,
    output: options.Output = None,
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Write a prospect file or a table to fill in: every question of a screen, with the answers there are."""
    from fitcheck.documents.screens import load_screen

    to_screen = output is None or output == STDIN
    file = Path("" if to_screen else output or "")
    kind = _kind(format, file)
    asking = load_screen(screen)
    named = None if screen == "pilot" else screen
    data = _text(kind, asking, named)
    if to_screen:
        if kind == "xlsx":
            raise UsageError(Problem("no-file", "a spreadsheet is written to a file", hint="-o prospects.xlsx"))
        write_utf8(data.decode())
        return
    if file.exists() and not force:
        raise UsageError(Problem("file-exists", f"{file} is there already", hint="--force replaces it"))
    with whole_files([file]) as [whole]:
        whole.file.write(data)
    again = f" --screen {screen}" if named else ""
    command = f"fitcheck assess {file}{again}" if kind == "yaml" else f"fitcheck batch {file}{again} -o scored.csv"
    sys.stderr.write(f"Wrote {file}. Fill in what is known, then: {command}\n")


def _kind(format_: str | None, file: Path) -> str:
    ending = file.suffix.lower()
    kind = format_ or ENDINGS.get(ending, "yaml")
    if kind not in FORMATS:
        raise UsageError(
            Problem("unknown-format", f"--format {quoted(kind)} is not a format", hint=nearest(kind, FORMATS))
        )
    if ending and ENDINGS.get(ending) != kind:
        fitting = ", ".join(f"{what}: {file.with_suffix(f'.{what}').name}" for what in FORMATS)
        message = f"{quoted(file.name)} promises a format that is not written here"
        raise UsageError(Problem("unfit-name", message, hint=fitting))
    return kind


def _text(kind: str, asking: "Screen", named: str | None) -> bytes:
    """What is written."""
    from fitcheck.batch.asked import asked_by
    from fitcheck.batch.tabletemplate import table_header, write_workbook
    from fitcheck.documents.prospect_template import prospect_template

    if kind == "yaml":
        return prospect_template(asking, named).encode()
    asked = asked_by(asking)
    if kind == "csv":
        return (",".join(table_header(asked)) + "\n").encode()
    book = BytesIO()
    write_workbook(book, asked)
    return book.getvalue()
