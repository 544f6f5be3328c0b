"""The command tree, and how errors and signals become messages and exit codes."""

import os
import sys
from collections.abc import Sequence

import typer

from fitcheck.cli.commands.agreement import agreement
from fitcheck.cli.commands.assess import assess
from fitcheck.cli.commands.batch import batch
from fitcheck.cli.commands.compare import compare
from fitcheck.cli.commands.init import init
from fitcheck.cli.commands.interview import interview
from fitcheck.cli.commands.letter import letter
from fitcheck.cli.commands.notes import notes
from fitcheck.cli.commands.rank import rank
from fitcheck.cli.commands.rubric import rubric_app
from fitcheck.cli.commands.schema import schema
from fitcheck.cli.commands.skill import skill
from fitcheck.cli.commands.template import template
from fitcheck.cli.exit_codes import Exit
from fitcheck.cli.plain_help import PlainCommand
from fitcheck.cli.streams import prepare, text_options
from fitcheck.problems import DocumentError, FitcheckError
from fitcheck.signals import ENDING, handled

EPILOG = (
    "\b\nFirst: fitcheck interview acme.yaml"
    "\nOr, to fill in a file: fitcheck template -o acme.yaml"
    "\nThen: fitcheck assess acme.yaml"
)
"""These work wherever fitcheck is installed."""

SIGNAL_CODES = {"SIGINT": Exit.INTERRUPTED, "SIGTERM": Exit.TERMINATED, "SIGHUP": Exit.HUNG_UP}
"""Exit codes for signals that end a run; Ctrl-C sends the first."""

app = typer.Typer(
    name="fitcheck",
    help="Pursue, or not now? Says which for each prospect, why, and what it will cost to close.",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # help without boxes comes in half the time
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(short_help="Verdict, reasons and cost to close.")(assess)
app.command(short_help="Ask what is not known, into a prospect file.")(interview)
app.command(short_help="Turn call notes into checked answers")(notes)
app.command(short_help="Which prospects deserve the hours there are.")(rank)
app.command(short_help="Score a table of any length, row by row.")(batch)
app.command(short_help="Two or three prospects side by side.")(compare)
app.command(short_help='A courteous "not now" to the customer.')(letter)
app.command(short_help="How far several judges agree.")(agreement)
app.add_typer(rubric_app, name="rubric", short_help="Rubrics, screens and cost models.")
app.command(short_help="JSON Schema of what people write and of --format json.")(schema)
app.command(short_help="Write an Agent Skill that reads call notes")(skill)
app.command(short_help="Write a prospect file, or a table, to fill in.")(template)
app.command(short_help="Write company.yaml: our stage, margin, rates.")(init)

for _command in (*app.registered_commands, *rubric_app.registered_commands):
    _command.cls = PlainCommand


def _version(*, asked: bool) -> None:
    if asked:
        from fitcheck import __version__

        typer.echo(f"fitcheck {__version__}")
        raise typer.Exit


@app.callback()
def root(
    *,
    version: bool = typer.Option(
        False, "--version", help="Print the version and stop.", callback=_version, is_eager=True
    ),
) -> None:
    """Pursue, or not now? Says which for each prospect, why, and what it will cost to close."""


def run(argv: Sequence[str]) -> int:
    """Run a command line and return its exit code; nothing but Ctrl-C ends it in any other way."""
    prepare()
    try:
        with handled({sent: SIGNAL_CODES[sent.name] for sent in ENDING}):
            app(args=list(argv), prog_name="fitcheck")
    except (SystemExit, KeyboardInterrupt) as end:
        code = _exit_code(end)
        if code == Exit.INTERRUPTED:
            sys.stderr.write("fitcheck: interrupted; no file is half written\n")
        return code
    except FitcheckError as error:
        from fitcheck.report.problems import problem_text

        sys.stderr.write(problem_text(error.problems, text_options(sys.stderr).width))
        return Exit.DOCUMENT if isinstance(error, DocumentError) else Exit.USAGE
    except OSError as error:
        sys.stderr.write(f"fitcheck: {error.strerror or error}\n")
        return Exit.USAGE
    except MemoryError:
        sys.stderr.write("fitcheck: there is not enough memory\n")
        return Exit.USAGE
    except Exception as error:
        if os.environ.get("FITCHECK_DEBUG"):
            raise
        kind = type(error).__name__
        sys.stderr.write(
            f"fitcheck: this is a fault of fitcheck itself ({kind}). Please report it with the command you ran.\n"
            "FITCHECK_DEBUG=1 shows where it happened.\n"
        )
        return Exit.FAULT
    return Exit.DONE


def _exit_code(end: SystemExit | KeyboardInterrupt) -> int:
    if isinstance(end, KeyboardInterrupt):
        return Exit.INTERRUPTED
    return end.code if isinstance(end.code, int) else Exit.DONE if end.code is None else Exit.USAGE
