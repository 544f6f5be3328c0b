"""`fitcheck rubric`: list, show, check, test, compare and start rubrics, screens and cost models."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from fitcheck.cli import options
from fitcheck.cli.exit_codes import Exit
from fitcheck.cli.inputs import Collected
from fitcheck.cli.streams import print_text, text_options, write_file, write_utf8
from fitcheck.nearest import quoted
from fitcheck.problems import DocumentError, Problem, UsageError

FORMATS = ("text", "json")

rubric_app = typer.Typer(
    help="Show, check, test, compare and start rubrics, screens and cost models.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@rubric_app.command("list")
def list_() -> None:
    """List the built-in screens, rubrics and cost models."""
    from fitcheck.documents.any_content import built_in
    from fitcheck.report.content.rubric_text import listing
    from fitcheck.report.text import text_lines

    layout = text_options(sys.stdout)
    print_text(text_lines(listing(built_in()), layout), layout, sys.stdout)


@rubric_app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="NAME|FILE", help="A screen, a rubric or a cost model.")],
) -> None:
    """Print the questions, what each answer counts, and why."""
    from fitcheck.decision.content.cost_model import CostModel
    from fitcheck.decision.content.rubric import Rubric
    from fitcheck.documents.any_content import load_any
    from fitcheck.report.content.cost_model_text import cost_model_blocks
    from fitcheck.report.content.rubric_text import rubric_blocks, screen_blocks
    from fitcheck.report.text import text_lines

    layout = text_options(sys.stdout)
    thing = load_any(name)
    match thing:
        case Rubric():
            blocks = rubric_blocks(thing)
        case CostModel():
            blocks = cost_model_blocks(thing)
        case _:
            blocks = screen_blocks(thing)
    print_text(text_lines(blocks, layout), layout, sys.stdout)


@rubric_app.command()
def check(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Rubrics, screens or cost models: files or names.")
    ],
    *,
    strict: Annotated[bool, typer.Option("--strict", help="Treat warnings as errors.")] = False,
) -> None:
    """
    Show every error in files, and unclear wording.

    Exits with 3 on an error, and with --strict on a warning.
    """
    from fitcheck.documents.any_content import load_any, located, title
    from fitcheck.proof.lint import lint
    from fitcheck.report.content.proof_text import sound_lines

    layout = text_options(sys.stdout)
    problems = Collected()
    told: set[Problem] = set()
    for file in files:
        with problems:
            thing = load_any(file)
            found = [pair for pair in located(lint(thing), thing, file) if pair[1] not in told]
            told.update(problem for _, problem in found)
            wrong = [problem for finding, problem in found if finding.is_problem or strict]
            remarks = [problem for finding, problem in found if not finding.is_problem and not strict]
            if wrong:
                raise DocumentError(*wrong)
            print_text(sound_lines(file, title(thing), remarks, layout), layout, sys.stdout)
    problems.check()


@rubric_app.command("test")
def run_cases(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME|FILE...]", help="Files or folders of cases.  [default: all built-in cases]"),
    ] = None,
    *,
    cases_only: Annotated[bool, typer.Option("--cases-only", help="Skip the coverage report.")] = False,
) -> None:
    """
    Run worked cases and report what they do not cover.

    Exits with 3 if a case fails or something is not covered.
    """
    from fitcheck.documents.cases import load_cases
    from fitcheck.documents.reading.finding import names
    from fitcheck.documents.screens import load_screen
    from fitcheck.proof.cases import run
    from fitcheck.proof.coverage import coverage
    from fitcheck.report.content.proof_text import proof_lines

    outcomes = [run(case) for file in load_cases(files or ()) for case in file.cases]
    own = {outcome.case.screen.digest: outcome.case.screen for outcome in outcomes if not outcome.case.screen.built_in}
    screens = [*own.values()] if files else [load_screen(name) for name in names("screen")]
    covered = coverage(screens, outcomes) if screens and not cases_only else None
    layout = text_options(sys.stdout)
    print_text(proof_lines(outcomes, covered, layout), layout, sys.stdout)
    if not all(outcome.as_expected for outcome in outcomes) or (covered and covered.gaps):
        raise typer.Exit(Exit.DOCUMENT)


@rubric_app.command()
def new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write; its name becomes the rubric's id.")],
    *,
    force: Annotated[bool, typer.Option("--force", help="Overwrite an existing file.")] = False,
) -> None:
    """Write a rubric to start from, with comments."""
    from fitcheck.documents.rubric_template import rubric_template

    if file.suffix != ".yaml":
        hint = f"{file}.yaml" if not file.suffix else None
        raise UsageError(Problem("not-yaml", f"a rubric is a .yaml file, and {file} is not", hint=hint))
    text = rubric_template(file.stem, str(file))
    if file.exists() and not force:
        raise UsageError(Problem("file-exists", f"{file} already exists", hint="--force overwrites it"))
    write_file(file, text)
    sys.stderr.write(f"Wrote {file}. It is valid as it is: fitcheck rubric check {file}\n")


@rubric_app.command()
def copy(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A built-in screen, rubric or cost model: cost:deal.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Output file.  [default: named after it]", show_default=False
        ),
    ] = None,
    *,
    force: Annotated[bool, typer.Option("--force", help="Overwrite an existing file.")] = False,
) -> None:
    """Copy a built-in screen, rubric or cost model, for you to change, and say how to use the copy."""
    from fitcheck.documents.content_copy import content_copy

    found = content_copy(name, output)
    if found.file.exists() and not force:
        raise UsageError(Problem("file-exists", f"{found.file} already exists", hint="--force overwrites it"))
    write_file(found.file, found.text)
    sys.stderr.write(f"Wrote {found.file}. To use it: {found.use}\n")


@rubric_app.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A screen, a rubric or a cost model: the old version.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The new version.")],
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE...]", help="Prospect files or folders.  [default: the built-in cases]"),
    ] = None,
    screen: Annotated[
        str, typer.Option("--screen", metavar="NAME|FILE", help="The screen that a rubric or a cost model belongs to.")
    ] = "pilot",
    stage: Annotated[
        str | None,
        typer.Option(
            "--stage",
            metavar="STAGE|all",
            help="Stage of your own product, or all.  [default: from the case, the company file, else the screen]",
            show_default=False,
        ),
    ] = None,
    company: options.CompanyFile = None,
    format: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help="Report format.")] = "text",  # noqa: A002
    *,
    fail_on_move: Annotated[bool, typer.Option("--fail-on-move", help="Exit with 10 if any verdict changes.")] = False,
) -> None:
    """List every verdict that moves from old to new, and why."""
    from fitcheck.cli.content_diff import compare
    from fitcheck.report.content.proof_text import move_lines
    from fitcheck.report.json.moves import MovesDocument

    if format not in FORMATS:
        hint = f"one of: {', '.join(FORMATS)}"
        raise UsageError(Problem("unknown-format", f"--format cannot be {quoted(format)}", hint=hint))
    found = compare(old, new, files or (), screen, stage, company)
    if format == "json":
        write_utf8(MovesDocument.json_text(found))
    else:
        layout = text_options(sys.stdout)
        print_text(move_lines(found.moves, found.compared, found.names, layout), layout, sys.stdout)
    if fail_on_move and found.moves:
        raise typer.Exit(Exit.NOT_NOW)
