"""Findings of lint: their codes, and whether each is a problem or a remark."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["rubric", "screen", "cost"]

PROBLEMS: Mapping[str, str] = {
    "option-order": "an option gives at least the points of one above it at every stage, and more at some",
    "gated-points": "an option is a deal-breaker at a stage and gives more points there than another",
    "cost-order": "an answer to a cost question costs less than the one above it",
    "question-cannot-matter": "all answers to a question count the same: same points and no deal-breaker, or same cost",
    "unreachable-verdict": 'no set of answers gives "pursue", or "not now", at a stage',
    "dead-gate": "no set of answers fails a floor, or exceeds the cost limit",
    "hidden-rubric": "no answers to a rubric can change the verdict at any stage",
    "missing-source": "neither the question nor its rubric has a source, or only a placeholder",
    "missing-advice": "a question without advice, or with a placeholder",
}
"""A part that can't do what it says, or lacks what every part must have."""

REMARKS: Mapping[str, str] = {
    "options-count": "a scored question with fewer than three options or more than five",
    "too-many-questions": "more than 24 scored questions in a screen",
    "core-size": "a core of fewer than 5 questions or more than 10",
    "lopsided-types": "one type of prospect is more than 10 times as common as another",
    "judgement": "a word of opinion, or one that leaves open how much; an option should say what was done",
    "whole-sentence": "a `because` written as a full sentence; reports join half sentences",
    "hidden-at-stage": "a rubric has weight at a stage, but no answers to it can change the verdict there",
    "heavy-rubric": "a rubric weighs more than all others of its screen together at a stage",
    "gate-elsewhere": "a deal-breaker only at stages that the screen does not have",
    "asked-twice": "two questions with the same wording",
    "said-twice": "two options of different questions with the same wording, so that one fact counts twice",
    "reason-spread": "one reason code in several rubrics; reports add them up",
    "not-judged": "so many questions of a rubric may be n/a that its reach is worked out with all of them answered",
}
"""About size or wording, for a person to decide."""


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One finding of lint.

    Attributes:
        code: one of `PROBLEMS` or `REMARKS`.
        kind: of file that it stands in.
        file: id of the rubric, screen or cost model.
        path: keys that lead to the part of the file.
        message: one sentence.
        hint: what to do about it.
    """

    code: str
    kind: Kind
    file: str
    path: tuple[str, ...]
    message: str
    hint: str

    @property
    def is_problem(self) -> bool:
        """Whether a part cannot do what it says; otherwise it is a remark, for a person to decide."""
        return self.code in PROBLEMS
