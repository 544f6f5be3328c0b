"""`fitcheck interview`: the questions one by one, the core first, into a prospect file."""

import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from fitcheck.cli import options
from fitcheck.cli.delivery import refuse_unfit_name
from fitcheck.cli.dialogue import Dialogue, Stopped
from fitcheck.cli.exit_codes import Exit
from fitcheck.cli.given_options import given_again
from fitcheck.cli.inputs import STDIN, prospect_in
from fitcheck.cli.prospects import parts_of
from fitcheck.cli.replies import BACK, EXAMPLE, UNKNOWN, WHY, Reply, read_reply
from fitcheck.cli.streams import print_text, text_options, write_file
from fitcheck.problems import DocumentError, Problem, UsageError, printable

if TYPE_CHECKING:
    from fitcheck.amounts import Amount
    from fitcheck.decision.assessment import Assessment
    from fitcheck.decision.content.cost_model import Company, CostQuestion
    from fitcheck.decision.content.rubric import Question, Screen, Stage

MOST = 10**12
"""Above this a contract's value is a typing error."""

ASKED_IN_VAIN = "{}  # {value: 30000, currency: EUR, win_probability: 0.3}"
"""A deal of which nobody knows the value yet; it is not asked again."""


def interview(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The prospect file to write; an existing file is continued.")
    ],
    screen: options.Screen = "pilot",
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
) -> None:
    """Answer questions and save a prospect file: a first verdict after about five minutes."""
    from fitcheck.api import stage_for
    from fitcheck.documents.screens import load_screen
    from fitcheck.report.prospect.text import report_lines

    refuse_unfit_name(file, {"YAML": ".yaml"})
    if str(file) == STDIN:
        raise UsageError(Problem("no-file", "an interview needs a file to write to", hint="acme.yaml"))
    asking = load_screen(screen)
    our = options.company_of(company, asking)
    chosen, _ = stage_for(asking, stage, our)
    inputs = (Path(company or options.COMPANY), Path(screen), *parts_of(asking))
    work = _Interview(file, inputs, asking, chosen if stage else None, our, options.day_of(as_of))
    talk, again = Dialogue(), shlex.join(["fitcheck", "interview", str(file), *given_again(context, ())])
    try:
        work.begin(talk, None if screen == "pilot" else screen)
        work.run(talk, every=every)
    except Stopped:
        talk.say(work.ending(again))
    except SystemExit as end:
        if end.code != Exit.INTERRUPTED:  # the terminal may be gone
            raise
        sys.stderr.write("\n")
        talk.say(work.ending(again))
        raise typer.Exit(Exit.INTERRUPTED) from None
    else:
        talk.say(f"Saved: {file}" if work.is_written else f"Nothing was added to {file}.")
    if work.assessment is not None and work.has_answers:
        layout = text_options(sys.stdout)
        print_text(report_lines([work.assessment], layout), layout, sys.stdout)


def _ask_name(talk: Dialogue) -> str:
    name = ""
    while not name:
        name = printable(talk.hear("Name of the prospect:")).strip()
    return name


def _ask_value(talk: Dialogue) -> "Amount | None":
    """Ask for the deal's value; None if nobody knows it."""
    from fitcheck.amounts import AmountError, read_amount

    while True:
        said = talk.hear("Value of the first contract (e.g. 30000 EUR; Enter if unknown):")
        try:
            amount = read_amount(said, None) if said.strip(UNKNOWN) else None
        except AmountError as error:
            hint = "write it as 30000 or 30000.50" if error.code == "ambiguous-number" else error.hint
            talk.say(f"{error.message}{f': {hint}' if hint else ''}")
            continue
        if amount is None or (amount.value < MOST and (amount.value * 100).denominator == 1):
            return amount
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


def _ask(talk: Dialogue, question: "Question | CostQuestion") -> Reply:
    """Hear the answer to the question on the screen."""
    from fitcheck.report.interview_text import explained_lines

    while True:
        reply = read_reply(talk.hear(f"Answer (e.g. {EXAMPLE}):"), question)
        if reply is None:
            talk.say(f"Type a number from 1 to {len(question.options)}, or ? if you do not know.")
        elif reply.answer == WHY:
            talk.pose(explained_lines(question, talk.layout))
        else:
            return reply


