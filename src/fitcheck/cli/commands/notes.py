"""`fitcheck notes`: a prompt from call notes, and the reply checked and saved."""

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fitcheck.cli import options
from fitcheck.cli.call_files import call_notes, name_of, save_answers
from fitcheck.cli.delivery import refuse_unfit_name
from fitcheck.cli.exit_codes import Exit
from fitcheck.cli.given_options import given_again
from fitcheck.cli.inputs import STDIN, prospect_in, read, read_prospect_file
from fitcheck.cli.prospect_screens import chosen_screen, name_for_file
from fitcheck.cli.prospects import parts_of
from fitcheck.cli.streams import print_text, text_options, write_file, write_utf8
from fitcheck.problems import Problem, UsageError, printable

if TYPE_CHECKING:
    from fitcheck.decision.content.answers import Prospect
    from fitcheck.decision.content.rubric import Screen
    from fitcheck.notes.call_notes import CallNotes

OF_READING = {"into": "--into", "newer": "--newer", "name": "--name", "as_of": "--as-of"}
OF_VERDICT = {"screen", "company"}
OF_ASKING = {"only_open": "--open", "output": "--output"}


def notes(
    context: typer.Context,
    calls: Annotated[
        list[str], typer.Argument(metavar="CALL...", help="Text files with call notes; - is standard input.")
    ],
    screen: options.FileScreen = None,
    company: options.CompanyFile = None,
    prospect: Annotated[
        str | None,
        typer.Option("--for", metavar="FILE", help="Prospect file that the notes are about.", show_default=False),
    ] = None,
    read_reply: Annotated[
        str | None,
        typer.Option(
            "--read", metavar="REPLY", help="Check the assistant's reply against the notes.", show_default=False
        ),
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option(
            "--into",
            metavar="FILE",
            help="Save the answers that pass to this prospect file; a new file is created.",
            show_default=False,
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(
            "--name",
            metavar="NAME",
            help="Name of the prospect in a new file.  [default: from FILE]",
            show_default=False,
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            help="Date of the call, e.g. 2026-11-22; saved with each answer.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write the prompt to a file.", show_default=False),
    ] = None,
    *,
    only_open: Annotated[bool, typer.Option("--open", help="Ask only what the prospect file leaves open.")] = False,
    newer: Annotated[
        bool, typer.Option("--newer", help='Replace answers that differ; the earlier ones are kept under "was".')
    ] = False,
) -> None:
    """Turn call notes into a prompt for any assistant; with --read, check its reply word for word and save it."""
    from fitcheck.documents.prospects import Questionnaire

    _refuse_unfit(context.params, calls)
    file = str(into) if into and into.exists() else prospect
    contents = [read_prospect_file(file)] if file else []
    screen_name, names_screen = chosen_screen(screen, contents)
    asking, our = options.screen_and_company(screen_name, company)
    ours = our.ours if our else ()
    about = prospect_in(*contents[0], Questionnaire.of(asking)) if contents else None
    told = [call_notes(call, ours) for call in calls]
    inputs = [*map(Path, [*calls, *filter(None, (prospect, read_reply))]), *parts_of(asking)]
    inputs += [Path(company or options.COMPANY), Path(screen_name)]
    if read_reply is None:
        _write_pack(asking, told, about, ours, inputs, output, only_open=only_open)
        return
    from fitcheck.documents.replies import read_reply as proposals_in
    from fitcheck.notes.check import check
    from fitcheck.report.notes import notes_report
    from fitcheck.report.text import text_lines

    checked = check(proposals_in(*read(read_reply)), told, asking, about, ours)
    title = about.name if about else name or (name_of(into) if into else ", ".join(calls))
    following = ["notes", *calls, *given_again(context, {"prospect", "screen"} if names_screen else {"prospect"})]
    following += ["--into", prospect or "acme.yaml"]
    goes_on = bool(checked.accepted) and not checked.refused
    if into:
        named = name_for_file(screen, into)
        names_screen = names_screen or (not contents and named is not None)
        goes_on = save_answers(into, checked, asking, named, title, as_of, inputs, newer=newer)
        again = OF_VERDICT - {"screen"} if names_screen else OF_VERDICT
        following = ["interview", str(into), "--review", *given_again(context, context.params.keys() - again)]
    next_step = printable(shlex.join(["fitcheck", *following])) if goes_on else ""
    if checked.refused and not into:
        next_step = "give the refused answers back to the assistant, or save the others with --into FILE"
    report = notes_report(checked, asking, title, into=str(into or ""), newer=newer, next_step=next_step)
    layout = text_options(sys.stdout)
    print_text(text_lines(report, layout), layout, sys.stdout)
    if checked.refused:
        raise typer.Exit(Exit.REJECTED)


def _refuse_unfit(given: dict[str, object], calls: Sequence[str]) -> None:
    """
    Refuse options that have no effect beside the others, and standard input for two files.

    Raises:
        UsageError: `no-effect` or `input-twice`.
    """
    reads = given["read_reply"] is not None
    idle = [option for name, option in (OF_ASKING if reads else OF_READING).items() if given[name]]
    why, hint = ("--read checks a reply and writes no prompt", None) if reads else ("there is no reply", "--read REPLY")
    if not idle and given["only_open"] and not given["prospect"]:
        idle, why, hint = ["--open"], "no file says what is open", "--for FILE"
    if not idle and reads and not given["into"]:
        idle = [OF_READING[name] for name in ("newer", "name", "as_of") if given[name]]
        why, hint = "nothing is saved", "--into FILE"
    if not idle and given["into"] and given["prospect"]:
        idle, why, hint = ["--for"], "--into names the prospect file already", None
    given_inputs = [*calls, given["read_reply"], given["prospect"]]
    if given_inputs.count(STDIN) > 1:
        raise UsageError(Problem("input-twice", "standard input can be read only once", hint="name - once"))
    if idle:
        raise UsageError(Problem("no-effect", f"{idle[0]} has no effect: {why}", hint=hint))


def _write_pack(
    asking: "Screen",
    told: "Sequence[CallNotes]",
    about: "Prospect | None",
    ours: Sequence[str],
    inputs: Sequence[Path],
    output: str | None,
    *,
    only_open: bool,
) -> None:
    from fitcheck.notes.texts import pack

    asked = [question.id for question in asking.asked]
    answered = [each for each in asked if about and about.answer(each).state != "unknown"] if only_open else []
    if len(answered) == len(asked):
        raise UsageError(Problem("nothing-open", "every question is answered already", hint="leave --open out"))
    text = pack(asking, told, prospect=about.name if about else "", left_out=answered, ours=ours)
    if output is None or output == STDIN:
        write_utf8(text)
        return
    refuse_unfit_name(Path(output), {"Markdown": ".md"})
    write_file(Path(output), text, inputs=inputs)
    sys.stderr.write(f"{printable(f'Wrote {output}. Give it to an assistant, and check its reply with --read.')}\n")
