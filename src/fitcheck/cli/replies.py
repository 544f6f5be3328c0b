"""What is typed under a question: an option with what they said, or a key."""

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fitcheck.decision.content.cost_model import CostQuestion
    from fitcheck.decision.content.rubric import Question

UNKNOWN, NOT_APPLICABLE, WHY, BACK = "?", "n", "w", "b"
"""Keys beside the numbers of the options."""

KEEP = ""
"""Enter alone: leaves the question as it is."""

EXAMPLE = "2 they named two people"

_TYPED = re.compile(r"(n/a|\?|\w+)(?:\s*[,:;.)–—-]+(?!\d)\s*|\s+|$)(.*)", re.DOTALL | re.IGNORECASE)
"""A word, then what they said, with a comma, colon, dash or the like between them or without."""


class Reply(NamedTuple):
    """
    An answer, or a key.

    Attributes:
        answer: an option's id, `n/a`, `UNKNOWN`, `WHY`, `BACK` or `KEEP`.
        evidence: what they said or did.
    """

    answer: str
    evidence: str = ""


def read_reply(typed: str, question: "Question | CostQuestion") -> Reply | None:
    """
    Read what was typed; None if it is not an answer to the question.

    Args:
        typed: the number or the id of an option, `?`, `n` where the question may not apply, each with evidence if
            wanted; or a key alone.
        question: that was asked.
    """
    if typed.lower() in {WHY, BACK, KEEP}:
        return Reply(typed.lower())
    if not (found := _TYPED.fullmatch(typed)):
        return None
    word, evidence = found[1].lower(), found[2].strip()
    options = [option.id for option in question.options]
    answers = dict(zip(map(str, range(1, len(options) + 1)), options, strict=True))
    answers |= {option: option for option in options} | {UNKNOWN: UNKNOWN}
    if question.not_applicable:
        answers |= dict.fromkeys((NOT_APPLICABLE, "n/a"), "n/a")
    return Reply(answers[word], evidence) if word in answers else None
