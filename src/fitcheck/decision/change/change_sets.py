"""Sets of changed answers, each enough for another verdict."""

from dataclasses import dataclass
from fractions import Fraction

from fitcheck.decision.content.rubric import Actor
from fitcheck.decision.verdict.asking import NextQuestion


@dataclass(frozen=True, slots=True)
class Step:
    """
    One answer that changes.

    Attributes:
        question: its id.
        before, after: ids of the options.
        says: what the new answer says.
        by: who acts.
        effort: of the whole step; 1 for a slip.
        weeks: that it takes, if the rubric says so.
        gain: what the question gives more, below zero for a slip [points of 100].
    """

    question: str
    before: str
    after: str
    says: str
    by: Actor
    advice: str
    effort: int
    weeks: int | None
    gain: Fraction


@dataclass(frozen=True, slots=True)
class Then:
    """
    A verdict that is open once something has changed.

    Attributes:
        probability: that the fit passes.
        ask: the questions that decide it, the most telling first.
    """

    probability: Fraction
    ask: tuple[NextQuestion, ...]


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """
    A minimal set of changed answers that reaches "pursue" at the expected points, or an open verdict.

    None of them can be left out.

    Attributes:
        steps: in rubric order; empty if the verdict is turned already at the expected points.
        effort: of all steps.
        score: afterwards, unknown answers at their expected points [points of 100]; from `paths`, as the types
            of prospect are before the change.
        then: how the verdict stands that is open afterwards; None where it is turned.
    """

    steps: tuple[Step, ...]
    effort: int
    score: Fraction
    then: Then | None = None

    @property
    def weeks(self) -> int | None:
        """How long the longest step takes, as far as the rubrics say."""
        return max((step.weeks for step in self.steps if step.weeks), default=None)

    def by(self, actor: Actor) -> tuple[Step, ...]:
        """Steps that are this one's to take."""
        return tuple(step for step in self.steps if step.by == actor)


@dataclass(frozen=True, slots=True)
class PathsToPursue:
    """
    What would turn a prospect into a "pursue", or open a settled "not now".

    Attributes:
        sets: cheapest first; none includes all the questions of an earlier one.
        obstacles: if there are no sets, what is still in the way after every possible change: ids as in the
            assessment's gates, and "score".
        answers_may_do: whether better answers than expected to what is unknown, with every change that can be made,
            would clear all obstacles.
    """

    sets: tuple[ChangeSet, ...]
    obstacles: tuple[str, ...] = ()
    answers_may_do: bool = False

    @property
    def cannot_change(self) -> bool:
        """Whether no change would help, whatever the open answers are."""
        return bool(self.obstacles) and not self.answers_may_do

    @property
    def only_cost(self) -> bool:
        """Whether only the cost to close is in the way, which no answer about fit can change."""
        return self.obstacles == ("money",)
