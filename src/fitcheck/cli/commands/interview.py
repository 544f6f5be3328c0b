"""`fitcheck interview`: ask the questions one by one, the core first, and save the answers to a prospect file."""

import re
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from fitcheck.cli import options
from fitcheck.cli.delivery import refuse_unfit_name
from fitcheck.cli.dialogue import Dialogue, Stopped
from fitcheck.cli.exit_codes import Exit
from fitcheck.cli.given_options import given_again, same_verdict
from fitcheck.cli.inputs import STDIN, read_prospect_file
from fitcheck.cli.interview_file import InterviewFile
from fitcheck.cli.prospect_screens import chosen_screen, name_for_file
from fitcheck.cli.prospects import parts_of
from fitcheck.cli.replies import BACK, EXAMPLE, KEEP, UNKNOWN, WHY, Reply, read_reply
from fitcheck.cli.review import review_answers
from fitcheck.cli.streams import print_text, text_options
from fitcheck.nearest import quoted
from fitcheck.problems import DocumentError, Problem, UsageError, printable
from fitcheck.report.text import text_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fitcheck.decision.assessment import Assessment
    from fitcheck.decision.content.cost_model import CostQuestion
    from fitcheck.decision.content.rubric import Question

MOST = 10**12
"""Above this a contract's value is a typing error."""

_CODE = re.compile(r"\b[a-z]{3}\b")
"""A currency, as people type it."""


def interview(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Prospect file; an existing file is continued.")],
    screen: options.FileScreen = None,
    stage: options.Stage = None,
    company: options.CompanyFile = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            help="Date of the call, e.g. 2026-11-22; saved with each answer.",
            show_default=False,
        ),
    ] = None,
    *,
    every: Annotated[
        bool, typer.Option("--all", help="Ask everything, even questions that can no longer change the verdict.")
    ] = False,
    review: Annotated[
        bool, typer.Option("--review", help="Confirm the answers that an assistant proposed, one by one.")
    ] = False,
) -> None:
    """Answer questions and save a prospect file, with a first verdict after about five minutes."""
    from fitcheck.api import stage_for
    from fitcheck.report.prospect.short import short_report

    refuse_unfit_name(file, {"YAML": ".yaml"})
    if str(file) == STDIN:
        raise UsageError(Problem("no-file", "an interview needs a file to write to", hint="acme.yaml"))
    if review and not file.exists():
        raise UsageError(Problem("no-file", f"{file} does not exist; there is nothing to confirm"))
    continues, named = file.exists(), name_for_file(screen, file)
    screen_name, in_file = chosen_screen(screen, [read_prospect_file(str(file))] if continues else [])
    names_screen = in_file if continues else named is not None
    asking, our = options.screen_and_company(screen_name, company)
    chosen, _ = stage_for(asking, stage, our)
    inputs = (Path(company or options.COMPANY), Path(screen_name), *parts_of(asking))
    work = InterviewFile(file, inputs, asking, named, chosen if stage else None, our, options.day_of(as_of))
    again = shlex.join(["fitcheck", "interview", str(file), *given_again(context, {"screen"} if names_screen else ())])
    finished, talk = False, Dialogue()
    try:
        _begin(work, talk)
        if review:
            review_answers(work, talk)
        else:
            _run(work, talk, every=every)
    except Stopped:
        talk.say(work.ending(again))
    except SystemExit as end:
        if end.code != Exit.INTERRUPTED:  # the terminal may be gone
            raise
        sys.stderr.write("\n")
        talk.say(work.ending(again))
        raise typer.Exit(Exit.INTERRUPTED) from None
    else:
        finished = True
        talk.say(f"Saved: {file}" if work.is_written else f"Nothing was added to {file}.")
    if work.assessment is not None and (finished or work.has_answers):
        layout = text_options(sys.stdout)
        report = short_report(work.assessment, same_verdict(context, names_screen=names_screen))
        print_text(text_lines(report, layout), layout, sys.stdout)


def _begin(work: InterviewFile, talk: Dialogue) -> None:
    """Open the file, or start it; ask for name and value as far as they are missing, and save each at once."""
    if work.open():
        talk.say(f"Continuing {work.file}.")
    else:
        talk.say("Each answer is saved at once; q saves and quits; run again to resume.")
        if work.screen.core:
            talk.say("A first verdict takes about five minutes.")
    if not work.name:
        work.save_name(_ask_name(talk))
    if work.needs_value:
        _ask_value(work, talk)


