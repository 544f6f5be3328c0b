"""
Ranking → the published JSON document, `fitcheck.ranking/1`.

Keys may be added; anything else would be `/2`. Money is in `currency`.
"""

from fractions import Fraction
from math import sqrt
from typing import Literal

from typing_extensions import TypedDict

from fitcheck.decision.several.rankings import AskFirst, Entry, MoreHours, Ranking

SCHEMA: Literal["fitcheck.ranking/1"] = "fitcheck.ranking/1"


class RankedProspectDocument(TypedDict):
    """The company judged."""

    id: str
    name: str


class RankedScreenDocument(TypedDict):
    """What was asked."""

    id: str
    version: int
    digest: str


class EntryDocument(TypedDict):
    """
    One prospect; what is not known is null.

    `value` is the expected value: win probability × margin, less what pursuing takes, won or lost. `win_probability` is
    the deal's own; without one the `win_rate` of the ranking counts. `at_risk`: it may cost more than it returns.
    `reason` is what decided the verdict most. `hours` and `deviation` are of the role that is ranked for; `reserved` is
    the part of all reserved hours, null unless chosen; `alone` is what would have to be reserved for nobody else; `why`
    says why there is no value.
    """

    prospect: RankedProspectDocument
    verdict: Literal["pursue", "not now"]
    settled: bool
    probability_pursue: float | None
    win_probability: float | None
    margin: float | None
    value: float | None
    at_risk: bool
    per_hour: float | None
    hours: float
    deviation: float
    reserved: float | None
    alone: float
    why: str | None
    reason: str | None


class RankedHoursDocument(TypedDict):
    """Hours there are, expected hours of the chosen, and the hours that suffice for them with probability `level`."""

    available: float
    expected: float
    reserved: float
    level: float


class MoreHoursDocument(TypedDict):
    """The fewest further half hours that bring anything, what they bring, and which prospects come and go."""

    hours: float
    gain: float
    added: list[RankedProspectDocument]
    dropped: list[RankedProspectDocument]


class AskFirstDocument(TypedDict):
    """An open prospect: `chance` of the other verdict once all is answered, and what knowing that is worth."""

    prospect: RankedProspectDocument
    verdict: Literal["pursue", "not now"]
    chance: float
    stake: float
    worth: float
    question: str
    ask: str
    ask_customer: str | None


class RankingDocument(TypedDict):
    """
    Which prospects to take on in limited hours.

    No set is worth more than `bound`; `exact` is whether none is worth more than `value`. `no_gain` holds the pursued
    prospects that may cost more than they return. `one_more_hour` is null where there are too many prospects to say,
    `more_hours` also where no prospect is left.
    """

    schema: Literal["fitcheck.ranking/1"]
    screen: RankedScreenDocument
    stage: Literal["concept", "prototype", "pilot", "growth", "mature"]
    by: Literal["expected value"]
    win_rate: float
    role: str | None
    currency: str
    hours: RankedHoursDocument
    value: float
    bound: float
    exact: bool
    one_more_hour: float | None
    more_hours: MoreHoursDocument | None
    price_of_an_hour: float
    chosen: list[EntryDocument]
    no_room: list[EntryDocument]
    no_gain: list[EntryDocument]
    not_ranked: list[EntryDocument]
    not_now: list[EntryDocument]
    ask_first: list[AskFirstDocument]
    role_without_hours: bool
    benchmarks: list[str]
    assumptions: list[str]


def rank_document(ranking: Ranking) -> RankingDocument:
    """Copy a ranking into the published document."""
    screen = ranking.screen
    return {
        "schema": SCHEMA,
        "screen": {"id": screen.id, "version": screen.version, "digest": screen.digest},
        "stage": ranking.assessments[0].stage,
        "by": "expected value",
        "win_rate": float(ranking.win_rate),
        "role": ranking.role,
        "currency": ranking.currency,
        "hours": {
            "available": float(ranking.hours),
            "expected": round(float(ranking.expected), 2),
            "reserved": round(float(ranking.reserved), 2),
            "level": 0.8,
        },
        "value": float(ranking.value),
        "bound": float(ranking.bound),
        "exact": ranking.exact,
        "one_more_hour": _money(ranking.one_more_hour),
        "more_hours": _more(ranking.step) if ranking.step else None,
        "price_of_an_hour": round(float(ranking.price), 2),
        "chosen": [_entry(entry) for entry in ranking.chosen],
        "no_room": [_entry(entry) for entry in ranking.no_room],
        "no_gain": [_entry(entry) for entry in ranking.no_gain],
        "not_ranked": [_entry(entry) for entry in ranking.not_ranked],
        "not_now": [_entry(entry) for entry in ranking.not_now],
        "ask_first": [_asked(asked) for asked in ranking.ask_first],
        "role_without_hours": ranking.without_hours,
        "benchmarks": list(ranking.benchmarks),
        "assumptions": list(ranking.assumptions),
    }


def _prospect(entry: Entry) -> RankedProspectDocument:
    return {"id": entry.assessment.prospect.id, "name": entry.assessment.prospect.name}


def _entry(entry: Entry) -> EntryDocument:
    assessment = entry.assessment
    chance, odds = assessment.prospect.deal.win_probability, assessment.probability
    return {
        "prospect": _prospect(entry),
        "verdict": assessment.verdict,
        "settled": assessment.settled,
        "probability_pursue": None if odds is None else round(float(odds), 6),
        "win_probability": None if chance is None else float(chance),
        "margin": _money(assessment.cost.margin) if assessment.cost else None,
        "value": _money(entry.value),
        "at_risk": entry.at_risk,
        "per_hour": _money(entry.per_hour),
        "hours": round(float(entry.hours.mean), 2),
        "deviation": round(sqrt(entry.hours.variance), 2),
        "reserved": None if entry.reserved is None else round(float(entry.reserved), 2),
        "alone": round(float(entry.alone), 2),
        "why": entry.why,
        "reason": entry.reason,
    }


def _money(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), 2)


def _more(step: MoreHours) -> MoreHoursDocument:
    return {
        "hours": float(step.hours),
        "gain": float(step.gain),
        "added": [_prospect(entry) for entry in step.added],
        "dropped": [_prospect(entry) for entry in step.dropped],
    }


def _asked(asked: AskFirst) -> AskFirstDocument:
    return {
        "prospect": _prospect(asked.entry),
        "verdict": asked.entry.assessment.verdict,
        "chance": round(float(asked.chance), 6),
        "stake": round(float(asked.stake), 2),
        "worth": round(float(asked.worth), 2),
        "question": asked.question.question,
        "ask": asked.question.ask,
        "ask_customer": asked.question.ask_customer,
    }
