"""Options that several commands share, and how their text becomes a value."""

import re
import sys
from contextlib import suppress
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fitcheck.nearest import quoted
from fitcheck.problems import Problem, UsageError, printable

if TYPE_CHECKING:
    from fitcheck.decision.content import rubric
    from fitcheck.decision.content.cost_model import Company

HOURS = re.compile(r"\d{1,6}(\.\d{1,3})?", re.ASCII)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

COMPANY = Path("company.yaml")
"""Used if present, without being named."""

Screen = Annotated[
    str, typer.Option("--screen", metavar="NAME|FILE", help="The questions to ask: a built-in screen or a file.")
]
FileScreen = Annotated[
    str | None,
    typer.Option(
        "--screen",
        metavar="NAME|FILE",
        help="The questions to ask: a built-in screen or a file.  [default: from the prospect file, else pilot]",
        show_default=False,
    ),
]
Stage = Annotated[
    str | None,
    typer.Option(
        "--stage",
        metavar="STAGE",
        help="Stage of your own product: concept, prototype, pilot, growth or mature.  "
        "[default: from the company file, else the screen]",
        show_default=False,
    ),
]
CompanyFile = Annotated[
    str | None,
    typer.Option(
        "--company",
        metavar="FILE",
        help="Your stage, margin and rates.  [default: company.yaml if present]",
        show_default=False,
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="Assess as of this date, e.g. 2026-11-22.  [default: date of the latest answer]",
        show_default=False,
    ),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="text|markdown|html|json",
        help="Report format.  [default: from the name of the output file, else text]",
        show_default=False,
    ),
]
Output = Annotated[
    str | None,
    typer.Option("-o", "--output", metavar="FILE", help="Output file; - is standard output.", show_default=False),
]
Full = Annotated[bool, typer.Option("--full", help="Show every section.")]
Explain = Annotated[bool, typer.Option("--explain", help="Show every answer and the arithmetic.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="One line per prospect.")]
Pager = Annotated[bool, typer.Option("--pager", help="Page long output.")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite an existing file.")]


def screen_and_company(screen: str, company: str | None) -> "tuple[rubric.Screen, Company | None]":
    """
    Load a screen and our side, with the cost models of our own that the company file names.

    Args:
        screen: a name or a path.
        company: the company file; `company.yaml` of this folder, if it is there, where None.
    """
    from fitcheck.documents.company import load_company
    from fitcheck.documents.screens import load_screen

    if company is None and not COMPANY.exists():
        return load_screen(screen), None
    ours = load_company(company or COMPANY)
    found = load_screen(screen, ours.cost_models)
    for name in ours.cost_models.keys() & {*ours.hours, *ours.extra_rounds}:
        told = f"{company or COMPANY}: ignored the hours and rounds of {name}: {ours.cost_models[name]} takes its place"
        sys.stderr.write(f"{printable(told)}\n")
    return found, company_of(company, found)


def company_of(path: str | None, screen: "rubric.Screen") -> "Company | None":
    """Load the named company file, else `company.yaml` of this folder if present; it has to fit the screen."""
    from fitcheck.documents.company import load_company

    if path is None and not COMPANY.exists():
        return None
    file, cost = path or str(COMPANY), screen.cost
    company = load_company(file, cost=cost)
    known = {*cost.rates, *(activity.role for activity in cost.activities)} if cost else company.rates.keys()
    unused = sorted(company.rates.keys() - known)
    if unused:
        rates = f"the rate of {unused[0]}" if len(unused) == 1 else f"the rates of {', '.join(unused)}"
        told = f"{file}: ignored {rates}: no activity of the screen {screen.id} has this role"
        sys.stderr.write(f"{printable(told)}\n")
    return company


def day_of(text: str | None) -> date | None:
    """
    Parse a date.

    Raises:
        UsageError: not a date like 2026-11-22.
    """
    if text is None:
        return None
    with suppress(ValueError):
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    raise UsageError(Problem("not-a-date", f"--as-of {quoted(text)} is not a date", hint="write it as 2026-11-22"))


def hours_of(text: str) -> Fraction:
    """
    Parse a number of hours.

    Raises:
        UsageError: not a number of hours.
    """
    if not HOURS.fullmatch(text):
        hint = "write it as 120 or 37.5, below a million"
        raise UsageError(Problem("not-hours", f"--hours {quoted(text)} is not a number of hours", hint=hint))
    return Fraction(text)
