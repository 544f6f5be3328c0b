"""
Comparison → the published JSON document, `fitcheck.comparison/2`.

Keys may be added; anything else would be `/3`. Scores and effects are on the 0..100 scale, as in
`fitcheck.assessment/2`; prospects are named by their position in `prospects`, 0 for the first.
"""

from fractions import Fraction
from typing import Literal

from typing_extensions import TypedDict

from fitcheck.decision.assessment import Assessment
from fitcheck.decision.score.results import CostToClose
from fitcheck.decision.score.rounding import half_up, rounded
from fitcheck.decision.several.comparison import Comparison, Difference
from fitcheck.report.json_types import StateName, VerdictName
from fitcheck.report.several.compare_figures import printed_comparison
from fitcheck.report.several.compare_words import conclusion

SCHEMA: Literal["fitcheck.comparison/2"] = "fitcheck.comparison/2"


class ComparedScreenDocument(TypedDict):
    """What all of them were asked."""

    id: str
    version: int
    digest: str


class ComparedDimensionDocument(TypedDict):
    """One rubric's part of the score."""

    id: str
    title: str
    points: float
    points_low: float
    points_high: float
    weight: float


class ComparedHoursDocument(TypedDict):
    """Work that closing takes, in hours."""

    p10: float
    p50: float
    p90: float
    mean: float


class ComparedMoneyDocument(TypedDict):
    """What that costs, in whole units."""

    p10: int
    p50: int
    p90: int
    mean: int
    currency: str


class ComparedProspectDocument(TypedDict):
    """
    One prospect.

    `probability_pursue`, the odds that the fit passes, is null when settled; hours and money are null without a cost
    model, and margin and value where they are not known.
    """

    id: str
    name: str
    verdict: VerdictName
    state: StateName
    settled: bool
    probability_pursue: float | None
    known: float
    score: float
    score_low: float
    score_high: float
    failed_gates: list[str]
    dimensions: list[ComparedDimensionDocument]
    hours: ComparedHoursDocument | None
    money: ComparedMoneyDocument | None
    margin: float | None
    value_per_hour: float | None


class SaidDocument(TypedDict):
    """One prospect's answer; `answer` is null unless `state` is "given", and on the one-sided line."""

    state: Literal["given", "unknown", "n/a"]
    answer: str | None
    says: str
    effect: float
    effect_low: float
    effect_high: float
    evidence: str | None
    by: str | None


class DifferenceDocument(TypedDict):
    """What sets scores apart, with one `said` for each prospect; `question` is null on the one-sided line."""

    dimension: str
    question: str | None
    ask: str
    apart: float
    said: list[SaidDocument]


class ConclusionDocument(TypedDict):
    """What follows from the figures: positions in `prospects`, and the same in words."""

    pursued: list[int]
    best: int | None
    beyond_doubt: bool
    margin_unknown: list[int]
    ask_first: list[int]
    look_first: list[int]
    text: str


class ComparisonDocument(TypedDict):
    """Two or three prospects side by side; differences with the most points first."""

    schema: Literal["fitcheck.comparison/2"]
    screen: ComparedScreenDocument
    stage: str
    threshold: float
    prospects: list[ComparedProspectDocument]
    differences: list[DifferenceDocument]
    conclusion: ConclusionDocument


def comparison_document(exact: Comparison) -> ComparisonDocument:
    """Copy a comparison into the published document."""
    comparison = printed_comparison(exact)
    first, found = comparison.assessments[0], comparison.conclusion
    margins = zip(comparison.assessments, comparison.value_per_hour, strict=True)
    return {
        "schema": SCHEMA,
        "screen": {"id": first.screen.id, "version": first.screen.version, "digest": first.screen.digest},
        "stage": first.stage,
        "threshold": float(first.threshold),
        "prospects": [_prospect(assessment, margin) for assessment, margin in margins],
        "differences": [_difference(difference) for difference in comparison.differences],
        "conclusion": {
            "pursued": list(found.pursued),
            "best": found.best,
            "beyond_doubt": found.beyond_doubt,
            "margin_unknown": list(found.margin_unknown),
            "ask_first": list(found.ask_first),
            "look_first": list(found.look_first),
            "text": conclusion(comparison),
        },
    }


def _prospect(assessment: Assessment, value_per_hour: Fraction | None) -> ComparedProspectDocument:
    cost, odds = assessment.cost, assessment.probability
    return {
        "id": assessment.prospect.id,
        "name": assessment.prospect.name,
        "verdict": assessment.verdict,
        "state": assessment.state,
        "settled": assessment.settled,
        "probability_pursue": None if odds is None else round(float(odds), 6),
        "known": rounded(assessment.known, 4),
        "score": float(assessment.score),
        "score_low": float(assessment.score_low),
        "score_high": float(assessment.score_high),
        "failed_gates": [gate.id for gate in assessment.failed_gates],
        "dimensions": [
            {
                "id": dim.id,
                "title": dim.title,
                "points": float(dim.score),
                "points_low": float(dim.low),
                "points_high": float(dim.high),
                "weight": float(dim.most),
            }
            for dim in assessment.dimensions
        ],
        "hours": _hours(cost) if cost else None,
        "money": _money(cost) if cost else None,
        "margin": _money_of(cost.margin) if cost else None,
        "value_per_hour": _money_of(value_per_hour),
    }


def _hours(cost: CostToClose) -> ComparedHoursDocument:
    hours = cost.hours
    return {"p10": hours.p10, "p50": hours.p50, "p90": hours.p90, "mean": hours.mean}


def _money(cost: CostToClose) -> ComparedMoneyDocument:
    money = cost.money
    return {
        "p10": int(money.p10),
        "p50": int(money.p50),
        "p90": int(money.p90),
        "mean": int(money.mean),
        "currency": cost.currency,
    }


def _money_of(amount: Fraction | None) -> float | None:
    return None if amount is None else half_up(amount * 100) / 100


def _difference(difference: Difference) -> DifferenceDocument:
    return {
        "dimension": difference.dimension,
        "question": difference.question,
        "ask": difference.ask,
        "apart": float(difference.apart),
        "said": [
            {
                "state": answer.state,
                "answer": answer.answer,
                "says": answer.says,
                "effect": float(answer.effect),
                "effect_low": float(answer.low),
                "effect_high": float(answer.high),
                "evidence": answer.evidence,
                "by": answer.by,
            }
            for answer in difference.said
        ],
    }
