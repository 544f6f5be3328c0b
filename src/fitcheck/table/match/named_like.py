"""Which open question a column may answer by what it is called: in everyday words, or in words of the question."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from fitcheck.folding import folded_header
from fitcheck.table.match.everyday import EVERYDAY
from fitcheck.table.match.questions import QuestionSpec
from fitcheck.table.match.units import unit_of

LEAST = 0.5
"""Share of a header's words that have to be those of the question."""

_FILLING = frozenset(("is", "the", "a", "of", "on", "in", "for", "to", "has", "been", "status", "level", "c", "deal",
                      "opportunity", "our", "their", "date", "type", "what", "do", "they", "it", "and"))  # fmt: skip
"""Words of headers that say nothing of the question; Salesforce ends fields of your own with __c."""


class Offer(NamedTuple):
    """
    A column and the question that it may answer.

    Attributes:
        but: why it mostly does not; blank where its name says that it does.
    """

    position: int
    asked: QuestionSpec
    but: str = ""


def called_like(headers: Mapping[int, str], asked: Iterable[QuestionSpec]) -> Iterator[Offer]:
    """
    Yield the question that each column is called like, the likest first; every column and every question once.

    Args:
        headers: by position.
        asked: questions without a column.

    >>> asked = [QuestionSpec("who_decides", "Who decides?", ()), QuestionSpec("deadline", "By when?", ())]
    >>> headers = {0: "Decision maker involved?", 4: "Close Date", 5: "EconomicBuyer__c"}
    >>> [(offer.position, offer.asked.id, bool(offer.but)) for offer in called_like(headers, asked)]
    [(5, 'who_decides', False), (4, 'deadline', True)]
    """
    asked = list(asked)
    rated = sorted(
        (-rating, position, place, but)
        for position, header in headers.items()
        for place, question in enumerate(asked)
        for rating, but in [_rating(header, question)]
        if rating
    )
    columns, questions = set[int](), set[int]()
    for _, position, place, but in rated:
        if position not in columns and place not in questions:
            columns.add(position)
            questions.add(place)
            yield Offer(position, asked[place], but)


def _rating(header: str, asked: QuestionSpec) -> tuple[float, str]:
    """Return how much a header is like a question, from 0 to 3, and why it may say something else."""
    folded, words = folded_header(header), _words(unit_of(header)[0])
    everyday = EVERYDAY.get(asked.id)
    if everyday and folded in everyday.perhaps:
        return 1, everyday.but
    names = [set(name.split()) for name in everyday.headers] if everyday else []
    every = set(folded.split()) | set(unit_of(header)[0].split())
    best = max((len(name) / max(len(words | name), 1) for name in names if name <= every), default=0.0)
    if best >= LEAST:
        return 1 + best, ""
    own = _words(asked.id.replace("_", " "))
    return (1, "") if own and len(own) > 1 and own <= words and len(own) >= LEAST * len(words) else (0, "")


def _words(text: str) -> set[str]:
    return set(text.split()) - _FILLING
