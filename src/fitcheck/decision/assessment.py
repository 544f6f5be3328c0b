"""The finished result: a plain frozen value that every report is made from."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from fitcheck.decision.answers import Prospect
from fitcheck.decision.rubric import Actor, Screen, Side, Stage
from fitcheck.problems import Place

Verdict = Literal["pursue", "not now"]
GateState = Literal["pass", "fail", "unknown"]
StageFrom = Literal["given", "company", "screen"]
"""Who chose the stage: the call, the company file, or the screen's default."""


@dataclass(frozen=True, slots=True)
class Gate:
    """
    Something no amount of other merit makes up for.

    Attributes:
        id: the question, `floor:<rubric>[:<side>]`, or `money`.
        title: in a few words.
        because: what the state rests on, half a sentence.
        why: why no other merit makes up for it.
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
        effect: on score − threshold [doubled points, 0.005 of the 0..100 score].
        points, most: what the answer gives and the most it could give [points].
    """

    code: str
    dimension: str
    text: str
    effect: int
    question: str | None = None
    answer: str | None = None
    says: str = ""
    points: int = 0
    most: int = 0
    evidence: str | None = None
    on: date | None = None
    by: str | None = None
    where: Place | None = None


@dataclass(frozen=True, slots=True)
class ReasonGroup:
    """Reasons with one code; the first member is the one to quote."""

    code: str
    effect: int
    members: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class OpenLine:
    """
    A question that is unknown: never a reason.

    Attributes:
        question: None on the one-sided line.
        text: what to ask.
        effect: where it stands now, at its prior's expected points [doubled points].
        low, high: what an answer could make of it [doubled points].
        weight: its part of the whole [doubled points].
    """

    dimension: str
    question: str | None
    text: str
    effect: int
    low: int
    high: int
    weight: int


@dataclass(frozen=True, slots=True)
class SideScore:
    """One direction of trust, 0..`most` [points]."""

    side: Side
    title: str
    score: int
    low: int
    high: int
    floor: int | None


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """
    One rubric's part of the score [points].

    Attributes:
        score, low, high: now, and what unknown answers could make of it.
        most: its weight in points; each side of a two-way dimension tops here too.
        floor: least points that the gate asks for, in a one-way dimension.
        sides: both directions in a two-way dimension, else empty.
        one_sided: what the stronger direction can't make up for, never positive [doubled points].
    """

    id: str
    title: str
    score: int
    low: int
    high: int
    most: int
    floor: int | None
    sides: tuple[SideScore, ...] = ()
    one_sided: int = 0


@dataclass(frozen=True, slots=True)
class Advice:
    """How to help where an answer is low; `lost` is what the best answer would add [doubled points]."""

    question: str
    by: Actor
    text: str
    lost: int


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
    One thing that takes hours in this deal; the hours of all drivers add up to the mean [hours].

    Attributes:
        activity: id in the cost model.
        title: in words.
        hours: expected, over all cycles [hours].
        because: half a sentence.
        assumed: the question whose answer is unknown and stands at its prior, else None.
        benchmark: whether the hours are not the user's own figure.
    """

    activity: str
    title: str
    hours: Fraction
    because: str
    assumed: str | None
    benchmark: bool


@dataclass(frozen=True, slots=True)
class CostToClose:
    """
    What closing will take.

    Attributes:
        hours: work [hours, to 0.1].
        money: labour and expenses [`currency`, whole units].
        expected: exact mean of `money`.
        weeks_p50, weeks_p90: calendar time [weeks, to 0.1].
        cycles: probability of 1, 2, ... runs of the sales loop.
        cycles_mean: exact mean of `cycles`.
        cycles_because: why that many.
        margin: what is ours if won [`currency`]; None if no deal value or margin is known.
        per_deal_value: expected money per unit of deal value.
        per_margin: expected money per unit of margin; equals the break-even win probability.
        unknown: ids of cost questions that are unknown and widen the range.
        benchmarks: which figures are not the user's own, of "hours", "rates", "margin", "cycles".
        notes: sentences about what could not be computed, and why.
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
    margin: Fraction | None
    per_deal_value: Fraction | None
    per_margin: Fraction | None
    unknown: tuple[str, ...]
    benchmarks: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """
    Everything there is to say about one prospect; all scores in points, 0..10000.

    Attributes:
        as_of: the day the assessment speaks of, if one is known.
        settled: no option of what is unknown would turn the verdict; that a question does not apply is no option.
        probability: of "pursue" over the unknown answers, 0..1; None when settled.
        known: share of the weight that is answered, 0..1.
        too_little_known: open, and less than `screen.least_known` is answered, so "pursue" may not be said.
        score, score_low, score_high: now, and what unknown answers could make of it.
        gates: failed ones first.
        reasons, still_open: every line; their effects add up to 2 × (score − threshold).
        against, speaks_for: the reasons grouped and ranked.
        advice: how to help, most points first.
        look_again: when a "not now" is worth another look; None when pursued or without `as_of`.
        look_again_weeks: the same as a number of weeks from `as_of`.
    """

    prospect: Prospect
    screen: Screen
    stage: Stage
    stage_from: StageFrom
    as_of: date | None
    verdict: Verdict
    settled: bool
    probability: Fraction | None
    known: Fraction
    too_little_known: bool
    score: int
    score_low: int
    score_high: int
    threshold: int
    dimensions: tuple[DimensionScore, ...]
    gates: tuple[Gate, ...]
    reasons: tuple[Reason, ...]
    still_open: tuple[OpenLine, ...]
    against: tuple[ReasonGroup, ...]
    speaks_for: tuple[ReasonGroup, ...]
    advice: tuple[Advice, ...]
    cost: CostToClose | None
    look_again: date | None
    look_again_weeks: int | None

    @property
    def failed_gates(self) -> tuple[Gate, ...]:
        """The gates that no other merit makes up for."""
        return tuple(gate for gate in self.gates if gate.state == "fail")

    @property
    def prior(self) -> Literal["uniform", "screen", "mixed"]:
        """What unknown answers are taken to be: every option equally likely, the screen's priors, or some of each."""
        unknown = [line.question for line in self.still_open if line.question]
        given = [question for question in unknown if question in self.screen.priors]
        return "uniform" if not given else "screen" if len(given) == len(unknown) else "mixed"

    @property
    def effect_of_reasons(self) -> int:
        """Sum of the effects of everything that is answered [doubled points]."""
        return sum(reason.effect for reason in self.reasons)

    @property
    def effect_of_open(self) -> int:
        """Sum of the effects of everything that is unknown, at its prior [doubled points]."""
        return sum(line.effect for line in self.still_open)

    def not_applicable(self, dimension: str) -> tuple[str, ...]:
        """Ids of the questions of a dimension that are answered `n/a`, in rubric order."""
        rubric = next(rubric for rubric in self.screen.rubrics if rubric.id == dimension)
        return tuple(q.id for q in rubric.questions if self.prospect.answer(q.id).state == "n/a")
