"""
Several judges on one prospect → the published JSON document, `fitcheck.merge/2`.

Keys may be added; anything else would be `/3`. Scores and points are on the 0..100 scale, as in
`fitcheck.assessment/2`, which stands inside as the assessment of the merged answers.
"""

from collections.abc import Sequence
from typing import Literal

from typing_extensions import TypedDict

from fitcheck.decision.score.rounding import rounded
from fitcheck.decision.several.ballots import Ballot
from fitcheck.decision.several.judges import Decisive, JudgesReport, Opinion
from fitcheck.report.json_types import AssessmentDocument, GateStateName, StateName, VerdictName
from fitcheck.report.printed import figure
from fitcheck.report.prospect.json_document import document
from fitcheck.report.scorers.judges_figures import printed_report

SCHEMA: Literal["fitcheck.merge/2"] = "fitcheck.merge/2"


class OpinionDocument(TypedDict):
    """One judge's own verdict; `probability_pursue`, the odds that the fit passes, is null when settled."""

    judge: str
    verdict: VerdictName
    state: StateName
    settled: bool
    probability_pursue: float | None
    known: float
    score: float
    score_low: float
    score_high: float
    failed_gates: list[str]


class VoteDocument(TypedDict):
    """What one judge answered: an option, "unknown" or "n/a"; `points` is null where the answer has none."""

    judge: str
    answer: str
    says: str
    points: float | None
    evidence: str | None
    where: str | None


class GateVoteDocument(TypedDict):
    """How judges see a gate on a question's answer: who sees it fail and who does not."""

    state: GateStateName
    failing: list[str]
    passing: list[str]


class BallotDocument(TypedDict):
    """
    One question as the judges answered it.

    `merged_by` says how one answer came of it: all said the "alike", the "mean" of the points, a cost question's
    "votes", "n/a" or "unknown". `points` is the mean; `spread` lies between the least and the best answer.
    """

    question: str
    ask: str
    costs_hours: bool
    merged_by: Literal["alike", "mean", "votes", "n/a", "unknown"]
    differs: bool
    points: float | None
    spread: float
    votes: list[VoteDocument]
    gate: GateVoteDocument | None


class RulingDocument(TypedDict):
    """The merged verdict if all who answered had given this answer."""

    answer: str
    judges: list[str]
    verdict: VerdictName
    settled: bool


class DecisiveDocument(TypedDict):
    """A difference that alone decides the verdict."""

    question: str
    rulings: list[RulingDocument]


class MergeDocument(TypedDict):
    """
    One prospect as several judges see it.

    `differences` and `split_gates` are ids of questions: the former with the most points between the answers first.
    `merged` is the assessment of the merged answers; an answer that is the mean of several names all of them.
    """

    schema: Literal["fitcheck.merge/2"]
    names: list[str]
    verdict: VerdictName
    state: StateName
    settled: bool
    judges: list[OpinionDocument]
    questions: list[BallotDocument]
    differences: list[str]
    split_gates: list[str]
    decisive: list[DecisiveDocument]
    merged: AssessmentDocument


def merge_document(exact: JudgesReport) -> MergeDocument:
    """Copy what several judges say into the published document."""
    report = printed_report(exact)
    return {
        "schema": SCHEMA,
        "names": list(report.names),
        "verdict": report.merged.verdict,
        "state": report.merged.state,
        "settled": report.merged.settled,
        "judges": [_opinion(opinion) for opinion in report.opinions],
        "questions": [_ballot(*both) for both in zip(exact.ballots, report.ballots, strict=True)],
        "differences": [ballot.question for ballot in (*report.differences, *report.cost_differences)],
        "split_gates": [ballot.question for ballot in report.split_gates],
        "decisive": [_decisive(found) for found in report.decisive],
        "merged": document(exact.merged),
    }


def merge_documents(reports: Sequence[JudgesReport]) -> MergeDocument | list[MergeDocument]:
    """One document for one prospect, a list of them for several."""
    copies = [merge_document(report) for report in reports]
    return copies[0] if len(copies) == 1 else copies


def _opinion(opinion: Opinion) -> OpinionDocument:
    return {
        "judge": opinion.judge,
        "verdict": opinion.verdict,
        "state": opinion.state,
        "settled": opinion.settled,
        "probability_pursue": None if opinion.probability is None else round(float(opinion.probability), 6),
        "known": rounded(opinion.known, 4),
        "score": float(opinion.score),
        "score_low": float(opinion.score_low),
        "score_high": float(opinion.score_high),
        "failed_gates": list(opinion.failed),
    }


def _ballot(exact: Ballot, ballot: Ballot) -> BallotDocument:
    return {
        "question": ballot.question,
        "ask": ballot.ask,
        "costs_hours": ballot.costs_hours,
        "merged_by": ballot.merge_rule,
        "differs": ballot.differs,
        "points": None if exact.points is None else float(figure(exact.points)),
        "spread": float(ballot.spread),
        "votes": [
            {
                "judge": vote.judge,
                "answer": vote.answer,
                "says": vote.says,
                "points": None if vote.points is None else float(vote.points),
                "evidence": vote.given.evidence,
                "where": f"{vote.where.short}" if vote.where else None,
            }
            for vote in ballot.votes
        ],
        "gate": {"state": ballot.gate, "failing": list(ballot.failing), "passing": list(ballot.passing)}
        if ballot.can_fail
        else None,
    }


def _decisive(found: Decisive) -> DecisiveDocument:
    return {
        "question": found.question,
        "rulings": [
            {
                "answer": ruling.answer,
                "judges": list(ruling.judges),
                "verdict": ruling.verdict,
                "settled": ruling.settled,
            }
            for ruling in found.rulings
        ],
    }
