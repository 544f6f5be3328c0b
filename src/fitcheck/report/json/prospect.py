"""
One assessment: `fitcheck.assessment/2`, what readers of `--format json` may rely on.

Keys may be added; anything else would be `/3`. Scores and effects are on the 0..100 scale with two decimals, more only
where a score would else seem to lie on the threshold; they are rounded so that the effects in `reasons` and `open` add
up to `score` − `threshold`. Hours and weeks have one decimal, money is in whole units.
"""

from fractions import Fraction
from operator import not_
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, model_validator

from fitcheck.decision.assessment import Assessment
from fitcheck.decision.content.rubric import Actor, Side, Stage
from fitcheck.decision.score.results import DimensionScore, FitState, GateState, SideScore, StageFrom, Verdict
from fitcheck.report.json.cost import CostDocument
from fitcheck.report.json.fields import (
    Day,
    Document,
    Hundredths,
    Odds,
    ProspectDocument,
    QuestionId,
    ScreenDocument,
    Share,
    View,
    Where,
    at,
)
from fitcheck.report.printed import printed


class SideDocument(Document):
    """One direction of trust, 0..100 of its own maximum."""

    side: Side
    title: str
    score: Hundredths
    score_low: Hundredths = at("low")
    score_high: Hundredths = at("high")
    floor: Hundredths | None


class DimensionDocument(Document):
    """One rubric: score 0..100 of its own maximum, weight and points of the whole 100."""

    id: str
    title: str
    score: Hundredths
    score_low: Hundredths = at("low")
    score_high: Hundredths = at("high")
    weight: float = at("most")
    points: float
    floor: Hundredths | None
    sides: list[SideDocument]
    one_sided: float


class GateDocument(Document):
    """A deal-breaker: what its state rests on, and why no score makes up for it."""

    id: str
    title: str
    state: GateState
    because: str
    why: str
    evidence: str | None
    where: Where | None


class ReasonDocument(Document):
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
    on: Day | None
    where: Where | None


class OpenDocument(Document):
    """An unanswered question: its expected effect, from the answers so far, and the range an answer could bring."""

    dimension: str
    question: str | None
    ask: str = at("text")
    effect: float
    effect_low: float = at("low")
    effect_high: float = at("high")


class AdviceDocument(Document):
    """How to improve a low answer; `points` is what the best answer would add."""

    question: str
    by: Actor
    text: str
    points: float = at("lost")


class OutcomeDocument(Document):
    """What one answer would do: the odds that the fit passes after it, and the verdict if it settles it."""

    option: str
    probability_pursue: Odds = at("probability")
    settles: Verdict | None


class AskDocument(Document):
    """A question worth asking; `value` is the expected drop of p(1 − p) for the effort of asking."""

    question: str
    ask: str
    ask_customer: str | None
    value: Odds
    decisive: bool
    outcomes: list[OutcomeDocument]


class CostStepDocument(Document):
    """A cost answer that would have to change: `from` and `to` are options."""

    question: str
    from_: str = at("before")
    to: str = at("after")
    says: str


class StepDocument(CostStepDocument):
    """An answer that would have to change: `from` and `to` are options, `by` is who acts."""

    by: Actor
    advice: str


class ThenDocument(Document):
    """The verdict is still open after the change: these questions decide it, most telling first."""

    probability_pursue: Odds = at("probability")
    ask_next: list[QuestionId] = at("ask")


class ChangeDocument(Document):
    """Changes that turn the verdict together, or only open it where `then` is not null."""

    steps: list[StepDocument]
    effort: int
    score: float
    weeks: int | None
    then: ThenDocument | None


class CheaperDocument(Document):
    """The fewest cost answers that would have to change for the money gate not to fail, and its state then."""

    answers: list[CostStepDocument] = at("steps")
    gate: Literal["pass", "at risk"] = at("state")


class CriticalDocument(Document):
    """The single weight that has to change least to turn the score, and by which factor."""

    dimension: str
    factor: Share


class WeightsDocument(Document):
    """How far the weights may be off; `holds_within_factor` is null where no factor turns the score."""

    holds_within_factor: Hundredths | None = at("factor")
    tolerance: Share
    critical: CriticalDocument | None
    share_of_weightings_pursue: Share = at("share_pursue")
    equal_weights: Verdict
    other_stages: dict[str, Verdict]


class LookAgainDocument(Document):
    """When a "not now" is worth another look."""

    on: Day | None = at("look_again")
    weeks: int = at("look_again_weeks")


class AssessmentDocument(Document):
    """
    One assessed prospect.

    `probability_pursue` is the odds that the fit passes, over what is unknown, and never a chance of winning; it is
    null when settled.
    """

    schema_: Literal["fitcheck.assessment/2"] = "fitcheck.assessment/2"
    prospect: ProspectDocument
    screen: ScreenDocument
    stage: Stage
    stage_from: StageFrom
    as_of: Day | None
    verdict: Verdict
    state: FitState
    settled: bool
    probability_pursue: Odds | None = at("probability")
    known: Share
    least_known: Odds = at("screen.least_known")
    too_little_known: bool
    score: float
    score_low: float
    score_high: float
    threshold: float
    dimensions: list[DimensionDocument]
    gates: list[GateDocument]
    reasons: list[ReasonDocument]
    open: list[OpenDocument] = at("still_open")
    ask_next: list[AskDocument]
    would_change: list[ChangeDocument] = at("would_change.sets", default_factory=list)
    cannot_change: Annotated[bool, BeforeValidator(not_)] = at("hopeful")
    obstacles: list[str] = at("would_change.obstacles", default_factory=list)
    worth_closing_if: CheaperDocument | None
    would_turn: ChangeDocument | None
    weights: WeightsDocument
    advice: list[AdviceDocument]
    cost_to_close: CostDocument | None = at("cost")
    warnings: list[str]
    look_again: LookAgainDocument | None

    @model_validator(mode="before")
    @classmethod
    def _printed(cls, exact: Assessment) -> View:
        shown = printed(exact)
        return View(
            shown,
            dimensions=[_dimension(*both) for both in zip(exact.dimensions, shown.dimensions, strict=True)],
            weights=View(shown.firmness, other_stages=dict(shown.neighbours)),
            look_again=None if shown.look_again_weeks is None else shown,
        )


def _dimension(exact: DimensionScore, shown: DimensionScore) -> View:
    most = exact.most or Fraction(1)
    sides = [View(side, **_percent(side, most)) for side in exact.sides]
    return View(shown, **_percent(exact, most), points=shown.score, sides=sides)


def _percent(part: DimensionScore | SideScore, most: Fraction) -> dict[str, Any]:
    points = {"score": part.score, "low": part.low, "high": part.high, "floor": part.floor}
    return {name: None if value is None else value * 100 / most for name, value in points.items()}
