"""The parts of a finished result, each a plain frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from fitcheck.decision.content.cost_model import Basis, Per
from fitcheck.decision.content.rubric import Actor, Side
from fitcheck.problems import Place

Verdict = Literal["pursue", "not now"]
GateState = Literal["pass", "fail", "unknown", "at risk"]
"""Of the money gate also "at risk": what is likely costs more than the limit, what is possible does not."""

FitState = Literal["settled", "likely", "leaning", "ask first"]
"""How firmly the verdict stands: no answer could turn it, the odds are clear, they are not, or too little is known."""

Points = int | Fraction
"""In an assessment points of 100, exact; inside the core whole units of a scorecard, 1/`Scorecard.whole` of 100."""

StageFrom = Literal["given", "company", "screen"]
"""Who chose the stage: the call, the company file, or the screen's default."""


@dataclass(frozen=True, slots=True)
class Gate:
    """
    A deal-breaker, checked: an answer, a floor or the cost limit.

    Attributes:
        id: the question, `floor:<rubric>[:<side>]`, or `money`.
        title: in a few words.
        because: what the state rests on, half a sentence.
        why: why nothing else makes up for it.
        where: the place of the answer, if one answer decides.
    """

    id: str
    title: str
    state: GateState
    because: str
    why: str
    evidence: str | None = None
    where: Place | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """
    The exact effect of one answer (or of one-sided trust) on the margin.

    Attributes:
        code: reasons with one code are added up when shown.
        question: None on the one-sided line.
        answer: id of the chosen option.
        says: what the option says.
        text: half a sentence.
        effect: on score − threshold [points].
        points, most: what the answer gives and the most it could give [points].
    """

    code: str
    dimension: str
    text: str
    effect: Points
    question: str | None = None
    answer: str | None = None
    says: str = ""
    points: Points = 0
    most: Points = 0
    evidence: str | None = None
    on: date | None = None
    by: str | None = None
    where: Place | None = None


@dataclass(frozen=True, slots=True)
class ReasonGroup:
    """Reasons with one code; the first member is the one to quote."""

    code: str
    effect: Points
    members: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class OpenLine:
    """
    An open question: never a reason.

    Attributes:
        question: None on the one-sided line.
        text: what to ask.
        effect: where it stands now, at what the answers so far imply [points].
        low, high: what an answer could make of it [points].
        weight: its part of the whole [points].
    """

    dimension: str
    question: str | None
    text: str
    effect: Fraction
    low: Fraction
    high: Fraction
    weight: Fraction


@dataclass(frozen=True, slots=True)
class SideScore:
    """One direction of trust, 0..`most` [points]."""

    side: Side
    title: str
    score: Fraction
    low: Fraction
    high: Fraction
    floor: Fraction | None


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """
    One rubric's part of the score [points].

    Attributes:
        score, low, high: now, and what unknown answers could make of it.
        most: its weight in points; each side of a two-way dimension tops here too.
        floor: least points that the gate asks for, in a one-way dimension.
        sides: both directions in a two-way dimension, else empty.
        one_sided: what the stronger direction can't make up for, never positive [points].
    """

    id: str
    title: str
    score: Fraction
    low: Fraction
    high: Fraction
    most: Fraction
    floor: Fraction | None
    sides: tuple[SideScore, ...] = ()
    one_sided: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Advice:
    """Advice for a low answer; `lost` is what the best answer would add [points]."""

    question: str
    by: Actor
    text: str
    lost: Fraction


@dataclass(frozen=True, slots=True)
class Spread:
    """A quantity with its uncertainty: three quantiles and the mean, rounded for the reader."""

    p10: float
    p50: float
    p90: float
    mean: float


@dataclass(frozen=True, slots=True)
class Driver:
    """
    One thing that takes hours in this deal; the hours of all drivers add up to the mean [hours], their money likewise.

    Attributes:
        activity: id in the cost model.
        title: in words.
        hours: expected, over all cycles [hours].
        because: half a sentence.
        assumed: the question whose answer is unknown and stands at its prior, else None.
        basis: where the hours and the expenses come from.
        role: who works.
        rate: money per hour of that role [currency of the costs].
        rate_basis: where the rate comes from.
        expenses: expected beside the hours, over all cycles [currency of the costs].
    """

    activity: str
    title: str
    hours: Fraction
    because: str
    assumed: str | None
    basis: Basis
    role: str
    rate: Fraction
    rate_basis: Basis
    expenses: Fraction = Fraction(0)

    @property
    def benchmark(self) -> bool:
        """Whether the hours are not the user's own figure."""
        return self.basis.kind != "own"

    @property
    def assumption(self) -> bool:
        """Whether the hours are nobody's figure but our own guess."""
        return self.basis.kind == "assumption"

    @property
    def money(self) -> Fraction:
        """Expected labour and expenses."""
        return self.hours * self.rate + self.expenses


@dataclass(frozen=True, slots=True)
class WorthFrom:
    """
    The value or margin from which closing pays off.

    Attributes:
        of: which figure of the deal it is.
        amount: in the currency of the costs; of one year where `per` is "year".
        per: the period of the deal.
    """

    of: Literal["value", "margin"]
    amount: Fraction
    per: Per


@dataclass(frozen=True, slots=True)
class CostToClose:
    """
    The remaining cost to close.

    Attributes:
        hours: work that is left to do [hours, to 0.1].
        money: labour and expenses [`currency`, whole units].
        expected: exact mean of `money`.
        weeks_p50, weeks_p90: calendar time [weeks, to 0.1].
        cycles: probability of 1, 2, ... runs of the sales loop.
        cycles_mean: exact mean of `cycles`.
        cycles_because: why that many.
        hours_spent: by role, the hours that have gone into it already and are taken off, as they were given.
        margin: what is ours if won, over all months that count [`currency`]; None if no deal value or margin is known.
        win_probability: that is reckoned with, 0..1: the user's own, else the win rate of such deals.
        expected_value: of pursuing it, won or lost [`currency`]; None if the margin is unknown.
        limit: most that closing may cost for this margin, whether or not a gate asks for it [`currency`]; None
            likewise.
        worth_from: the value or margin from which the likely cost is within the limit; None if no deal would do.
        per_deal_value: expected money per unit of deal value.
        per_margin: expected money per unit of margin.
        break_even: share of such deals that must be won to earn the cost, 0..1; None if unknown or a loss even if won.
        unknown: ids of cost questions that are unknown and widen the range.
        benchmarks: which figures are not the user's own, of "hours", "rates", "margin", "cycles".
        assumptions: which of them rest on a guess of ours, at least in part, and not on a source.
        notes: sentences about what could not be computed, and why.
        cycles_own: whether the number of runs rests on the user's own figures.
        on_benchmarks: exact mean of `money` if none of the company file's own hours, rates and runs counted; None where
            it names none, or nobody says what they are worth in its currency.
    """

    hours: Spread
    money: Spread
    currency: str
    expected: Fraction
    weeks_p50: float
    weeks_p90: float
    cycles: tuple[Fraction, ...]
    cycles_mean: Fraction
    cycles_because: str
    drivers: tuple[Driver, ...]
    hours_spent: Mapping[str, Fraction]
    margin: Fraction | None
    win_probability: Fraction
    expected_value: Fraction | None
    limit: Fraction | None
    worth_from: WorthFrom | None
    per_deal_value: Fraction | None
    per_margin: Fraction | None
    break_even: Fraction | None
    unknown: tuple[str, ...]
    benchmarks: tuple[str, ...]
    assumptions: tuple[str, ...]
    notes: tuple[str, ...]
    cycles_own: bool = False
    on_benchmarks: Fraction | None = None
