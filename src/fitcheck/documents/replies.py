"""Replies of an assistant that read call notes: their model, and the answers that they propose."""

import re
from typing import NamedTuple

from pydantic import Field

from fitcheck.decision.content.answers import Evidence
from fitcheck.documents.prospects import EvidenceWord
from fitcheck.documents.reading.check import check, grouped
from fitcheck.documents.reading.fields import Model, Text
from fitcheck.documents.reading.json_text import read_json
from fitcheck.documents.reading.source import decode
from fitcheck.documents.reading.tree import lines_of
from fitcheck.problems import DocumentError

_FENCED = re.compile(r"^```\w*[ \t]*\r?\n(.*?)^```", re.DOTALL | re.MULTILINE)
"""The JSON in a reply that an assistant wrapped in Markdown."""


class ProposalModel(Model):
    """One answer that the notes give."""

    question: Text = Field(description="Id of a question.")
    answer: Text = Field(description="Id of one of its options, or n/a where the question offers it.")
    quote: Text = Field(description="One stretch of at least three words of the notes, word for word.")
    kind: EvidenceWord = Field(
        "said", description="said: they said it. seen: one of us saw it. reported: somebody else told us of them."
    )
    by: Text | None = Field(None, description="Who said, saw or reported it, if the notes name them.")


class ReplyModel(Model):
    """Answers that were read out of call notes; a question that the notes don't answer is left out."""

    answers: list[ProposalModel] = Field(description="At most one for each question.")


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


def read_reply(data: bytes, file: str) -> tuple[Proposal, ...]:
    """
    Return the answers that a reply proposes, in its order.

    Args:
        data: JSON, alone or in a fenced block of Markdown.
        file: its name for people.

    Raises:
        DocumentError: with all problems of the reply.
    """
    text = decode(data, file)
    lines = lines_of(text)
    if fenced := _FENCED.search(text):
        # blank lines in place of what stands before it, so that messages name the line of the file
        text = "\n" * (len(lines_of(text[: fenced.start(1)])) - 1) + fenced[1]
    document = read_json(text, file, lines)
    model, problems = check(document, ReplyModel, what="a reply")
    if model is None or problems:
        raise DocumentError(*grouped(problems))
    return tuple(Proposal(each.question, each.answer, each.quote, each.kind, each.by or "") for each in model.answers)
