"""
Verdicts that move when content changes: `fitcheck.moves/2`.

Keys may be added; anything else would be `/3`. Scores and effects are on the 0..100 scale, as in
`fitcheck.assessment/2`.
"""

from typing import Literal

from pydantic import model_validator

from fitcheck.decision.score.results import FitState, GateState, Verdict
from fitcheck.proof.moves import Move
from fitcheck.report.content.move_figures import printed_move
from fitcheck.report.json.fields import Document, ProspectDocument, Share, at


class StandingDocument(Document):
    """How a prospect stands with the old or the new content; `probability_pursue` is null when settled."""

    stage: str
    verdict: Verdict
    state: FitState
    settled: bool
    probability_pursue: Share | None = at("probability")
    score: float
    threshold: float


class GateShiftDocument(Document):
    """A gate in another state than before; null where there was, or is, no such gate."""

    id: str
    before: GateState | None
    after: GateState | None


class ShiftDocument(Document):
    """How much more (or less) a line gives to the score; `question` is null on the one-sided line."""

    dimension: str
    question: str | None
    effect: float


class MoveDocument(Document):
    """One verdict that moved; the effects of all lines add up to the change of the score."""

    prospect: ProspectDocument = at("before.prospect")
    before: StandingDocument
    after: StandingDocument
    gates: list[GateShiftDocument]
    lines: list[ShiftDocument] = at("shifts")

    @model_validator(mode="before")
    @classmethod
    def _printed(cls, exact: Move) -> Move:
        return printed_move(exact)


class MovesDocument(Document):
    """Every verdict that moves from the old content to the new."""

    schema_: Literal["fitcheck.moves/2"] = "fitcheck.moves/2"
    old: str = at("names.0")
    new: str = at("names.1")
    compared: int
    moves: list[MoveDocument]
