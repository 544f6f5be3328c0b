"""Findings of lint: their codes, and whether each is a problem or a remark."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["rubric", "screen", "cost"]

PROBLEMS: Mapping[str, str] = {
    "option-order": "an option gives at least the points of one above it at every stage, and more at some",
    "gated-points": "an option fails a gate at a stage, and gives more points there than another option",
    "cost-order": "an answer to a cost question costs less than the one above it",
    "question-cannot-matter": "no answer to a question makes a difference: same points, no gate, or the same cost",
    "unreachable-verdict": 'no answers whatever give "pursue", or "not now", at a stage',
    "dead-gate": "no answers whatever fail a floor, or the money gate",
    "hidden-rubric": "no answers to a rubric can turn a verdict at any stage",
    "missing-source": "a question without a source of its own or of its rubric, or with a placeholder for it",
    "missing-advice": "a question without advice, or with a placeholder for it",
}
"""A part that can't do what it says, or lacks what every part must have."""

REMARKS: Mapping[str, str] = {
    "options-count": "a scored question with fewer than three options or more than five",
    "too-many-questions": "more than 24 scored questions in a screen",
    "core-size": "a core of fewer than 5 questions or more than 10",
    "lopsided-types": "one type of prospect is more than 10 times as frequent as another",
    "judgement": "a word that judges, or leaves open how much, where an option should say what was done",
    "whole-sentence": "a reason with a capital or a full stop, where a report joins half sentences",
    "hidden-at-stage": "a rubric has weight at a stage, and no answers to it can turn a verdict there",
    "heavy-rubric": "a rubric outweighs all others of its screen together at a stage",
    "gate-elsewhere": "a gate only at stages that the screen does not know",
    "asked-twice": "two questions with the same wording",
    "said-twice": "two options of different questions with the same wording, which a report would count twice",
    "reason-spread": "one reason code in several rubrics, whose effects are added up when shown",
    "not-judged": "so many questions of a rubric may be n/a that its reach is judged with all of them answered",
}
"""A matter of size or wording, for a person to judge."""


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One thing that is odd.

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
        """Whether a part can't do what it says; otherwise it is a remark, for a person to judge."""
        return self.code in PROBLEMS
