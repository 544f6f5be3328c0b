"""Proposed answers → those that the notes bear out, and why the others are refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from fitcheck.decision.content.answers import Evidence, Prospect
from fitcheck.decision.content.cost_model import CostQuestion
from fitcheck.decision.content.rubric import Question, Screen
from fitcheck.nearest import nearest, quoted
from fitcheck.notes.call_notes import CallNotes, Passage, fold, words_in

LEAST_WORDS = 3
"""A shorter quote stands in nearly every text."""

NOT_APPLICABLE = "n/a"

Change = Literal["new", "same", "different"]
"""What an answer does to a prospect file: it has none, the same one, or another."""


class Proposal(NamedTuple):
    """
    An answer that somebody read out of the notes.

    Attributes:
        question: its id.
        answer: id of an option, or `n/a`.
        quote: what the answer rests on, word for word.
        kind: whether they said it, somebody saw it, or it was told of them.
        by: who says so; "" where nobody is named.
    """

    question: str
    answer: str
    quote: str
    kind: Evidence = "said"
    by: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A proposal that the notes bear out, where they do, and what it changes; `before` is what the file says."""

    proposal: Proposal
    passage: Passage
    change: Change
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A proposal that can't be taken: why, what to write instead, and the passage that comes nearest to its quote."""

    proposal: Proposal
    why: str
    hint: str | None = None
    near: Passage | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """Every proposal of a reply, accepted or refused, in the order of the reply."""

    accepted: tuple[Accepted, ...]
    refused: tuple[Refused, ...]


def check(
    proposals: Sequence[Proposal],
    notes: Sequence[CallNotes],
    screen: Screen,
    prospect: Prospect | None = None,
    ours: Sequence[str] = (),
) -> Checked:
    """
    Hold every proposal against the questions and the notes.

    Args:
        proposals: in the order of the reply.
        notes: of one or more calls.
        screen: whose questions are answered.
        prospect: what is known already.
        ours: names of our own people, whose words are no evidence of what the customer thinks.
    """
    questions = {question.id: question for question in screen.asked}
    accepted: list[Accepted] = []
    refused: list[Refused] = []
    answered: set[str] = set()
    for proposal in proposals:
        found = _fault(proposal, questions, answered) or _passage(proposal, notes, ours)
        if isinstance(found, Refused):
            refused.append(found)
        else:
            answered.add(proposal.question)
            accepted.append(_accepted(proposal, found, prospect))
    return Checked(tuple(accepted), tuple(refused))


def _fault(
    proposal: Proposal, questions: dict[str, Question | CostQuestion], answered: set[str]
) -> Refused | None:
    """What is wrong with the question or the option."""
    question = questions.get(proposal.question)
    if question is None:
        hint = nearest(proposal.question, list(questions), show=0)
        return Refused(proposal, f"unknown question {quoted(proposal.question)}", hint)
    if proposal.question in answered:
        return Refused(proposal, "answered twice in this reply; the first answer counts")
    options = [option.id for option in question.options]
    if proposal.answer in options:
        return None
    if proposal.answer != NOT_APPLICABLE:
        return Refused(proposal, f"unknown option {quoted(proposal.answer)}", nearest(proposal.answer, options))
    return None if question.not_applicable else Refused(proposal, "n/a is not allowed here: it applies to every prospect")


def _passage(proposal: Proposal, notes: Sequence[CallNotes], ours: Sequence[str]) -> Passage | Refused:
    """Where the quote stands, or why it is refused."""
    if words_in(proposal.quote) < LEAST_WORDS:
        return Refused(proposal, f"the quote needs at least {LEAST_WORDS} words in one stretch")
    found = [passage for each in notes for passage in each.passages(proposal.quote)]
    if not found:
        return _not_there(proposal, notes)
    reasons: dict[str, Passage] = {}
    for passage in found:
        why = _speaker_fault(passage, ours)
        if why is None:
            return passage
        reasons.setdefault(why, passage)
    why, passage = next(iter(reasons.items()))
    return Refused(proposal, why, near=passage)


def _speaker_fault(passage: Passage, ours: Sequence[str]) -> str | None:
    if len(passage.speakers) > 1:
        names = " and ".join(speaker or "somebody unnamed" for speaker in passage.speakers)
        return f"the quote runs over what several people say: {names}"
    speaker = passage.speakers[0]
    if speaker and any(_is_name(speaker, name) for name in ours):
        return f"{speaker} is one of us; our own words are not evidence of theirs"
    return None


def _is_name(label: str, name: str) -> bool:
    """
    Whether a label in the notes is the name of one of ours; a first name alone is enough where the list has one.

    >>> _is_name("Ann Miller", "Ann"), _is_name("ANN", "Ann Miller"), _is_name("Annabel", "Ann")
    (True, True, False)
    """
    one, other = fold(label).split(), fold(name).split()
    shared = min(len(one), len(other))
    return shared > 0 and one[:shared] == other[:shared]


def _not_there(proposal: Proposal, notes: Sequence[CallNotes]) -> Refused:
    near = max(filter(None, (each.nearest(proposal.quote) for each in notes)), key=lambda each: each[0], default=None)
    stitched = "…" in proposal.quote or "..." in proposal.quote
    why = "the quote does not stand in the notes word for word"
    hint = "quote one stretch, without an ellipsis" if stitched else None
    return Refused(proposal, why, hint, near[1] if near else None)


def _accepted(proposal: Proposal, passage: Passage, prospect: Prospect | None) -> Accepted:
    known = prospect.answer(proposal.question) if prospect else None
    if known is None or known.state == "unknown":
        return Accepted(proposal, passage, "new")
    before = NOT_APPLICABLE if known.state == "n/a" else known.option
    return Accepted(proposal, passage, "same" if before == proposal.answer else "different", before)
