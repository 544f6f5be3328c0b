"""`fitcheck interview`: the questions one by one, the most telling first, into a prospect file."""

import shlex
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from fitcheck.cli import options
from fitcheck.cli.idle import given_again
from fitcheck.cli.inputs import STDIN
from fitcheck.cli.streams import print_text, text_options, write_file
from fitcheck.cli.work import parts_of, refuse_unfit_name
from fitcheck.problems import Problem, UsageError, printable
from fitcheck.report.layout import Line, Span, flow

if TYPE_CHECKING:
    from fitcheck.batch.amounts import Amount
    from fitcheck.decision.assessment import Assessment
    from fitcheck.decision.costmodel import Company, CostQuestion
    from fitcheck.decision.rubric import Question, Screen, Stage

NOT_KNOWN, NOT_APPLICABLE, WHY, BACK, STOP = "?", "n", "w", "b", "q"
"""What is typed beside numbers."""


def interview(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The prospect file to write; one that is there is gone on with.")
    ],
    screen: options.Screen = "pilot",
    stage: options.Stage = None,
    company: options.CompanyFile = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            help="The day of the talk, as 2026-11-22: it is written beside each answer.",
            show_default=False,
        ),
    ] = None,
    *,
    every: Annotated[
        bool, typer.Option("--all", help="Ask everything, also what can't turn the verdict any more.")
    ] = False,
) -> None:
    """Ask what is not known of a prospect, most telling first, and say pursue or not now."""
    from fitcheck.api import stage_for
    from fitcheck.documents.screens import load_screen
    from fitcheck.report.text import report_lines

    refuse_unfit_name(file, {"YAML": ".yaml"})
    if str(file) == STDIN:
        raise UsageError(Problem("no-file", "an interview is written to a file", hint="acme.yaml"))
    asking = load_screen(screen)
    our = options.company_of(company, asking)
    chosen, _ = stage_for(asking, stage, our)
    talk = _Talk()
    inputs = (Path(company or options.COMPANY), Path(screen), *parts_of(asking))
    work = _Interview(file, inputs, asking, chosen if stage else None, our, options.day_of(as_of))
    try:
        work.begin(talk, None if screen == "pilot" else screen)
        work.run(talk, every=every)
        ended = f"Written: {file}"
    except _Stopped:
        again = shlex.join(["fitcheck", "interview", str(file), *given_again(context, ())])
        ended = f"Stopped; what was answered is in {file}. To go on: {again}"
    if work.assessment is None:
        talk.say("Stopped: nothing was written.")
        return
    talk.say(ended)
    layout = text_options(sys.stdout)
    print_text(report_lines([work.assessment], layout), layout, sys.stdout)


class _Stopped(Exception):  # noqa: N818 - nothing is wrong
    """Whoever answers wants to stop, or there is nobody any more."""


class _Said(NamedTuple):
    """
    What was typed.

    Attributes:
        answer: an option's id or `n/a`; `NOT_KNOWN`, or `BACK`.
        evidence: what stands behind it.
    """

    answer: str
    evidence: str = ""


class _Talk:
    """Asks on standard error and hears on standard input, so that standard output has the report alone."""

    def __init__(self) -> None:
        self.layout = text_options(sys.stderr)
        if hasattr(sys.stdin, "reconfigure"):
            sys.stdin.reconfigure(errors="replace")

    def show(self, lines: Iterable[Line]) -> None:
        """Show lines."""
        print_text(lines, self.layout, sys.stderr)

    def say(self, text: str) -> None:
        """Show a sentence."""
        self.show(flow([Span(printable(text))], self.layout.width))

    def hear(self, prompt: str) -> str:
        """Return what is typed, without blanks around it; raise `_Stopped` for `STOP`, and where nothing more comes."""
        sys.stderr.write(f"{prompt} ")
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            sys.stderr.write("\n")
        if not line or line.strip().lower() == STOP:
            raise _Stopped
        return line.strip()

    def deal(self) -> "Amount | None":
        """Hear what is at stake; None if nobody knows."""
        from fitcheck.batch.amounts import AmountError, read_amount

        while True:
            said = self.hear("Worth of the first contract, as 30000 EUR (Enter: not known):")
            try:
                return read_amount(said, None) if said.strip(NOT_KNOWN) else None
            except AmountError as error:
                hint = "write it as 30000 or 30000.50" if error.code == "ambiguous-number" else error.hint
                self.say(f"{error.message}{f': {hint}' if hint else ''}")

    def goes_on(self, rest: "Sequence[Question | CostQuestion]") -> bool:
        """Say what is left that can't turn the verdict, and hear whether it is to be asked."""
        from fitcheck.decision.costmodel import CostQuestion
        from fitcheck.report.interview_text import settled_lines

        costing = sum(isinstance(question, CostQuestion) for question in rest)
        self.show(settled_lines(len(rest) - costing, costing, self.layout))
        return self.hear("Ask them too? (y, Enter: no)").lower() in {"y", "yes"}

    def answer(self, question: "Question | CostQuestion") -> _Said:
        """Hear the answer to a question that is on the screen."""
        from fitcheck.report.interview_text import why_lines

        while True:
            word, _, evidence = self.hear("Answer:").partition(" ")
            options = [option.id for option in question.options]
            key = word.lower()
            if key == WHY:
                self.show(why_lines(question, self.layout))
            elif key in {NOT_KNOWN, BACK}:
                return _Said(key)
            elif key in {NOT_APPLICABLE, "n/a"} and question.not_applicable:
                return _Said("n/a", evidence.strip())
            elif word in options:
                return _Said(word, evidence.strip())
            elif word.isascii() and word.isdecimal() and 0 < int(word) <= len(options):
                return _Said(options[int(word) - 1], evidence.strip())
            else:
                self.say(
                    f"Type a number from 1 to {len(options)}, or ? if it is not known. What they said or did may stand "
                    "behind the number: 2 they named two people."
                )


