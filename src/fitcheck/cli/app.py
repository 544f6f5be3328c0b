"""The commands, and the message and exit code for every error and signal."""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import ClassVar

import typer

from fitcheck.cli.commands.agreement import agreement
from fitcheck.cli.commands.assess import assess
from fitcheck.cli.commands.batch import batch
from fitcheck.cli.commands.compare import compare
from fitcheck.cli.commands.init import init
from fitcheck.cli.commands.interview import interview
from fitcheck.cli.commands.letter import letter
from fitcheck.cli.commands.mcp import mcp
from fitcheck.cli.commands.notes import notes
from fitcheck.cli.commands.rank import rank
from fitcheck.cli.commands.rubric import rubric_app
from fitcheck.cli.commands.schema import schema
from fitcheck.cli.commands.skill import skill
from fitcheck.cli.commands.template import template
from fitcheck.cli.exit_codes import Exit
from fitcheck.cli.plain_help import PlainCommand, PlainGroup
from fitcheck.cli.streams import prepare, silence, text_options
from fitcheck.problems import DocumentError, FitcheckError
from fitcheck.signals import ENDING, handled

WHAT = "Pursue or not now: the verdict on each prospect, why, and what closing costs."

START = f"""\
{WHAT}

  fitcheck interview acme.yaml            Answer questions, get a first verdict
  fitcheck assess acme.yaml               Verdict, reasons and cost to close
  fitcheck batch deals.csv -o scored.csv  Score a table, e.g. a CRM export

All commands: fitcheck --help"""
"""What a newcomer sees who types `fitcheck` alone."""

EPILOG = (
    "\b\nFirst: fitcheck interview acme.yaml"
    "\nOr, to fill in a file: fitcheck template -o acme.yaml"
    "\nThen: fitcheck assess acme.yaml"
)
"""These commands work in any folder."""

SIGNAL_CODES = {"SIGINT": Exit.INTERRUPTED, "SIGTERM": Exit.TERMINATED, "SIGHUP": Exit.HUNG_UP}
"""Exit codes of signals that end a run; Ctrl-C sends the first."""


class _App(PlainGroup):
    sections: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "One prospect": ("interview", "notes", "assess", "template", "letter"),
        "Several prospects": ("rank", "compare", "batch", "agreement"),
        "Your company and your own questions": ("init", "rubric", "schema"),
        "Assistants": ("mcp", "skill"),
    }
    start: ClassVar[str] = START


app = typer.Typer(
    name="fitcheck",
    cls=_App,
    help=WHAT,
    epilog=EPILOG,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # help without boxes comes in half the time
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(short_help="Verdict, reasons and cost to close")(assess)
app.command(short_help="Answer questions and save a prospect file")(interview)
app.command(short_help="Turn call notes into checked answers")(notes)
app.command(short_help="Pick the best prospects for your hours")(rank)
app.command(short_help="Score a table, row by row")(batch)
app.command(short_help="Two or three prospects side by side")(compare)
app.command(short_help='A courteous "not now" to the customer')(letter)
app.command(short_help="Measure agreement between scorers")(agreement)
app.add_typer(
    rubric_app, name="rubric", cls=PlainGroup, short_help="Show, check and test rubrics, screens, cost models"
)
app.command(short_help="JSON Schema of input files and JSON output")(schema)
app.command(short_help="Serve an assistant over MCP")(mcp)
app.command(short_help="Write an Agent Skill that reads call notes")(skill)
app.command(short_help="Write a prospect file or a table to fill in")(template)
app.command(short_help="Write company.yaml: stage, margin, rates")(init)

for _command in (*app.registered_commands, *rubric_app.registered_commands):
    _command.cls = PlainCommand


def _version(*, asked: bool) -> None:
    if asked:
        from fitcheck import __version__

        typer.echo(f"fitcheck {__version__}")
        raise typer.Exit


@app.callback(help=WHAT)
def root(
    *,
    version: bool = typer.Option(
        False, "--version", help="Show the version and exit.", callback=_version, is_eager=True
    ),
) -> None:
    """Take the options that stand before a command."""


def run(argv: Sequence[str]) -> int:
    """Run a command line and return its exit code, with a message for everything that can go wrong."""
    prepare()
    try:
        with handled({sent: SIGNAL_CODES[sent.name] for sent in ENDING}):
            return app(args=list(argv), prog_name="fitcheck", standalone_mode=False) or Exit.DONE
    except (SystemExit, KeyboardInterrupt) as end:
        code = _exit_code(end)
        if code == Exit.INTERRUPTED:
            sys.stderr.write("fitcheck: interrupted; no files were changed\n")
        if code == Exit.HUNG_UP:
            silence()
        return code
    except (typer.TyperException, FitcheckError) as error:
        return _refuse(error)
    except (OSError, MemoryError) as error:
        reason = "out of memory" if isinstance(error, MemoryError) else error.strerror or error
        sys.stderr.write(f"fitcheck: {reason}\n")
        return Exit.USAGE
    except Exception as error:
        if os.environ.get("FITCHECK_DEBUG"):
            raise
        kind = type(error).__name__
        sys.stderr.write(
            f"fitcheck: this is a bug in fitcheck ({kind}). Please report it with the command you ran.\n"
            "Set FITCHECK_DEBUG=1 to see where it happened.\n"
        )
        return Exit.FAULT


def _refuse(error: typer.TyperException | FitcheckError) -> int:
    """Show what is wrong, and return the exit code."""
    from fitcheck.report.problems import problem_text

    if isinstance(error, FitcheckError):
        problems = error.problems
    else:
        from fitcheck.cli.usage_errors import usage_problem

        problems = (usage_problem(error),)
    sys.stderr.write(problem_text(problems, text_options(sys.stderr).width))
    return Exit.DOCUMENT if isinstance(error, DocumentError) else Exit.USAGE


def _exit_code(end: SystemExit | KeyboardInterrupt) -> int:
    if isinstance(end, KeyboardInterrupt):
        return Exit.INTERRUPTED
    return end.code if isinstance(end.code, int) else Exit.DONE if end.code is None else Exit.USAGE
