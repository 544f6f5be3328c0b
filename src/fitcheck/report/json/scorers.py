"""
Several scorers on one prospect: `fitcheck.merge/2`.

Keys may be added; anything else would be `/3`. Scores and points are on the 0..100 scale, as in
`fitcheck.assessment/2`, which stands inside as the assessment of the merged answers.
"""

from typing import Literal

from pydantic import model_validator

from fitcheck.decision.score.results import FitState, GateState, Verdict
from fitcheck.decision.several.ballots import MergeRule
from fitcheck.decision.several.judges import JudgesReport
from fitcheck.report.json.fields import Document, Hundredths, Odds, QuestionId, Share, View, Where, at
from fitcheck.report.json.prospect import AssessmentDocument
from fitcheck.report.scorers.judges_figures import printed_report


class OpinionDocument(Document):
    """One scorer's own verdict; `probability_pursue`, the odds that the fit passes, is null when settled."""

    judge: str
    verdict: Verdict
    state: FitState
    settled: bool
    probability_pursue: Odds | None = at("probability")
    known: Share
    score: float
    score_low: float
    score_high: float
    failed_gates: list[str] = at("failed")


class VoteDocument(Document):
    """What one scorer answered: an option, "unknown" or "n/a"; `points` is null where the answer has none."""

    judge: str
    answer: str
    says: str
    points: float | None
    evidence: str | None = at("given.evidence")
    where: Where | None


class GateVoteDocument(Document):
    """A deal-breaker as scorers see it: whose answer fails it and whose does not."""

    state: GateState = at("gate")
    failing: list[str]
    passing: list[str]


class BallotDocument(Document):
    """
    One question as the scorers answered it.

    `merged_by` says how one answer came of it: all said the "alike", the "mean" of the points, a cost question's
    "votes", "n/a" or "unknown". `points` is the mean; `spread` lies between the least and the best answer.
    """

    question: str
    ask: str
    costs_hours: bool
    merged_by: MergeRule = at("merge_rule")
    differs: bool
    points: Hundredths | None
    spread: float
    votes: list[VoteDocument]
    gate: GateVoteDocument | None


class RulingDocument(Document):
    """The merged verdict if everyone had given this answer."""

    answer: str
    judges: list[str]
    verdict: Verdict
    settled: bool


class DecisiveDocument(Document):
    """A difference that alone decides the verdict."""

    question: str
    rulings: list[RulingDocument]


class MergeDocument(Document):
    """
    One prospect as several scorers see it.

    `differences` and `split_gates` are ids of questions: the former with the most points between the answers first.
    `merged` is the assessment of the merged answers; an answer that is the mean of several names all of them.
    """

    schema_: Literal["fitcheck.merge/2"] = "fitcheck.merge/2"
    names: list[str]
    verdict: Verdict = at("merged.verdict")
    state: FitState = at("merged.state")
    settled: bool = at("merged.settled")
    judges: list[OpinionDocument] = at("opinions")
    questions: list[BallotDocument] = at("ballots")
    differences: list[QuestionId]
    split_gates: list[QuestionId]
    decisive: list[DecisiveDocument]
    merged: AssessmentDocument

    @model_validator(mode="before")
    @classmethod
    def _printed(cls, exact: JudgesReport) -> View:
        shown = printed_report(exact)
        both = zip(exact.ballots, shown.ballots, strict=True)
        return View(
            shown,
            ballots=[View(vote, points=of.points, gate=vote if vote.can_fail else None) for of, vote in both],
            differences=(*shown.differences, *shown.cost_differences),
            merged=exact.merged,
        )