@dataclass(slots=True)
class _Interview:
    """
    One prospect file while its questions are asked; written after each answer.

    Attributes:
        file: where it is.
        inputs: files that may not be written over.
        screen: what is asked.
        stage: of ours, if one was named.
        company: our side.
        day: of the talk.
        text: of the file so far.
        assessment: of what is written; None as long as nothing is.
    """

    file: Path
    inputs: Sequence[Path]
    screen: "Screen"
    stage: "Stage | None"
    company: "Company | None"
    day: date | None
    text: str = ""
    assessment: "Assessment | None" = None

    def begin(self, talk: _Talk, named: str | None) -> None:
        """Read the file that is there; else ask whom it is about."""
        from fitcheck.documents.answering import deal_in_yaml, in_yaml
        from fitcheck.documents.prospect_template import prospect_template
        from fitcheck.documents.source import read_bytes

        if self.file.exists():
            self.text = read_bytes(self.file, str(self.file)).decode("utf-8-sig", "replace")
            self.assessment = self._assess(self.text)
            talk.say(f"Going on with {self.file}.")
            return
        talk.say("What is typed is kept after each answer; q stops, and the same command goes on.")
        name = ""
        while not name:
            name = talk.hear("Name of the prospect:")
        deal = talk.deal()
        written = deal_in_yaml(deal.value, deal.currency) if deal else None
        self.text = prospect_template(self.screen, named, prospect=in_yaml(name), deal=written)

    def run(self, talk: _Talk, *, every: bool) -> None:
        """Ask until nothing is left, or nothing that matters; each answer is written before the next question."""
        from fitcheck.decision.interview import asked_of, left, most_telling, parts_by_question
        from fitcheck.report.interview_text import question_lines

        asked, parts = asked_of(self.screen), parts_by_question(self.screen)
        before: list[tuple[str, frozenset[str]]] = []
        passed: frozenset[str] = frozenset()
        told = self.assessment or self._assess(self.text)
        while rest := left(self.screen, told.prospect, passed):
            chosen = most_telling(told, passed)
            if chosen is None and not every:
                every = talk.goes_on([asked[question] for question in rest])
                if not every:
                    break
            question = asked[chosen or rest[0]]
            answered = len(asked) - len(left(self.screen, told.prospect, ()))
            talk.show(question_lines(question, parts[question.id], answered, len(rest), talk.layout))
            said = talk.answer(question)
            if said.answer == BACK and not before:
                talk.say("This is where it begins.")
            elif said.answer == BACK:
                text, passed = before.pop()
                told = self._keep(text)
            else:
                before.append((self.text, passed))
                if said.answer == NOT_KNOWN:
                    passed |= {question.id}
                else:
                    told = self._keep(self._answered(question.id, said))
        if self.assessment is None:
            self._keep(self.text)

    def _answered(self, question: str, said: _Said) -> str:
        from fitcheck.documents.answering import with_answer

        file = str(self.file)
        return with_answer(self.text, file, question, said.answer, evidence=said.evidence, on=self.day)

    def _keep(self, text: str) -> "Assessment":
        """Write the file, and say what is known now."""
        told = self._assess(text)
        write_file(self.file, text, inputs=self.inputs)
        self.text, self.assessment = text, told
        return told

    def _assess(self, text: str) -> "Assessment":
        from fitcheck.api import assess
        from fitcheck.documents.prospects import Questionnaire, read_prospect

        prospect = read_prospect(text.encode(), str(self.file), known=Questionnaire.of(self.screen))
        return assess(self.screen, prospect, stage=self.stage, company=self.company, as_of=self.day)
