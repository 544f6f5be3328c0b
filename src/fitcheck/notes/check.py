"""Proposed answers → those that the notes bear out, and why the others are refused."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from fitcheck.decision.content.answers import Prospect
from fitcheck.decision.content.rubric import Screen
from fitcheck.documents.prospects import NOT_APPLICABLE, UNKNOWN, Questionnaire, fault_of
from fitcheck.documents.replies import Proposal
from fitcheck.notes.call_notes import CallNotes, Passage, is_one_of, words_in

LEAST_WORDS = 3
"""A shorter quote stands in nearly every text."""

Change = Literal["new", "same", "different"]
"""What an answer does to a prospect file: it has none, the same one, or another."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """
    A proposal that the notes bear out, where they do, and what it changes.

    Attributes:
        proposal: `by` only if the notes name them so.
        before: what the file says; None for nothing.
    """

    proposal: Proposal
    passage: Passage
    change: Change = "new"
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
        ours: names of our own people, whose words are not evidence of what the customer thinks.
    """
    known = Questionnaire.of(screen)
    accepted: dict[str, Accepted] = {}
    refused: list[Refused] = []
    for proposal in proposals:
        if proposal.question in accepted:
            found: Passage | Refused = Refused(proposal, "answered twice in this reply; the first answer counts")
        else:
            found = _fault(proposal, known, ours) or _passage(proposal, notes, ours)
        if isinstance(found, Refused):
            refused.append(found)
        else:
            by = proposal.by if any(any(each.passages(proposal.by)) for each in notes) else ""
            accepted[proposal.question] = _accepted(proposal._replace(by=by), found, prospect)
    return Checked(tuple(accepted.values()), tuple(refused))


def _fault(proposal: Proposal, known: Questionnaire, ours: Sequence[str]) -> Refused | None:
    """What is wrong with a proposal whatever the notes say."""
    if fault := fault_of(known, proposal.question, proposal.answer):
        return Refused(proposal, fault.message, fault.hint)
    if proposal.answer == UNKNOWN:
        return Refused(proposal, "leave out a question that the notes do not answer")
    if words_in(proposal.quote) < LEAST_WORDS:
        return Refused(proposal, f"the quote is too short; it needs {LEAST_WORDS} words in a row")
    if proposal.kind == "said" and is_one_of(ours, proposal.by):
        return _said_by_us(proposal, proposal.by)
    return None


def _passage(proposal: Proposal, notes: Sequence[CallNotes], ours: Sequence[str]) -> Passage | Refused:
    """Where the quote stands and the customer may have said it, or why it is refused."""
    refused: Refused | None = None
    for passage in _passages(proposal, notes):
        fault = _speaker_fault(proposal, passage, ours)
        if fault is None:
            return passage
        refused = refused or fault
    return refused or _not_there(proposal, notes)


def _passages(proposal: Proposal, notes: Sequence[CallNotes]) -> Iterator[Passage]:
    for each in notes:
        yield from each.passages(proposal.quote)


def _speaker_fault(proposal: Proposal, passage: Passage, ours: Sequence[str]) -> Refused | None:
    if len(passage.speakers) > 1:
        names = " and ".join(speaker or "somebody unnamed" for speaker in passage.speakers)
        return Refused(proposal, f"the quote covers several speakers: {names}", near=passage)
    speaker = passage.speakers[0]
    return _said_by_us(proposal, speaker, passage) if speaker and is_one_of(ours, speaker) else None


def _said_by_us(proposal: Proposal, name: str, near: Passage | None = None) -> Refused:
    return Refused(proposal, f"{name} is one of us; what we say is not evidence of what they think", near=near)


def _not_there(proposal: Proposal, notes: Sequence[CallNotes]) -> Refused:
    found = [near for each in notes if (near := each.nearest(proposal.quote))]
    stitched = "…" in proposal.quote or "..." in proposal.quote
    return Refused(
        proposal,
        "the quote is not in the notes word for word",
        "quote a single passage, without an ellipsis" if stitched else None,
        max(found, key=lambda each: each[0])[1] if found else None,
    )


def _accepted(proposal: Proposal, passage: Passage, prospect: Prospect | None) -> Accepted:
    known = prospect.answer(proposal.question) if prospect else None
    if known is None or known.state == "unknown":
        return Accepted(proposal, passage)
    before = NOT_APPLICABLE if known.state == "n/a" else known.option
    return Accepted(proposal, passage, "same" if before == proposal.answer else "different", before)
