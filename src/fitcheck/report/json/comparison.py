"""
Two or three prospects side by side: `fitcheck.comparison/2`.

Keys may be added; anything else would be `/3`. Scores and effects are on the 0..100 scale, as in
`fitcheck.assessment/2`; prospects are named by their position in `prospects`, 0 for the first.
"""

from typing import Literal

from pydantic import model_validator

from fitcheck.decision.content.answers import State
from fitcheck.decision.score.results import FitState, Verdict
from fitcheck.decision.several.comparison import Comparison
from fitcheck.report.json.cost import HoursDocument, MoneyDocument
from fitcheck.report.json.fields import Document, Hundredths, Id, Odds, ScreenDocument, Share, View, at
from fitcheck.report.several.compare_figures import printed_comparison
from fitcheck.report.several.compare_words import conclusion


class ComparedDimensionDocument(Document):
    """One rubric's part of the score."""

    id: str
    title: str
    points: float = at("score")
    points_low: float = at("low")
    points_high: float = at("high")
    weight: float = at("most")


class ComparedProspectDocument(Document):
    """
    One prospect.

    `probability_pursue`, the odds that the fit passes, is null when settled; hours and money are null without a cost
    model, and margin and value where they are not known.
    """

    id: str = at("prospect.id")
    name: str = at("prospect.name")
    verdict: Verdict
    state: FitState
    settled: bool
    probability_pursue: Odds | None = at("probability")
    known: Share
    score: float
    score_low: float
    score_high: float
    failed_gates: list[Id]
    dimensions: list[ComparedDimensionDocument]
    hours: HoursDocument | None = at("cost.hours", default=None)
    money: MoneyDocument | None = at("cost")
    margin: Hundredths | None = at("cost.margin", default=None)
    value_per_hour: Hundredths | None


class SaidDocument(Document):
    """One prospect's answer; `answer` is null unless `state` is "given", and on the one-sided line."""

    state: State
    answer: str | None
    says: str
    effect: float
    effect_low: float = at("low")
    effect_high: float = at("high")
    evidence: str | None
    by: str | None


class DifferenceDocument(Document):
    """What sets scores apart, with one `said` for each prospect; `question` is null on the one-sided line."""

    dimension: str
    question: str | None
    ask: str
    apart: float
    said: list[SaidDocument]


class ConclusionDocument(Document):
    """What follows from the figures: positions in `prospects`, and the same in words."""

    pursued: list[int]
    best: int | None
    beyond_doubt: bool
    margin_unknown: list[int]
    ask_first: list[int]
    look_first: list[int]
    text: str


class ComparisonDocument(Document):
    """Two or three prospects side by side; differences with the most points first."""

    schema_: Literal["fitcheck.comparison/2"] = "fitcheck.comparison/2"
    screen: ScreenDocument = at("assessments.0.screen")
    stage: str = at("assessments.0.stage")
    threshold: float = at("assessments.0.threshold")
    prospects: list[ComparedProspectDocument]
    differences: list[DifferenceDocument]
    conclusion: ConclusionDocument

    @model_validator(mode="before")
    @classmethod
    def _printed(cls, exact: Comparison) -> View:
        shown = printed_comparison(exact)
        values = zip(shown.assessments, shown.value_per_hour, strict=True)
        return View(
            shown,
            prospects=[View(assessment, value_per_hour=value) for assessment, value in values],
            conclusion=View(shown.conclusion, text=conclusion(shown)),
        )
