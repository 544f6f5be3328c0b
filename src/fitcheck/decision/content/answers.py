"""A prospect: its answers and the deal, as plain frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from fitcheck.decision.content.cost_model import Deal
from fitcheck.problems import Place

State = Literal["given", "unknown", "n/a"]

Evidence = Literal["said", "seen", "reported"]
"""What an answer rests on: they said it, one of us saw it, or somebody else told us of them."""

EVIDENCE: tuple[Evidence, ...] = get_args(Evidence)


@dataclass(frozen=True, slots=True)
class Answer:
    """
    One answer. Unknown and not applicable are states, never numbers.

    Attributes:
        option: id of the chosen option; None unless `state` is "given".
        evidence: a quote or an observation.
        on: the day it was learned.
        by: who says so.
        where: the place in the prospect file.
        kind: of the evidence; what is only reported does not count as known.
        to_review: proposed by an assistant, and nobody has confirmed it yet.
    """

    option: str | None
    state: State = "given"
    evidence: str | None = None
    on: date | None = None
    by: str | None = None
    where: Place | None = None
    kind: Evidence = "said"
    to_review: bool = False


UNKNOWN = Answer(None, "unknown")


@dataclass(frozen=True, slots=True)
class Prospect:
    """
    The prospect and its answers.

    Attributes:
        id: short, from the file name or the file itself.
        answers: by question id, of rubrics and of the cost model alike; what is absent is unknown.
    """

    id: str
    name: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    deal: Deal = field(default_factory=Deal)

    def answer(self, question_id: str) -> Answer:
        """Return the answer to a question; `UNKNOWN` where there is none."""
        return self.answers.get(question_id, UNKNOWN)
