"""Worked cases: answers, the expected verdict, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from fitcheck.decision.assess import assess
from fitcheck.decision.assessment import Assessment
from fitcheck.decision.content.answers import Prospect
from fitcheck.decision.content.cost_model import Company
from fitcheck.decision.content.rubric import Screen, Stage
from fitcheck.decision.score.results import Verdict
from fitcheck.decision.score.rounding import half_up
from fitcheck.problems import Place


@dataclass(frozen=True, slots=True)
class Expectation:
    """
    The expected result of a case; None means anything.

    Attributes:
        settled: whether no open answer can change the verdict.
        gates: ids of exactly those gates that fail, in any order.
        against: codes of the strongest reasons against, strongest first; weaker ones may follow.
        speaks_for: the same of the reasons for.
        hours: least and most that the mean hours to close may be [hours].
    """

    verdict: Verdict
    settled: bool | None = None
    gates: tuple[str, ...] | None = None
    against: tuple[str, ...] | None = None
    speaks_for: tuple[str, ...] | None = None
    hours: tuple[Fraction, Fraction] | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """
    A prospect whose verdict is known beforehand.

    Attributes:
        id: unique in its file.
        file: id of the file.
        prospect: with the answers; one that is written as unknown stands among them.
        story: the call notes that the answers come from; "" where there are none.
        lesson: why the verdict follows; "" without a story.
        guesses: by question id, why the notes do not give the answer: a flaw in the question.
        where: the place in the file.
    """

    id: str
    file: str
    screen: Screen
    stage: Stage
    prospect: Prospect
    expect: Expectation
    story: str = ""
    lesson: str = ""
    guesses: Mapping[str, str] = field(default_factory=dict)
    where: Place | None = None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """The cases of one file."""

    id: str
    version: int
    about: str
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A difference from what was expected, in words: `aspect` is the key of the expectation."""

    aspect: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a case."""

    case: Case
    assessment: Assessment
    mismatches: tuple[Mismatch, ...]

    @property
    def as_expected(self) -> bool:
        """Whether everything is as expected."""
        return not self.mismatches


def run(case: Case) -> Outcome:
    """Assess the prospect of a case, without a company file, and compare; the cost only where it is asked for."""
    screen = case.screen if case.expect.hours else judging(case.screen, case.prospect)
    assessment = assess(screen, case.prospect, case.stage)
    return Outcome(case, assessment, tuple(_mismatches(case.expect, assessment)))


def judging(screen: Screen, prospect: Prospect, company: Company | None = None) -> Screen:
    """
    Return as much of a screen as can touch the verdict.

    The cost model, which takes most of the time, is left out where it tells nothing: no cost question is answered,
    which would say something about the type of prospect, and no money gate applies, as nothing says what the deal is
    worth or how many hours it may take.
    """
    deal, asked = prospect.deal, screen.cost.questions if screen.cost else ()
    answered = any(prospect.answer(question.id).option for question in asked)
    limited = company is not None and company.pilot_hours is not None
    known = answered or limited or deal.value is not None or deal.margin is not None
    return screen if known else replace(screen, cost=None, money_gate=None)


def mean_hours(assessment: Assessment) -> Fraction | None:
    """Exact mean of the hours to close; None without a cost model [hours]."""
    return None if assessment.cost is None else sum((d.hours for d in assessment.cost.drivers), Fraction(0))


def _mismatches(expect: Expectation, found: Assessment) -> Iterator[Mismatch]:
    if expect.verdict != found.verdict:
        yield Mismatch("verdict", expect.verdict, found.verdict)
    if expect.settled not in {None, found.settled}:
        yield Mismatch("settled", _standing(settled=bool(expect.settled)), _standing(settled=found.settled))
    failing = [gate.id for gate in found.failed_gates]
    if expect.gates is not None and sorted(expect.gates) != sorted(failing):
        yield Mismatch("gates", _listed(expect.gates), _listed(failing))
    for aspect, codes, groups in (
        ("against", expect.against, found.against),
        ("for", expect.speaks_for, found.speaks_for),
    ):
        leading = [group.code for group in groups[: len(codes or ())]]
        if codes is not None and list(codes) != leading:
            yield Mismatch(aspect, _listed(codes), _listed(leading))
    if expect.hours is not None:
        hours, (least, most) = mean_hours(found), expect.hours
        if hours is None:
            yield Mismatch("hours", f"{_tenths(least)} to {_tenths(most)}", "no cost model")
        elif not least <= hours <= most:
            yield Mismatch("hours", f"{_tenths(least)} to {_tenths(most)}", _tenths(hours))


def _standing(*, settled: bool) -> str:
    return "settled" if settled else "open"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "none"


def _tenths(value: Fraction) -> str:
    """
    Return a number with one decimal, if it needs one.

    >>> _tenths(Fraction(40)), _tenths(Fraction(123, 4))
    ('40', '30.8')
    """
    whole, rest = divmod(half_up(value * 10), 10)
    return f"{whole}.{rest}" if rest else str(whole)
