"""
Verdicts that move → the published JSON document, `fitcheck.moves/2`.

Keys may be added; anything else would be `/3`. Scores and effects are on the 0..100 scale, as in
`fitcheck.assessment/2`.
"""

from collections.abc import Sequence
from typing import Literal

from typing_extensions import TypedDict

from fitcheck.decision.assessment import Assessment
from fitcheck.proof.moves import Move
from fitcheck.report.content.move_figures import printed_move
from fitcheck.report.json_types import GateStateName, StateName, VerdictName

SCHEMA: Literal["fitcheck.moves/2"] = "fitcheck.moves/2"


class MovedProspectDocument(TypedDict):
    """The prospect and its answers."""

    id: str
    name: str


class StandingDocument(TypedDict):
    """How a prospect stands with the old or the new content; `probability_pursue` is null when settled."""

    stage: str
    verdict: VerdictName
    state: StateName
    settled: bool
    probability_pursue: float | None
    score: float
    threshold: float


class GateShiftDocument(TypedDict):
    """A gate whose state changed; null where there was, or is, no such gate."""

    id: str
    before: GateStateName | None
    after: GateStateName | None


class ShiftDocument(TypedDict):
    """How much a line's effect on the score changed; `question` is null on the one-sided line."""

    dimension: str
    question: str | None
    effect: float


class MoveDocument(TypedDict):
    """A verdict that changed; the effects of all lines add up to the change of the score."""

    prospect: MovedProspectDocument
    before: StandingDocument
    after: StandingDocument
    gates: list[GateShiftDocument]
    lines: list[ShiftDocument]


class MovesDocument(TypedDict):
    """Every verdict that changes from the old content to the new."""

    schema: Literal["fitcheck.moves/2"]
    old: str
    new: str
    compared: int
    moves: list[MoveDocument]


def moves_document(moves: Sequence[Move], compared: int, names: tuple[str, str]) -> MovesDocument:
    """
    Return the verdicts that moved.

    Args:
        moves: from `proof.moves`.
        compared: how many prospects were assessed, each stage counted.
        names: of the old and the new file, with versions.
    """
    old, new = names
    return {"schema": SCHEMA, "old": old, "new": new, "compared": compared, "moves": [_move(move) for move in moves]}


def _move(exact: Move) -> MoveDocument:
    move = printed_move(exact)
    prospect = move.before.prospect
    return {
        "prospect": {"id": prospect.id, "name": prospect.name},
        "before": _standing(move.before),
        "after": _standing(move.after),
        "gates": [{"id": gate.id, "before": gate.before, "after": gate.after} for gate in move.gates],
        "lines": [
            {"dimension": shift.dimension, "question": shift.question, "effect": float(shift.effect)}
            for shift in move.shifts
        ],
    }


def _standing(assessment: Assessment) -> StandingDocument:
    probability = assessment.probability
    return {
        "stage": assessment.stage,
        "verdict": assessment.verdict,
        "state": assessment.state,
        "settled": assessment.settled,
        "probability_pursue": None if probability is None else round(float(probability), 4),
        "score": float(assessment.score),
        "threshold": float(assessment.threshold),
    }
