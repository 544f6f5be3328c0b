"""
Which prospects to take on: `fitcheck.ranking/1`.

Keys may be added; anything else would be `/2`. Money is in `currency`.
"""

from math import sqrt
from typing import Annotated, Literal

from pydantic import BeforeValidator, model_validator

from fitcheck.decision.content.rubric import Stage
from fitcheck.decision.score.results import Verdict
from fitcheck.decision.several.rankings import Ranking
from fitcheck.report.json.fields import Document, Hundredths, Odds, ProspectDocument, ScreenDocument, View, at, each

OfEntry = Annotated[ProspectDocument, each("assessment.prospect")]


class EntryDocument(Document):
    """
    One prospect; what is not known is null.

    `value` is the expected value: win probability × margin, less what pursuing takes, won or lost. `win_probability` is
    the deal's own; without one the `win_rate` of the ranking counts. `at_risk`: it may cost more than it returns.
    `reason` is what decided the verdict most. `hours` and `deviation` are of the role that is ranked for; `reserved` is
    the part of all reserved hours, null unless chosen; `alone` is what would be reserved for it alone; `why` says why
    there is no value.
    """

    prospect: ProspectDocument = at("assessment.prospect")
    verdict: Verdict = at("assessment.verdict")
    settled: bool = at("assessment.settled")
    probability_pursue: Odds | None = at("assessment.probability")
    win_probability: float | None = at("assessment.prospect.deal.win_probability")
    margin: Hundredths | None = at("assessment.cost.margin", default=None)
    value: Hundredths | None
    at_risk: bool
    per_hour: Hundredths | None
    hours: Hundredths = at("hours.mean")
    deviation: Annotated[Hundredths, BeforeValidator(sqrt)] = at("hours.variance")
    reserved: Hundredths | None
    alone: Hundredths
    why: str | None
    reason: str | None


class RankedHoursDocument(Document):
    """Hours available, expected hours of the chosen, and the hours that suffice with probability `level`."""

    available: float = at("hours")
    expected: Hundredths
    reserved: Hundredths
    level: float


class MoreHoursDocument(Document):
    """The fewest extra hours that bring anything, by the half hour; what they bring; which prospects come and go."""

    hours: float
    gain: float
    added: list[OfEntry]
    dropped: list[OfEntry]


class AskFirstDocument(Document):
    """An open prospect: the `chance` of the other verdict once all is answered, and what knowing it is worth."""

    prospect: OfEntry = at("entry")
    verdict: Verdict = at("entry.assessment.verdict")
    chance: Odds
    stake: Hundredths
    worth: Hundredths
    question: str = at("question.question")
    ask: str = at("question.ask")
    ask_customer: str | None = at("question.ask_customer")


class RankingDocument(Document):
    """
    Which prospects to take on in limited hours.

    No set is worth more than `bound`; `exact` is whether none is worth more than `value`. `no_gain` holds the pursued
    prospects that may cost more than they return. `one_more_hour` is null where there are too many prospects to say,
    `more_hours` also where no prospect is left.
    """

    schema_: Literal["fitcheck.ranking/1"] = "fitcheck.ranking/1"
    screen: ScreenDocument
    stage: Stage = at("assessments.0.stage")
    by: Literal["expected value"] = "expected value"
    win_rate: float
    role: str | None
    currency: str
    hours: RankedHoursDocument
    value: float
    bound: float
    exact: bool
    one_more_hour: Hundredths | None
    more_hours: MoreHoursDocument | None = at("step")
    price_of_an_hour: Hundredths = at("price")
    chosen: list[EntryDocument]
    no_room: list[EntryDocument]
    no_gain: list[EntryDocument]
    not_ranked: list[EntryDocument]
    not_now: list[EntryDocument]
    ask_first: list[AskFirstDocument]
    role_without_hours: bool = at("without_hours")
    benchmarks: list[str]
    assumptions: list[str]

    @model_validator(mode="before")
    @classmethod
    def _grouped(cls, ranking: Ranking) -> View:
        return View(ranking, hours=View(ranking, level=0.8))
