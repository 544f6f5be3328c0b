"""
The published JSON document, `fitcheck.assessment/2`: what readers of `--format json` may rely on.

A frozen copy of our own types: keys may be added, anything else would be `/3`. Scores and effects are on the 0..100
scale with two decimals, more only where a score would else seem to lie on the threshold; they are rounded so that the
effects in `reasons` and `open` add up to `score` − `threshold`. Hours and weeks have one decimal, money is in whole
units.
"""

from typing import Literal

from typing_extensions import TypedDict

SCHEMA: Literal["fitcheck.assessment/2"] = "fitcheck.assessment/2"

VerdictName = Literal["pursue", "not now"]

StateName = Literal["settled", "likely", "leaning", "ask first"]
"""How firmly a verdict stands."""

GateStateName = Literal["pass", "fail", "unknown", "at risk"]
"""State of a gate; "at risk" is said of the money gate alone."""


class ProspectDocument(TypedDict):
    """The company judged."""

    id: str
    name: str


class ScreenDocument(TypedDict):
    """What was run; the digest covers every file that the screen is made of."""

    id: str
    version: int
    digest: str


class SideDocument(TypedDict):
    """One direction of trust, 0..100 of its own maximum."""

    side: Literal["theirs", "ours"]
    title: str
    score: float
    score_low: float
    score_high: float
    floor: float | None


class DimensionDocument(TypedDict):
    """One rubric: score 0..100 of its own maximum, weight and points of the whole 100."""

    id: str
    title: str
    score: float
    score_low: float
    score_high: float
    weight: float
    points: float
    floor: float | None
    sides: list[SideDocument]
    one_sided: float


class GateDocument(TypedDict):
    """Something no amount of other merit makes up for."""

    id: str
    title: str
    state: GateStateName
    because: str
    why: str
    evidence: str | None
    where: str | None


class ReasonDocument(TypedDict):
    """The effect of one answer on score − threshold; `question` is null on the one-sided line."""

    code: str
    dimension: str
    question: str | None
    answer: str | None
    effect: float
    text: str
    points: float
    most: float
    evidence: str | None
    by: str | None
    on: str | None
    where: str | None


class OpenDocument(TypedDict):
    """A question that is unknown: its expected effect, from the answers so far, and what an answer could make of it."""

    dimension: str
    question: str | None
    ask: str
    effect: float
    effect_low: float
    effect_high: float


class AdviceDocument(TypedDict):
    """How to help where an answer is low; `points` is what the best answer would add."""

    question: str
    by: Literal["them", "us", "time", "nobody"]
    text: str
    points: float


class OutcomeDocument(TypedDict):
    """What one answer would do: the odds that the fit passes after it, and the verdict if it settles it."""

    option: str
    probability_pursue: float
    settles: VerdictName | None


class AskDocument(TypedDict):
    """A question worth asking; `value` is the expected drop of p(1 − p) for the effort of asking."""

    question: str
    ask: str
    ask_customer: str | None
    value: float
    decisive: bool
    outcomes: list[OutcomeDocument]


StepDocument = TypedDict(
    "StepDocument",
    {
        "question": str,
        "from": str,
        "to": str,
        "says": str,
        "by": Literal["them", "us", "time", "nobody"],
        "advice": str,
    },
)
"""One answer that would change: `from` and `to` are options, `by` is who acts."""


class ThenDocument(TypedDict):
    """A verdict that is open once something has changed; the questions that decide it, most telling first."""

    probability_pursue: float
    ask_next: list[str]


class ChangeDocument(TypedDict):
    """Answers that turn the verdict together; where `then` is not null, it is only open after them."""

    steps: list[StepDocument]
    effort: int
    score: float
    weeks: int | None
    then: ThenDocument | None


CostStepDocument = TypedDict("CostStepDocument", {"question": str, "from": str, "to": str, "says": str})
"""An answer to a cost question that is another one."""