@dataclass(slots=True)
class _Interview:
    """
    A prospect file while its questions are asked; written after each answer.

    Attributes:
        file: its path.
        inputs: files that must not be overwritten.
        screen: asks the questions.
        stage: our stage, if it was given.
        company: our side.
        day: of the call.
        text: of the file so far.
        assessment: of the saved file; None before it is first saved.
        on_disk: bytes of the file as last read or written here.
        is_written: whether anything was saved.
    """

    file: Path
    inputs: Sequence[Path]
    screen: "Screen"
    stage: "Stage | None"
    company: "Company | None"
    day: date | None
    text: str = ""
    assessment: "Assessment | None" = None
    on_disk: bytes | None = None
    is_written: bool = False

    @property
    def has_answers(self) -> bool:
        """Whether any question is answered."""
        from fitcheck.decision.interview import left

        told = self.assessment
        return told is not None and len(left(self.screen, told.prospect, ())) < len(self.screen.asked)

    def ending(self, again: str) -> str:
        """
        Say what was saved when an interview is broken off.

        Args:
            again: command that resumes it.
        """
        if self.assessment is None:
            return "Quit; nothing was saved."
        return f"Saved: {self.file}. To resume: {again}"

    def begin(self, talk: Dialogue, named: str | None) -> None:
        """
        Read the file, or start it; ask for name and value as far as they are missing, and save each at once.

        Args:
            talk: asks.
            named: the screen as the user named it; None for the default.
        """
        from fitcheck.documents.prospect_template import UNNAMED, prospect_template
        from fitcheck.documents.reading.editing import deal_in_yaml, in_yaml, with_value
        from fitcheck.documents.reading.source import parse, read_bytes

        file, name = str(self.file), UNNAMED
        if self.file.exists():
            data = read_bytes(self.file, file)
            self.assessment = self._assess(data)
            self.text, self.on_disk, name = data.decode("utf-8-sig"), data, self.assessment.prospect.name
            talk.say(f"Continuing {self.file}.")
        elif not self.file.parent.is_dir():
            raise UsageError(Problem("cannot-write", f"can't write {self.file}: there is no such folder"))
        else:
            talk.say("Each answer is saved at once; q saves and quits; run again to resume.")
            if self.screen.core:
                talk.say("A first verdict takes about five minutes.")
            self.text = prospect_template(self.screen, named)
        if name == UNNAMED:
            name = _ask_name(talk)
            self._keep(with_value(self.text, file, ("prospect",), in_yaml(name)))
        if not self.has_answers and "deal" not in parse(self.text.encode(), file).data:
            amount = _ask_value(talk)
            deal = deal_in_yaml(amount) if amount else ASKED_IN_VAIN
            fresh = self.text == prospect_template(self.screen, named, prospect=in_yaml(name))
            self._keep(
                prospect_template(self.screen, named, prospect=in_yaml(name), deal=deal)
                if fresh
                else with_value(self.text, file, ("deal",), deal)
            )

    def run(self, talk: Dialogue, *, every: bool) -> None:
        """Ask until no question is left that can change the verdict, or none at all; save each answer at once."""
        from fitcheck.decision.interview import core_left, left, parts_by_question, to_ask
        from fitcheck.report.interview_text import question_lines

        asked, parts = {question.id: question for question in self.screen.asked}, parts_by_question(self.screen)
        before: list[tuple[str, frozenset[str]]] = []
        passed: frozenset[str] = frozenset()
        told = self.assessment or self._assess(self.text.encode())
        in_core = bool(core_left(self.screen, left(self.screen, told.prospect, ())))
        while rest := left(self.screen, told.prospect, passed):
            chosen = to_ask(told, rest)
            ends_core = in_core and not core_left(self.screen, rest)
            said_so = "y"
            if not every and (chosen is None or ends_core):
                said_so = _ask_to_go_on(talk, told, [asked[one] for one in rest], settled=chosen is None)
                every, in_core = chosen is None and said_so == "y", said_so == BACK
            if said_so == "n":
                break
            question = asked[chosen or rest[0]]
            answered = len(asked) - len(left(self.screen, told.prospect, ()))
            if said_so == BACK:
                said = Reply(BACK)
            else:
                talk.pose(question_lines(question, parts[question.id], answered, len(rest), talk.layout))
                said = _ask(talk, question)
            if said.answer == BACK and not before:
                talk.say("This is the first question.")
            elif said.answer == BACK:
                text, passed = before.pop()
                told = self._keep(text)
            else:
                kept = self.text, passed
                if said.answer == UNKNOWN:
                    passed |= {question.id}
                if said.answer != UNKNOWN or said.evidence:
                    try:
                        text = self._answered(question.id, said)
                    except DocumentError as error:  # one that is written in an unusual way
                        talk.say(f"{error.problems[0].message}. Type the number alone, or ?, or q to quit.")
                        continue
                    told = self._keep(text)
                before.append(kept)

    def _answered(self, question: str, said: Reply) -> str:
        from fitcheck.documents.reading.editing import with_answer

        file = str(self.file)
        answer = "unknown" if said.answer == UNKNOWN else said.answer
        return with_answer(self.text, file, question, answer, evidence=said.evidence, on=self.day)

    def _keep(self, text: str) -> "Assessment":
        """Save the file, unless somebody else has changed it, and assess it."""
        data = text.encode()
        told = self._assess(data)
        if self.on_disk is not None and self.file.exists() and self.file.read_bytes() != self.on_disk:
            hint = "it was not overwritten; run the same command to continue with the changed file"
            raise UsageError(Problem("changed-meanwhile", f"{self.file} was changed by somebody else", hint=hint))
        write_file(self.file, text, inputs=self.inputs)
        self.text, self.assessment, self.on_disk, self.is_written = text, told, data, True
        return told

    def _assess(self, data: bytes) -> "Assessment":
        from fitcheck.api import assess
        from fitcheck.documents.prospects import Questionnaire

        prospect = prospect_in(data, str(self.file), Questionnaire.of(self.screen))
        return assess(self.screen, prospect, stage=self.stage, company=self.company, as_of=self.day)
