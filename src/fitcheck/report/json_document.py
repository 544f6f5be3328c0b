"""
Assessment → the published JSON document, `fitcheck.assessment/1`.

The types here are a frozen copy of what readers may rely on: keys may be added, anything else
would be `/2`. Scores are on the 0..100 scale with two decimals, effects with three (half a
hundredth on one side of a two-way dimension), hours and weeks with one, money in whole units.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from typing_extensions import TypedDict

from fitcheck.decision.assessment import Assessment, CostToClose, DimensionScore
from fitcheck.decision.scorecard import half_up
from fitcheck.problems import Place

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
    """Cost to close; `benchmark` is true unless every figure is the user's own."""

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
    advice: list[AdviceDocument]
    cost_to_close: CostDocument | None
    look_again: LookAgainDocument | None


def document(assessment: Assessment) -> AssessmentDocument:
    """Copy an assessment into the published document."""
    screen, again = assessment.screen, assessment.look_again_weeks
    odds = assessment.probability
    return {
        "schema": SCHEMA,
        "prospect": {"id": assessment.prospect.id, "name": assessment.prospect.name},
        "screen": {"id": screen.id, "version": screen.version, "digest": screen.digest},
        "stage": assessment.stage,
        "stage_from": assessment.stage_from,
        "as_of": assessment.as_of.isoformat() if assessment.as_of else None,
        "verdict": assessment.verdict,
        "settled": assessment.settled,
        "probability_pursue": None if odds is None else round(float(odds), 6),
        "known": round(float(assessment.known), 6),
        "least_known": round(float(screen.least_known), 6),
        "too_little_known": assessment.too_little_known,
        "score": assessment.score / 100,
        "score_low": assessment.score_low / 100,
        "score_high": assessment.score_high / 100,
        "threshold": assessment.threshold / 100,
        "dimensions": [_dimension(dim) for dim in assessment.dimensions],
        "gates": [
            {
                "id": gate.id,
                "title": gate.title,
                "state": gate.state,
                "because": gate.because,
                "why": gate.why,
                "evidence": gate.evidence,
                "where": _where(gate.where),
            }
            for gate in assessment.gates
        ],
        "reasons": [
            {
                "code": reason.code,
                "dimension": reason.dimension,
                "question": reason.question,
                "answer": reason.answer,
                "effect": reason.effect / 200,
                "text": reason.text,
                "points": reason.points / 100,
                "most": reason.most / 100,
                "evidence": reason.evidence,
                "by": reason.by,
                "on": reason.on.isoformat() if reason.on else None,
                "where": _where(reason.where),
            }
            for reason in assessment.reasons
        ],
        "open": [
            {
                "dimension": line.dimension,
                "question": line.question,
                "ask": line.text,
                "effect": line.effect / 200,
                "effect_low": line.low / 200,
                "effect_high": line.high / 200,
            }
            for line in assessment.still_open
        ],
        "advice": [
            {"question": advice.question, "by": advice.by, "text": advice.text, "points": advice.lost / 200}
            for advice in assessment.advice
        ],
        "cost_to_close": _cost(assessment.cost) if assessment.cost else None,
        "look_again": None
        if again is None
        else {"on": assessment.look_again.isoformat() if assessment.look_again else None, "weeks": again},
    }


def documents(assessments: Sequence[Assessment]) -> AssessmentDocument | list[AssessmentDocument]:
    """One document for one prospect, a list of them for several."""
    copies = [document(assessment) for assessment in assessments]
    return copies[0] if len(copies) == 1 else copies


def _dimension(dim: DimensionScore) -> DimensionDocument:
    def share(points: int) -> float:
        return half_up(Fraction(10_000 * points, dim.most or 1)) / 100

    return {
        "id": dim.id,
        "title": dim.title,
        "score": share(dim.score),
        "score_low": share(dim.low),
        "score_high": share(dim.high),
        "weight": dim.most / 100,
        "points": dim.score / 100,
        "floor": None if dim.floor is None else share(dim.floor),
        "sides": [
            {
                "side": side.side,
                "title": side.title,
                "score": share(side.score),
                "score_low": share(side.low),
                "score_high": share(side.high),
                "floor": None if side.floor is None else share(side.floor),
            }
            for side in dim.sides
        ],
        "one_sided": dim.one_sided / 200,
    }


def _cost(cost: CostToClose) -> CostDocument:
    hours, money = cost.hours, cost.money
    per_margin = None if cost.per_margin is None else _decimal(cost.per_margin, 4)
    return {
        "hours": {"p10": hours.p10, "p50": hours.p50, "p90": hours.p90, "mean": hours.mean},
        "money": {
            "p10": int(money.p10),
            "p50": int(money.p50),
            "p90": int(money.p90),
            "mean": int(money.mean),
            "currency": cost.currency,
        },
        "weeks": {"p50": cost.weeks_p50, "p90": cost.weeks_p90},
        "cycles": {
            "mean": _decimal(cost.cycles_mean, 4),
            "probabilities": [_decimal(share, 6) for share in cost.cycles],
            "because": cost.cycles_because,
        },
        "margin": None if cost.margin is None else _decimal(cost.margin, 2),
        "per_deal_value": None if cost.per_deal_value is None else _decimal(cost.per_deal_value, 4),
        "per_margin": per_margin,
        "break_even_win_probability": None if per_margin is None else min(per_margin, 1.0),
        "drivers": [
            {
                "activity": driver.activity,
                "title": driver.title,
                "hours": _decimal(driver.hours, 1),
                "because": driver.because,
                "assumed": driver.assumed is not None,
                "benchmark": driver.benchmark,
            }
            for driver in cost.drivers
        ],
        "unknown": list(cost.unknown),
        "benchmark": bool(cost.benchmarks),
        "benchmarks": list(cost.benchmarks),
        "notes": list(cost.notes),
    }


def _decimal(value: Fraction, digits: int) -> float:
    scale: int = 10**digits
    return half_up(value * scale) / scale


def _where(place: Place | None) -> str | None:
    return None if place is None else f"{place.file}:{place.line}"
