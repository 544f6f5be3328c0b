"""`fitcheck init`: the company file, filled in with the usual figures, to be changed."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from fitcheck.cli.delivery import refuse_unfit_name
from fitcheck.cli.options import COMPANY
from fitcheck.cli.streams import write_file
from fitcheck.problems import Problem, UsageError


def init(
    file: Annotated[Path, typer.Argument(metavar="[FILE]", help="The file to write.")] = COMPANY,
    *,
    force: Annotated[bool, typer.Option("--force", help="Overwrite an existing file.")] = False,
) -> None:
    """Write a company file with every usual figure, for you to change: margin, win rate, hourly rates, hours."""
    from fitcheck.documents.company_template import company_template
    from fitcheck.documents.costs import load_cost

    refuse_unfit_name(file, {"YAML": ".yaml"})
    if file.exists() and not force:
        raise UsageError(Problem("file-exists", f"{file} already exists", hint="--force overwrites it"))
    write_file(file, company_template([load_cost("pilot"), load_cost("deal")]))
    sys.stderr.write(
        f"Wrote {file}. Change what you know better; every other figure stays the assumption or benchmark it is.\n"
    )
    if file == COMPANY:
        sys.stderr.write("What you assess from this folder uses it from now on.\n")
