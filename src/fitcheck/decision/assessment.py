"""The assessment of one prospect, the value that every report is made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from fitcheck.decision.change.change_sets import ChangeSet, PathsToPursue
from fitcheck.decision.change.cost_changes import CostChanges
from fitcheck.decision.change.firmness import Firmness
from fitcheck.decision.content.answers import Prospect
from fitcheck.decision.content.rubric import Screen, Stage
from fitcheck.decision.score.results import (
    Advice,
    CostToClose,
    DimensionScore,
    FitState,
    Gate,
    OpenLine,
    Reason,
    ReasonGroup,
    StageFrom,
    Verdict,
)
from fitcheck.decision.verdict.asking import NextQuestion
from fitcheck.problems import Problem, UsageError


@dataclass(frozen=True, slots=True)
class Assessment:
    """
    The assessment of one prospect; scores and effects in exact points of 100.

    Attributes:
        as_of: the assessment date, if known.
        settled: no option of an open question can change the verdict (n/a is not an option).
        state: how firm the verdict is.
        probability: that the fit passes, over the unknown answers, 0..1; None when settled.
        known: share of the weight that is answered, 0..1.
        too_little_known: the fit is open, and less than `screen.least_known` is answered, so "pursue" may not be said.
        score, score_low, score_high: now, and what unknown answers could make of it.
        gates: failed ones first.
        reasons, still_open: every line; their effects add up to score − threshold.
        against, speaks_for: the reasons grouped and ranked.
        advice: how to help, most points first.
        ask_next: the unknown questions, most telling first, or the core and then the heaviest where `too_little_known`;
            empty when settled.
        would_change: what would make a "not now" a "pursue"; None when pursued.
        worth_closing_if: the fewest cost answers that have to be others for the money gate not to fail; None if it does
            not, or a few are not enough.
        would_turn: the fewest slips that would lose a "pursue"; None if none are found, or when not pursued.
        firmness: how far the weights may be off.
        neighbours: the verdict one stage of ours earlier and later, where the screen knows them.
        look_again: when a "not now" is worth another look; None when pursued or without `as_of`.
        look_again_weeks: the same as a number of weeks from `as_of`.
        warnings: sentences about what does not fit together in what was written.
    """

    prospect: Prospect
    screen: Screen
    stage: Stage
    stage_from: StageFrom
    as_of: date | None
    verdict: Verdict
    settled: bool
    state: FitState
    probability: Fraction | None
    known: Fraction
    too_little_known: bool
    score: Fraction
    score_low: Fraction
    score_high: Fraction
    threshold: Fraction
    dimensions: tuple[DimensionScore, ...]
    gates: tuple[Gate, ...]
    reasons: tuple[Reason, ...]
    still_open: tuple[OpenLine, ...]
    against: tuple[ReasonGroup, ...]
    speaks_for: tuple[ReasonGroup, ...]
    advice: tuple[Advice, ...]
    ask_next: tuple[NextQuestion, ...]
    would_change: PathsToPursue | None
    worth_closing_if: CostChanges | None
    would_turn: ChangeSet | None
    firmness: Firmness
    neighbours: tuple[tuple[Stage, Verdict], ...]
    cost: CostToClose | None
    look_again: date | None
    look_again_weeks: int | None
    warnings: tuple[str, ...]

    @property
    def failed_gates(self) -> tuple[Gate, ...]:
        """The deal-breakers: gates that fail."""
        return tuple(gate for gate in self.gates if gate.state == "fail")

    @property
    def held_back(self) -> bool:
        """Whether only open answers make it "not now": enough is answered, and the score is high enough."""
        is_open = not self.settled and not self.too_little_known
        return self.verdict == "not now" and is_open and self.score >= self.threshold

    @property
    def carried(self) -> bool:
        """Whether open answers are likely to make it "pursue" although the score is still below the threshold."""
        return self.verdict == "pursue" and self.score < self.threshold

    @property
    def most_open(self) -> tuple[OpenLine, ...]:
        """The unknown questions, the one that could move the score most first."""
        asked = (line for line in self.still_open if line.question)
        return tuple(sorted(asked, key=lambda line: line.low - line.high))

    @property
    def hopeful(self) -> bool:
        """Whether it is "pursue", or a change of fit or cost would make it so."""
        change = self.would_change
        if change is None or not change.cannot_change:
            return True
        return change.only_cost and self.worth_closing_if is not None

    @property
    def effect_of_reasons(self) -> Fraction:
        """Sum of the effects of everything that is answered."""
        return sum((Fraction(reason.effect) for reason in self.reasons), Fraction(0))

    @property
    def effect_of_open(self) -> Fraction:
        """Sum of the effects of everything unknown, as guessed from the answers so far."""
        return sum((line.effect for line in self.still_open), Fraction(0))

    def not_applicable(self, dimension: str) -> tuple[str, ...]:
        """Ids of the questions of a dimension that are answered `n/a`, in rubric order."""
        rubric = next(rubric for rubric in self.screen.rubrics if rubric.id == dimension)
        return tuple(q.id for q in rubric.questions if self.prospect.answer(q.id).state == "n/a")


def check_one_screen(assessments: Sequence[Assessment], done: str) -> None:
    """
    Refuse assessments whose points mean different things, so they cannot be compared.

    Args:
        assessments: any number of them.
        done: what the caller wants to do with them, e.g. "compared".

    Raises:
        UsageError: they are of different screens or stages.
    """
    if len({(a.screen.id, a.screen.digest, a.stage) for a in assessments}) > 1:
        message = f"prospects can only be {done} on the same screen and stage"
        raise UsageError(Problem("different-screens", message, hint="assess all of them with the same options"))
