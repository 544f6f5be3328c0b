"""
The published JSON document, `fitcheck.assessment/1`: what readers of `--format json` may rely on.

A frozen copy of our own types: keys may be added, anything else would be `/2`. Scores are on the 0..100 scale
with two decimals, effects with three (half a hundredth on one side of a two-way dimension), hours and weeks
with one, money in whole units.
"""

from typing import Literal

from typing_extensions import TypedDict

SCHEMA: Literal["fitcheck.assessment/1"] = "fitcheck.assessment/1"


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
    state: Literal["pass", "fail", "unknown"]
    because: str
    why: str
    evidence: str | None
    where: str | None


class ReasonDocument(TypedDict):
    """The exact effect of one answer on score − threshold; `question` is null on the one-sided line."""

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
    """A question that is unknown: where it stands in the score, and what an answer could make of it."""

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
    """What one answer would do: the probability of "pursue" after it, and the verdict if it settles it."""

    option: str
    probability_pursue: float
    settles: Literal["pursue", "not now"] | None


class AskDocument(TypedDict):
    """A question worth asking; `value` is the expected drop of p(1 − p) for the effort of asking."""

    question: str
    ask: str
    ask_customer: str | None
    value: float
    decisive: bool
    prior: Literal["screen", "uniform"]
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
    gate: Literal["pass", "unknown"]


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
    equal_weights: Literal["pursue", "not now"]
    other_stages: dict[str, Literal["pursue", "not now"]]


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
    """One thing that takes hours; `assumed` is true where the answer behind it is unknown."""

    activity: str
    title: str
    hours: float
    because: str
    assumed: bool
    benchmark: bool


class CostDocument(TypedDict):
    """
    Cost to close; `benchmark` is true unless every figure is the user's own.

    `break_even_win_probability` is null if the margin is unknown, or less than the cost: a loss even if won.
    """

    hours: HoursDocument
    money: MoneyDocument
    weeks: WeeksDocument
    cycles: CyclesDocument
    margin: float | None
    per_deal_value: float | None
    per_margin: float | None
    break_even_win_probability: float | None
    drivers: list[DriverDocument]
    unknown: list[str]
    benchmark: bool
    benchmarks: list[str]
    notes: list[str]


class LookAgainDocument(TypedDict):
    """When a "not now" is worth another look."""

    on: str | None
    weeks: int


class AssessmentDocument(TypedDict):
    """One assessed prospect."""

    schema: Literal["fitcheck.assessment/1"]
    prospect: ProspectDocument
    screen: ScreenDocument
    stage: Literal["concept", "prototype", "pilot", "growth", "mature"]
    stage_from: Literal["given", "company", "screen"]
    as_of: str | None
    verdict: Literal["pursue", "not now"]
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