class CheaperDocument(TypedDict):
    """The fewest cost answers that have to be others for the money gate not to fail, and its state then."""

    answers: list[CostStepDocument]
    gate: Literal["pass", "at risk"]


class CriticalDocument(TypedDict):
    """The single weight that has to change least to turn the score, and by which factor."""

    dimension: str
    factor: float


class WeightsDocument(TypedDict):
    """How far the weights may be off; `holds_within_factor` is null where no factor would turn the score."""

    holds_within_factor: float | None
    tolerance: float
    critical: CriticalDocument | None
    share_of_weightings_pursue: float
    equal_weights: VerdictName
    other_stages: dict[str, VerdictName]


class HoursDocument(TypedDict):
    """Hours: quantiles and mean."""

    p10: float
    p50: float
    p90: float
    mean: float


class MoneyDocument(TypedDict):
    """Money: quantiles and mean in whole units of the currency."""

    p10: int
    p50: int
    p90: int
    mean: int
    currency: str


class WeeksDocument(TypedDict):
    """Calendar weeks."""

    p50: float
    p90: float


class CyclesDocument(TypedDict):
    """How often the sales loop is run: mean, and the probability of 1, 2, ... runs."""

    mean: float
    probabilities: list[float]
    because: str


class DriverDocument(TypedDict):
    """
    One thing that takes hours.

    `assumed` is true where the answer behind it is unknown, `assumption` where the hours are a guess of ours.
    """

    activity: str
    title: str
    hours: float
    because: str
    assumed: bool
    benchmark: bool
    assumption: bool


class WorthFromDocument(TypedDict):
    """The least value or margin of the deal from which closing is worth what it costs; of a year if paid every year."""

    of: Literal["value", "margin"]
    amount: float
    per: Literal["once", "year"]


class CostDocument(TypedDict):
    """
    Cost to close, without the hours already spent; `benchmark` is true unless every figure is the user's own.

    `limit` is the most that closing may cost for the margin, `expected_value` what pursuing brings on average at the
    `win_probability`, won or lost; `assumptions` are the benchmarks that rest on a guess of ours.
    `break_even_win_probability` is null if the margin is unknown, or less than the cost: a loss even if won.
    """

    hours: HoursDocument
    money: MoneyDocument
    weeks: WeeksDocument
    cycles: CyclesDocument
    hours_spent: dict[str, float]
    margin: float | None
    win_probability: float
    expected_value: float | None
    limit: float | None
    worth_from: WorthFromDocument | None
    per_deal_value: float | None
    per_margin: float | None
    break_even_win_probability: float | None
    drivers: list[DriverDocument]
    unknown: list[str]
    benchmark: bool
    benchmarks: list[str]
    assumptions: list[str]
    notes: list[str]


class LookAgainDocument(TypedDict):
    """When a "not now" is worth another look."""

    on: str | None
    weeks: int


class AssessmentDocument(TypedDict):
    """
    One assessed prospect.

    `probability_pursue` is the odds that the fit passes, over what is unknown, and never a chance of winning; it is
    null when settled.
    """

    schema: Literal["fitcheck.assessment/2"]
    prospect: ProspectDocument
    screen: ScreenDocument
    stage: Literal["concept", "prototype", "pilot", "growth", "mature"]
    stage_from: Literal["given", "company", "screen"]
    as_of: str | None
    verdict: VerdictName
    state: StateName
    settled: bool
    probability_pursue: float | None
    known: float
    least_known: float
    too_little_known: bool
    score: float
    score_low: float
    score_high: float
    threshold: float
    dimensions: list[DimensionDocument]
    gates: list[GateDocument]
    reasons: list[ReasonDocument]
    open: list[OpenDocument]
    ask_next: list[AskDocument]
    would_change: list[ChangeDocument]
    cannot_change: bool
    obstacles: list[str]
    worth_closing_if: CheaperDocument | None
    would_turn: ChangeDocument | None
    weights: WeightsDocument
    advice: list[AdviceDocument]
    cost_to_close: CostDocument | None
    warnings: list[str]
    look_again: LookAgainDocument | None
