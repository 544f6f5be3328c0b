"""Random tables for random screens: what `fitcheck batch` may be given, and what every row of it should come to."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from hypothesis import strategies as st
from strategies import CHOICES, Picker, Situation, asked, situations

from fitcheck.decision.content.answers import Answer, Prospect
from fitcheck.decision.content.cost_model import CostQuestion, Deal
from fitcheck.decision.content.rubric import Question, Screen
from fitcheck.table.read.settings import Settings
from fitcheck.table.run import Job, Outputs, Result, open_job, run

BAD = ("zzz", "O0 ", "=1+1", "n/a", "o9", "level")
"""Cells that are no answers, or not always."""

VALUES = ("", "12000", "4000", "8000.50", "0", "20,000", "40000", "n.k.", "(5)", "1.234")


@dataclass(frozen=True, slots=True)
class Case:
    """
    A table.

    Attributes:
        situation: the screen and the stage that score it.
        columns: the questions that have a column, in the table's order.
        rows: cells, with id and value before the answers.
        delimiter, line_end: how it is written.
    """

    situation: Situation
    columns: tuple[Question | CostQuestion, ...]
    rows: tuple[tuple[str, ...], ...]
    delimiter: str
    line_end: str

    @property
    def data(self) -> bytes:
        """The table as delimited text."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=self.delimiter, lineterminator=self.line_end)
        writer.writerow(["id", "value", *(question.id for question in self.columns)])
        writer.writerows(self.rows)
        return text.getvalue().encode()

    def job(self, columns: tuple[str, ...] | None = None, **more: object) -> Job:
        """What is to be done with it."""
        situation = self.situation
        settings = Settings(delimiter=self.delimiter)
        job = Job(situation.screen, situation.stage, situation.company, settings=settings, columns=columns)
        return replace(job, **more)  # type: ignore[arg-type]  # fields of a job


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run wrote and counted."""

    scored: bytes
    rejects: bytes
    result: Result

    def rows(self, delimiter: str) -> list[dict[str, str]]:
        """The scored rows, by the names of their columns."""
        return [*csv.DictReader(io.StringIO(self.scored.decode(), newline=""), delimiter=delimiter)]


def score(job: Job, data: bytes, to: str = "csv", processes: int | None = None, name: str = "table.csv") -> Outcome:
    """Run a job over a table, whose scored rows go into the format `to`."""
    scored, rejects = io.BytesIO(), io.BytesIO()
    opened = open_job(job, io.BytesIO(data), name)
    result = run(job, opened, Outputs(scored, to, rejects), lambda _: None, processes)
    return Outcome(scored.getvalue(), rejects.getvalue(), result)


def unique_names(screen: Screen) -> Screen:
    """Return the screen with a sentence of its own for every option, as written ones have."""

    def of(question: Question) -> Question:
        options = (replace(o, because=f"{question.id}: {o.because}") for o in question.options)
        return replace(question, options=tuple(options))

    rubrics = (replace(rubric, questions=tuple(map(of, rubric.questions))) for rubric in screen.rubrics)
    return replace(screen, rubrics=tuple(rubrics))


def _cell(pick: Picker, question: Question | CostQuestion) -> str:
    ids = [option.id for option in question.options]
    kind = pick.of(*["option"] * 8, "blank", "blank", "word", "says", "spelt", "bad")
    match kind:
        case "option":
            return pick.of(*ids)
        case "blank":
            return ""
        case "word":
            return pick.of("unknown", "n/a" if question.not_applicable else "?")
        case "says":
            return pick.of(*(option.says for option in question.options))
        case "spelt":
            return pick.of(f" {ids[0]} ", ids[-1].upper())
        case _:
            return pick.of(*BAD)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A screen at one of its stages, and a table of up to twelve rows for it, in any dialect."""
    situation = draw(situations())
    if draw(st.booleans()):
        situation = replace(situation, screen=unique_names(situation.screen))
    pick = Picker(draw(CHOICES))
    questions = asked(situation.screen)
    with_column = [q for q in questions if pick.of(True, True, True, False)] or [situation.screen.questions[0]]
    columns = tuple(pick.ordered(with_column))
    rows = tuple(
        (
            pick.of(f"p{i}", f"p,{i}", f'"p{i}"', f"p;\n{i}", ""),
            pick.of(*VALUES),
            *(_cell(pick, question) for question in columns),
        )
        for i in range(pick.of(*range(1, 13)))
    )
    return Case(situation, columns, rows, pick.of(",", ";", "\t"), pick.of("\n", "\r\n"))


def prospect_of(case: Case, row: Sequence[str], value: Fraction | None) -> Prospect:
    """The prospect that a row is about, its answers being ids of options, blank, `unknown` or `n/a`."""
    states = {"": "unknown", "unknown": "unknown", "?": "unknown", "n/a": "n/a"}
    answers = {
        question.id: Answer(None, states[cell]) if cell in states else Answer(cell)  # type: ignore[arg-type]  # both states
        for question, cell in zip(case.columns, row[2:], strict=True)
    }
    return Prospect("prospect", "Prospect", answers, Deal(value=value))
