"""
What a customer may read of an assessment: the published JSON document, `fitcheck.letter/1`.

Nothing else of an assessment gets into a letter, whatever its template: no score, no gate, no weight, no amount, and no
text that was written for our own eyes. A reason is told in the words that its rubric has for the customer, or left out.
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from typing_extensions import TypedDict

from fitcheck.decision.assessment import Assessment
from fitcheck.decision.content.rubric import Question, Screen
from fitcheck.decision.cost.money import HOURS
from fitcheck.decision.score.results import Gate, Reason
from fitcheck.problems import Problem, UsageError
from fitcheck.report.figures import MONTHS

SCHEMA: Literal["fitcheck.letter/1"] = "fitcheck.letter/1"

GOALS = ("goal-in-their-words", "need", "implicated-pain", "problem-we-solve")
"""Reason codes of the questions about what they want to reach, the one to quote first."""

REASONS = 2
"""Reasons told at most, the cost to close included: who hears more of them reads none."""

ASKED = 2
"""Questions put to the customer at most."""

MONEY_REASON = "Getting to a contract would take us more work than an order of this size can pay for."
HOURS_REASON = "Getting started would take more hours than we can spare at the moment."


class AddresseeDocument(TypedDict):
    """Who the letter is for."""

    name: str


class AgainDocument(TypedDict):
    """When we get in touch again: `on` as 2026-11-22, `day` as 22 November 2026, both null where no day is known."""

    on: str | None
    day: str | None
    weeks: int


class LetterDocument(TypedDict):
    """
    What may be said to a customer; a template sees the same.

    `sender` is our name, if the company file says it. `goal` is what they want to reach or be rid of, in
    their own words. `reasons`
    are the true reasons, as far as they may be told. `lighter` is what would take less work, where closing costs too
    much. `too_little_known` is true where nothing but missing answers stands in the way; `asks` is what we would like
    to know. `hopeful` is false when no change would do.
    """

    schema: Literal["fitcheck.letter/1"]
    prospect: AddresseeDocument
    sender: str | None
    goal: str | None
    reasons: list[str]
    lighter: list[str]
    too_little_known: bool
    hopeful: bool
    asks: list[str]
    look_again: AgainDocument


def letter_document(assessment: Assessment, sender: str | None = None) -> LetterDocument:
    """
    Pick out what a customer may read.

    Args:
        assessment: of a prospect that is not pursued now.
        sender: our name.

    Raises:
        UsageError: the verdict is "pursue".
    """
    if assessment.would_change is None or assessment.look_again_weeks is None:
        message = f"the verdict on {assessment.prospect.name} is pursue: nothing to decline"
        raise UsageError(Problem("nothing-to-decline", message))
    is_open = assessment.hopeful and not assessment.settled
    return {
        "schema": SCHEMA,
        "prospect": {"name": assessment.prospect.name},
        "sender": sender,
        "goal": next(_quotes(assessment), None),
        "reasons": list(dict.fromkeys(_reasons(assessment)))[:REASONS],
        "lighter": list(_lighter(assessment)),
        "too_little_known": is_open and not assessment.failed_gates,
        "hopeful": assessment.hopeful,
        "asks": list(_asks(assessment))[:ASKED] if is_open else [],
        "look_again": _again(assessment.look_again, assessment.look_again_weeks),
    }


def _quotes(assessment: Assessment) -> Iterator[str]:
    """What somebody said about their goal, where the answer speaks for them; an observation of ours is no quote."""
    told = {reason.question: reason for reason in assessment.reasons if reason.effect > 0 and reason.by}
    for question in _goals(assessment.screen):
        reason = told.get(question.id)
        if reason and reason.evidence:
            yield reason.evidence


def _goals(screen: Screen) -> list[Question]:
    """Questions about what they want to reach, the one to quote first."""
    goals = (question for question in screen.questions if question.reason in GOALS)
    return sorted(goals, key=lambda question: GOALS.index(question.reason))


def _reasons(assessment: Assessment) -> Iterator[str]:
    """
    The true reasons, what decides first: failed gates, then answers that a failed floor or a low score comes from.

    Where the score is high enough and no floor fails, a weakness is not what decided, and is left out; so it is where
    a gate fails that no change would open.
    """
    for gate in assessment.failed_gates:
        if gate.id == "money":
            yield HOURS_REASON if gate.title == HOURS else MONEY_REASON
        elif reason := next((reason for reason in assessment.reasons if reason.question == gate.id), None):
            yield from _told(assessment.screen, reason)
    is_low = assessment.score < assessment.threshold and assessment.hopeful
    for reason in sorted(assessment.reasons, key=lambda reason: reason.effect):
        if reason.effect < 0 and (is_low or any(_is_of(assessment, reason, gate) for gate in assessment.failed_gates)):
            yield from _told(assessment.screen, reason)


def _is_of(assessment: Assessment, reason: Reason, gate: Gate) -> bool:
    """Whether an answer counts towards the floor of a gate."""
    side = next((q.side for q in assessment.screen.questions if q.id == reason.question), None)
    return gate.id in {f"floor:{reason.dimension}", f"floor:{reason.dimension}:{side}"}


def _told(screen: Screen, reason: Reason) -> Iterator[str]:
    """The reason in words for the customer, where the rubric has some."""
    for question in screen.questions:
        if question.id == reason.question and reason.answer:
            told = question.option(reason.answer).to_customer
            if told:
                yield told


def _lighter(assessment: Assessment) -> Iterator[str]:
    """What would take less work, where that is what decides and those answers would be enough."""
    cheaper, model = assessment.worth_closing_if, assessment.screen.cost
    if cheaper and model and any(gate.id == "money" for gate in assessment.failed_gates):
        steps = {step.question for step in cheaper.steps}
        yield from (q.lighter for q in model.questions if q.id in steps and q.lighter)


def _asks(assessment: Assessment) -> Iterator[str]:
    """
    Unknown answers that a mail may ask for: about their goal, then the most telling.

    Trust is not asked for in a mail, and what is for us to do first is no question to them.
    """
    unknown = {line.question for line in assessment.still_open}
    goals = [question for question in _goals(assessment.screen) if question.id in unknown]
    by_id = {question.id: question for question in assessment.screen.questions}
    telling = [by_id[asked.question] for asked in assessment.ask_next if asked.question in by_id]
    fitting = (question for question in telling if not question.side and question.change.by in {"them", "time"})
    yield from dict.fromkeys(q.ask_customer for q in (*goals[:1], *fitting) if q.ask_customer)


def _again(day: date | None, weeks: int) -> AgainDocument:
    if day is None:
        return {"on": None, "day": None, "weeks": weeks}
    return {"on": day.isoformat(), "day": f"{day.day} {MONTHS[day.month - 1]} {day.year}", "weeks": weeks}