def _run(work: InterviewFile, talk: Dialogue, *, every: bool) -> None:
    """Ask until no question is left that can change the verdict, or none at all; save each answer at once."""
    from fitcheck.decision.interview import answered, core_left, left, to_ask

    screen = work.screen
    asked = {question.id: question for question in screen.asked}
    trail = answered(screen, work.told.prospect)  # all that was asked, in order; `b` goes back along it
    at, open_ = len(trail), left(screen, work.told.prospect, ())
    if not open_ and talk.hear("Every question is answered. b goes back through them, Enter ends:").lower() == BACK:
        at -= 1
    in_core = bool(core_left(screen, open_))
    while at < len(trail) or (rest := left(screen, work.told.prospect, trail)):
        goes_on = "y"
        if at == len(trail):
            chosen = to_ask(work.told, rest)
            ends_core = in_core and not core_left(screen, rest)
            if not every and (chosen is None or ends_core):
                goes_on = _ask_to_go_on(talk, work.told, [asked[one] for one in rest], settled=chosen is None)
                every, in_core = chosen is None and goes_on == "y", in_core and goes_on == BACK
            if goes_on == "n":
                break
            if goes_on == "y":
                trail.append(chosen or rest[0])
        reply = _ask(talk, work, asked[trail[at]], trail[:at]) if goes_on == "y" else Reply(BACK)
        if reply.answer != BACK:
            at += _is_saved(work, talk, trail[at], reply)
        elif at:
            at -= 1
        elif work.asked_value:
            _ask_value(work, talk)
        else:
            talk.say("This is the first question.")


def _is_saved(work: InterviewFile, talk: Dialogue, question: str, reply: Reply) -> bool:
    """Save a reply; say so if the file can't take it."""
    try:
        if reply.answer != KEEP:
            work.save_answer(question, reply)
    except DocumentError as error:  # its answer is written in an unusual way
        talk.say(f"{error.problems[0].message}. Type the number alone, or ?, or q to quit.")
        return False
    return True


def _ask_name(talk: Dialogue) -> str:
    name = ""
    while not name:
        name = printable(talk.hear("Name of the prospect:")).strip()
    return name


def _ask_value(work: InterviewFile, talk: Dialogue) -> None:
    """Ask for the deal's value and save it; Enter leaves it as it is."""
    from fitcheck.amounts import AmountError, digits_of, read_amount

    deal, prompt = work.told.prospect.deal, "e.g. 30000 EUR; Enter if unknown"
    if deal.value is not None:
        now = " ".join(filter(None, (digits_of(deal.value), deal.currency)))
        prompt = f"Enter keeps {now}; ? if unknown"
    while True:
        said = talk.hear(f"Value of the first contract ({prompt}):")
        if said == KEEP and deal.value is not None:
            return
        try:
            amount = read_amount(_CODE.sub(lambda found: found[0].upper(), said), None) if said.strip(UNKNOWN) else None
        except AmountError as error:
            message = f"{quoted(said)} is not an amount" if error.code == "no-amount" else error.message
            talk.say(f"{message}; enter e.g. 30000 EUR or 30000.50")
            continue
        if amount is None or (amount.value < MOST and (amount.value * 100).denominator == 1):
            work.save_value(amount)
            return
        talk.say("Enter less than 1,000,000,000,000, with at most two decimals.")


def _ask_to_go_on(
    talk: Dialogue, told: "Assessment", rest: "Sequence[Question | CostQuestion]", *, settled: bool
) -> Literal["y", "n", "b"]:
    """Show the verdict so far and the number of questions left; Enter goes on while they can change the verdict."""
    from fitcheck.decision.content.cost_model import CostQuestion
    from fitcheck.report.interview_text import rest_lines, verdict_lines

    talk.forget()
    costing = sum(isinstance(question, CostQuestion) for question in rest)
    talk.show(verdict_lines(told, talk.layout))
    talk.show(rest_lines(len(rest) - costing, costing, talk.layout, settled=settled))
    prompt = "Answer them anyway? [y/N]" if settled else "Go on? [Y/n]"
    words: dict[str, Literal["y", "n", "b"]] = {"y": "y", "yes": "y", "n": "n", "no": "n", BACK: "b"}
    words[""] = "n" if settled else "y"
    while (said := talk.hear(prompt).lower()) not in words:
        talk.say("Type y or n, or b to go back.")
    return words[said]


def _ask(talk: Dialogue, work: InterviewFile, question: "Question | CostQuestion", earlier: "Sequence[str]") -> Reply:
    """Ask a question, after the `earlier` ones; Enter leaves it as it is."""
    from fitcheck.decision.interview import in_order, left, parts_by_question
    from fitcheck.report.interview_text import explained_lines, progress, question_lines

    screen, now = work.screen, work.told.prospect.answer(question.id)
    core = in_order(screen)[: len(screen.core)]
    costs = {asked.id for asked in screen.cost.questions} if screen.cost else set()
    rest = left(screen, work.told.prospect, earlier)
    costing = sum(each in costs for each in rest)
    place = core.index(question.id) if question.id in core else None
    told = progress(place, len(core), len(rest) - costing, costing)
    talk.pose(question_lines(question, now, parts_by_question(screen)[question.id], told, talk.layout))
    while True:
        reply = read_reply(talk.hear(f"Answer (e.g. {EXAMPLE}):"), question)
        if reply is None:
            talk.say(f"Type a number from 1 to {len(question.options)}, or ? if you do not know.")
        elif reply.answer == WHY:
            talk.pose(explained_lines(question, now, talk.layout))
        else:
            return reply
