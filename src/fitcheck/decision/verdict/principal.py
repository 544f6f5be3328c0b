"""The top three reasons for a verdict: failed gates first, then reasons."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Protocol

from fitcheck.decision.score.results import Gate, ReasonGroup
from fitcheck.decision.score.rounding import apart
from fitcheck.decision.verdict.scorer import Judgement

REASONS = 3
"""How many are named in a table."""

HELD_BACK = "the score is high enough, but the open answers would probably bring it down or break the deal"
"""Why an open verdict is "not now" where nothing that is known says so."""


def principal_reasons(found: Judgement, failed: Iterable[Gate]) -> tuple[str, ...]:
    """
    What decided the verdict, the strongest first, each sentence once, at most `REASONS`.

    For "not now": failing gates, too few answers or open answers that hold it back, reasons against; for
    "pursue": reasons for.

    Args:
        found: the judgement.
        failed: its gates that fail.
    """
    texts: dict[str, None] = {}
    for text in sentences(found, failed, found.ranked_reasons(), found.card.screen.least_known):
        texts[text] = None
        if len(texts) == REASONS:
            break
    return tuple(texts)


class Standing(Protocol):
    """What a judgement and a finished result have in common."""

    @property
    def known(self) -> Fraction:
        """Share of the weight that is answered, 0..1."""

    @property
    def too_little_known(self) -> bool:
        """Whether it is open, and "pursue" may not be said."""

    @property
    def held_back(self) -> bool:
        """Whether it is "not now" for what is not known alone."""


def sentences(
    found: Standing, failed: Iterable[Gate], groups: Iterable[ReasonGroup], least_known: Fraction
) -> Iterator[str]:
    """Yield everything that decided a verdict, the strongest first; `groups` speak for it, or against it."""
    yield from map(gate_text, failed)
    if found.too_little_known:
        yield too_little_text(found.known, least_known)
    elif found.held_back:
        yield HELD_BACK
    for group in groups:
        yield group.members[0].text


@lru_cache(maxsize=1024)
def too_little_text(known: Fraction, least: Fraction) -> str:
    """
    Say that too little is answered for "pursue", as shares of the weight.

    >>> too_little_text(Fraction(1, 8), Fraction(1, 2))
    'only 13 % answered; pursue needs at least 50 %'
    """
    told, needed = apart(known * 100, least * 100)
    return f"only {told} % answered; pursue needs at least {needed} %"


def gate_text(gate: Gate) -> str:
    """Return why a gate fails, with a title where the reason is only a figure."""
    return f"{gate.title}: {gate.because}" if gate.id == "money" or ":" in gate.id else gate.because
