"""`fitcheck rubric`: list, show and check rubrics, screens and cost models."""

import sys
from typing import Annotated

import typer

from fitcheck.cli.inputs import Collected
from fitcheck.cli.streams import print_text, text_options
from fitcheck.decision.costmodel import CostModel
from fitcheck.decision.rubric import Rubric
from fitcheck.documents.anything import built_in, load_any
from fitcheck.report.costmodel_text import cost_model_lines
from fitcheck.report.rubric_text import listing_lines, rubric_lines, screen_lines

rubric_app = typer.Typer(
    help="List, show and check rubrics, screens and cost models: built-in ones and your own.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@rubric_app.command("list")
def list_() -> None:
    """List the built-in screens, rubrics and cost models."""
    layout = text_options(sys.stdout)
    print_text(listing_lines(built_in(), layout), layout, sys.stdout)


@rubric_app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="NAME|FILE", help="A screen, a rubric or a cost model.")],
) -> None:
    """Print what is asked, what it counts and why, as prose."""
    layout = text_options(sys.stdout)
    thing = load_any(name)
    match thing:
        case Rubric():
            lines = rubric_lines(thing, layout)
        case CostModel():
            lines = cost_model_lines(thing, layout)
        case _:
            lines = screen_lines(thing, layout)
    print_text(lines, layout, sys.stdout)


@rubric_app.command()
def check(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Rubrics, screens, cost models or their names.")
    ],
) -> None:
    """Check files and show every problem in them."""
    problems = Collected()
    for file in files:
        with problems:
            thing = load_any(file)
            sys.stdout.write(f"{file}: {type(thing).__name__.lower()} {thing.id} {thing.version} is sound\n")
    problems.check()
