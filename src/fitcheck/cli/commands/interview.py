"""`fitcheck interview`: the questions one by one, the core first, into a prospect file."""

import shlex
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from fitcheck.cli import options
from fitcheck.cli.delivery import deliver, refuse_unfit_name
from fitcheck.cli.given_options import given_again
from fitcheck.cli.inputs import STDIN
from fitcheck.cli.prospects import parts_of
from fitcheck.cli.review import review as review_answers
from fitcheck.cli.streams import print_text, text_options, write_file
from fitcheck.problems import DocumentError, Problem, UsageError, printable
from fitcheck.report.document import Span
from fitcheck.report.layout import Line, flow

if TYPE_CHECKING:
    from fitcheck.amounts import Amount
    from fitcheck.decision.assessment import Assessment
    from fitcheck.decision.content.cost_model import Company, CostQuestion
    from fitcheck.decision.content.rubric import Question, Screen, Stage

NOT_KNOWN, NOT_APPLICABLE, WHY, BACK, STOP = "?", "n", "w", "b", "q"
"""What is typed beside numbers."""

MOST = 10**12
"""No contract is worth so much."""


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
    review: Annotated[
        bool, typer.Option("--review", help="Confirm the answers that an assistant proposed, one by one.")
    ] = False,
) -> None:
    """Answer questions and save a prospect file: a first verdict after about five minutes."""
    from fitcheck.api import stage_for
    from fitcheck.rendering import renderable

    refuse_unfit_name(file, {"YAML": ".yaml"})
    if str(file) == STDIN:
        raise UsageError(Problem("no-file", "an interview is written to a file", hint="acme.yaml"))
    if review and not file.exists():
        raise UsageError(Problem("no-file", f"{file} does not exist; there is nothing to confirm"))
    asking, our = options.screen_and_company(screen, company)
    chosen, _ = stage_for(asking, stage, our)
    talk = _Talk()
    inputs = (Path(company or options.COMPANY), Path(screen), *parts_of(asking))
    work = _Interview(file, inputs, asking, chosen if stage else None, our, options.day_of(as_of))
    try:
        work.begin(talk, None if screen == "pilot" else screen)
        if review:
            work.review(talk)
        else:
            work.run(talk, every=every)
        ended = f"Saved: {file}" if work.is_written else f"Nothing was added to {file}."
    except _Stopped:
        again = shlex.join(["fitcheck", "interview", str(file), *given_again(context, ())])
        ended = f"Saved what you answered: {file}. To resume: {again}"
    if work.assessment is None:
        talk.say("Quit; nothing was saved.")
        return
    talk.say(ended)
    deliver(renderable(work.assessment), "text", None, work.inputs)


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
        from fitcheck.amounts import AmountError, read_amount

        while True:
            said = self.hear("Value of the first contract (e.g. 30000 EUR; Enter if unknown):")
            try:
                amount = read_amount(said, None) if said.strip(NOT_KNOWN) else None
            except AmountError as error:
                hint = "write it as 30000 or 30000.50" if error.code == "ambiguous-number" else error.hint
                self.say(f"{error.message}{f': {hint}' if hint else ''}")
                continue
            if amount is None or (amount.value < MOST and (amount.value * 100).denominator == 1):
                return amount
            self.say("Enter less than 1,000,000,000,000, with at most two decimals.")

    def goes_on(
        self, told: "Assessment", rest: "Sequence[Question | CostQuestion]", *, settled: bool
    ) -> Literal["y", "n", "b"]:
        """Show the verdict so far and what is left, and hear whether to ask it; Enter goes on while it can matter."""
        from fitcheck.decision.content.cost_model import CostQuestion
        from fitcheck.report.interview_text import rest_lines, verdict_lines

        costing = sum(isinstance(question, CostQuestion) for question in rest)
        self.show(verdict_lines(told, self.layout))
        self.show(rest_lines(len(rest) - costing, costing, self.layout, settled=settled))
        prompt = "Answer them anyway? [y/N]" if settled else "Go on? [Y/n]"
        words: dict[str, Literal["y", "n", "b"]] = {"y": "y", "yes": "y", "n": "n", "no": "n", BACK: "b"}
        words[""] = "n" if settled else "y"
        while (said := self.hear(prompt).lower()) not in words:
            self.say("Type y or n, or b to go back.")
        return words[said]

    def answer(self, question: "Question | CostQuestion") -> _Said:
        """Hear the answer to a question that is on the screen."""
        from fitcheck.report.interview_text import why_lines

        while True:
            word, evidence = (*self.hear("Answer:").split(maxsplit=1), "", "")[:2]
            options = [option.id for option in question.options]
            key = word.lower()
            word = key.rstrip(".)")
            if key == WHY:
                self.show(why_lines(question, self.layout))
            elif key in {NOT_KNOWN, BACK}:
                return _Said(key)
            elif key in {NOT_APPLICABLE, "n/a"} and question.not_applicable:
                return _Said("n/a", evidence)
            elif word in options:
                return _Said(word, evidence)
            elif word in map(str, range(1, len(options) + 1)):
                return _Said(options[int(word) - 1], evidence)
            else:
                self.say(
                    f"Type a number from 1 to {len(options)}, or ? if you do not know. You can add what they said: "
                    "2 they named two people."
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
        on_disk: what stands in the file as far as is known here; None as long as there is none.
        is_written: whether something was written.
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

    def begin(self, talk: _Talk, named: str | None) -> None:
        """Read the file that is there; else ask whom it is about."""
        from fitcheck.documents.prospect_template import prospect_template
        from fitcheck.documents.reading.editing import deal_in_yaml, in_yaml
        from fitcheck.documents.reading.source import read_bytes

        if self.file.exists():
            data = read_bytes(self.file, str(self.file))
            self.assessment = self._assess(data)
            self.text, self.on_disk = data.decode("utf-8-sig"), data
            talk.say(f"Continuing {self.file}.")
            return
        if not self.file.parent.is_dir():
            raise UsageError(Problem("cannot-write", f"can't write {self.file}: there is no such folder"))
        talk.say("Each answer is saved at once; q saves and quits; run again to resume.")
        if self.screen.core:
            talk.say("A first verdict takes about five minutes.")
        name = ""
        while not name:
            name = printable(talk.hear("Name of the prospect:")).strip()
        deal = talk.deal()
        written = deal_in_yaml(deal) if deal else None
        self.text = prospect_template(self.screen, named, prospect=in_yaml(name), deal=written)

    def run(self, talk: _Talk, *, every: bool) -> None:
        """Ask until nothing is left, or nothing that matters; each answer is written before the next question."""
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
                said_so = talk.goes_on(told, [asked[question] for question in rest], settled=chosen is None)
                every, in_core = chosen is None and said_so == "y", said_so == BACK
            if said_so == "n":
                break
            question = asked[chosen or rest[0]]
            answered = len(asked) - len(left(self.screen, told.prospect, ()))
            if said_so == BACK:
                said = _Said(BACK)
            else:
                talk.show(question_lines(question, parts[question.id], answered, len(rest), talk.layout))
                said = talk.answer(question)
            if said.answer == BACK and not before:
                talk.say("This is the first question.")
            elif said.answer == BACK:
                text, passed = before.pop()
                told = self._keep(text)
            else:
                kept = self.text, passed
                if said.answer == NOT_KNOWN:
                    passed |= {question.id}
                else:
                    try:
                        text = self._answered(question.id, said)
                    except DocumentError as error:  # one that is written in an unusual way
                        talk.say(f"{error.problems[0].message}: answer without more words, or with ?, or quit with q.")
                        continue
                    told = self._keep(text)
                before.append(kept)
        if self.assessment is None:
            self._keep(self.text)

    def review(self, talk: _Talk) -> None:
        """Confirm the answers that an assistant proposed."""
        review_answers(talk, self.screen, self.text, str(self.file), self._keep)

    def _answered(self, question: str, said: _Said) -> str:
        from fitcheck.documents.reading.editing import with_answer

        file = str(self.file)
        return with_answer(self.text, file, question, said.answer, evidence=said.evidence, on=self.day)

    def _keep(self, text: str) -> "Assessment":
        """Write the file, if nobody else did meanwhile, and say what is known now."""
        data = text.encode()
        told = self._assess(data)
        if self.on_disk is not None and self.file.exists() and self.file.read_bytes() != self.on_disk:
            hint = "nothing was written over it: the same command goes on with what stands there"
            raise UsageError(Problem("changed-meanwhile", f"{self.file} was changed by somebody else", hint=hint))
        write_file(self.file, text, inputs=self.inputs)
        self.text, self.assessment, self.on_disk, self.is_written = text, told, data, True
        return told

    def _assess(self, data: bytes) -> "Assessment":
        from fitcheck.api import assess
        from fitcheck.documents.prospects import Questionnaire, read_prospect

        prospect = read_prospect(data, str(self.file), known=Questionnaire.of(self.screen))
        return assess(self.screen, prospect, stage=self.stage, company=self.company, as_of=self.day)
