"""The votes of several scorers, counted one question at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from fitcheck.decision.content.answers import Answer, Prospect
from fitcheck.decision.content.cost_model import CostOption, CostQuestion
from fitcheck.decision.content.rubric import Option, Question, Screen, Stage
from fitcheck.decision.score.results import GateState
from fitcheck.decision.score.scorecard import Line, Scorecard, compile_scorecard
from fitcheck.problems import Place

MergeRule = Literal["alike", "mean", "votes", "n/a", "unknown"]
"""
How one answer came of several: all who answered said the same; the mean of the points of their answers; every answer
with the weight of its votes (a cost question, which has no points); all who answered said that the question does not
apply; nobody knows.
"""

NOTHING = Fraction(0)

NOT_APPLICABLE = "n/a"
SAYS = {"unknown": "not known", NOT_APPLICABLE: "does not apply"}


@dataclass(frozen=True, slots=True)
class Vote:
    """
    What one scorer answered.

    Attributes:
        judge: the name from the file name.
        answer: id of the option, "unknown" or "n/a".
        says: the same in words.
        points: of the answer; None if it is not an option, or the question is about cost [points].
        fails: whether the answer fails a gate at this stage.
        given: the answer itself, with evidence and place.
    """

    judge: str
    answer: str
    says: str
    points: Fraction | None
    fails: bool
    given: Answer

    @property
    def where(self) -> Place | None:
        """The place of the answer."""
        return self.given.where


@dataclass(frozen=True, slots=True)
class Ballot:
    """
    What all scorers answered to one question.

    Attributes:
        costs_hours: whether it is one of the cost model's, which has no points.
        votes: one for each scorer.
        most: points of the question; 0 for a cost question [points].
        can_fail: whether some option fails a gate at this stage.
    """

    question: str
    ask: str
    costs_hours: bool
    votes: tuple[Vote, ...]
    most: Fraction
    can_fail: bool

    @property
    def answered(self) -> tuple[Vote, ...]:
        """The votes of those who answered, "does not apply" included."""
        return tuple(vote for vote in self.votes if vote.answer != "unknown")

    @property
    def chosen(self) -> tuple[Vote, ...]:
        """The votes for an option."""
        return tuple(vote for vote in self.answered if vote.answer != NOT_APPLICABLE)

    @property
    def unknown_to(self) -> tuple[str, ...]:
        """The scorers who don't know."""
        return tuple(vote.judge for vote in self.votes if vote.answer == "unknown")

    @property
    def differs(self) -> bool:
        """Whether those who answered did not all say the same; "n/a" is an answer like any other here."""
        return len({vote.answer for vote in self.answered}) > 1

    @property
    def applies_to_some(self) -> bool:
        """Whether some say that the question does not apply, and others answered it."""
        return 0 < len(self.chosen) < len(self.answered)

    @property
    def merge_rule(self) -> MergeRule:
        """How one answer came of these."""
        if not self.answered:
            return "unknown"
        if not self.chosen:
            return "n/a"
        return "alike" if not self.differs else "votes" if self.costs_hours else "mean"

    @property
    def spread(self) -> Fraction:
        """Points between the best and the least of the options chosen [points]."""
        points = [vote.points or NOTHING for vote in self.chosen]
        return max(points, default=NOTHING) - min(points, default=NOTHING)

    @property
    def points(self) -> Fraction | None:
        """The mean of the points of the options chosen; None if nobody chose an option [points]."""
        if self.costs_hours or not self.chosen:
            return None
        return sum((vote.points or NOTHING for vote in self.chosen), NOTHING) / len(self.chosen)

    @property
    def failing(self) -> tuple[str, ...]:
        """The scorers whose answer fails a gate."""
        return tuple(vote.judge for vote in self.answered if vote.fails)

    @property
    def passing(self) -> tuple[str, ...]:
        """The scorers who answered and whose answer fails no gate."""
        return tuple(vote.judge for vote in self.answered if not vote.fails)

    @property
    def gate(self) -> GateState:
        """
        The option gate: it fails if more than half of those who answered chose a failing option.

        A failing vote short of that leaves it unknown, and so does a question with a gate that nobody answered.
        """
        if not self.answered:
            return "unknown" if self.can_fail else "pass"
        if 2 * len(self.failing) > len(self.answered):
            return "fail"
        return "unknown" if self.failing else "pass"

    @property
    def is_split(self) -> bool:
        """Whether scorers say of a gate that it fails, without a majority."""
        return bool(self.failing) and self.gate == "unknown"


def count(screen: Screen, stage: Stage, prospects: Mapping[str, Prospect]) -> tuple[Ballot, ...]:
    """
    Count the answers of several scorers.

    A question drops out of the score only if all who answered say that it does not apply: one answer shows that it
    does.

    Args:
        screen: checked.
        stage: of ours.
        prospects: by scorer, the same prospect as each of them sees it.

    Returns:
        One ballot for each question in rubric order, then for each of the cost model's.

    Raises:
        KeyError: the screen does not have the stage.
    """
    card = compile_scorecard(screen, stage, dropped(screen, prospects))
    lines = {line.question.id: line for line in card.lines}
    costly = screen.cost.questions if screen.cost else ()
    return (
        *(_ballot(question, prospects, card, lines.get(question.id)) for question in screen.questions),
        *(_ballot(question, prospects, card, None) for question in costly),
    )


def dropped(screen: Screen, prospects: Mapping[str, Prospect]) -> frozenset[str]:
    """Ids of the scored questions that all who answered call not applicable."""
    states = {q.id: {prospect.answer(q.id).state for prospect in prospects.values()} for q in screen.questions}
    return frozenset(question for question, said in states.items() if said - {"unknown"} == {NOT_APPLICABLE})


def _ballot(
    question: Question | CostQuestion, prospects: Mapping[str, Prospect], card: Scorecard, line: Line | None
) -> Ballot:
    return Ballot(
        question=question.id,
        ask=question.ask,
        costs_hours=isinstance(question, CostQuestion),
        votes=tuple(_vote(judge, question, prospect, card, line) for judge, prospect in prospects.items()),
        most=card.shown(line.most) if line else NOTHING,
        can_fail=any(line.gated) if line else False,
    )


def _vote(
    judge: str, question: Question | CostQuestion, prospect: Prospect, card: Scorecard, line: Line | None
) -> Vote:
    given = prospect.answer(question.id)
    if given.option is None:
        return Vote(judge, given.state, SAYS[given.state], None, fails=False, given=given)
    options: Sequence[Option | CostOption] = question.options
    at = [option.id for option in options].index(given.option)
    points, fails = (card.shown(line.points[at]), line.gated[at]) if line else (None, False)
    return Vote(judge, given.option, options[at].says, points, fails, given)
