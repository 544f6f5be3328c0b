"""The few sentences that decided it, where there is room for three: failed gates first, then reasons."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache

from fitcheck.decision.score.results import Gate
from fitcheck.decision.score.rounding import apart
from fitcheck.decision.verdict.scorer import Judgement

REASONS = 3
"""How many are named in a table."""

HELD_BACK = "the score would do, but in most cases what is not known brings it down or fails a gate"
"""Why an open verdict is "not now" where nothing that is known says so."""


def principal_reasons(found: Judgement, failed: Iterable[Gate]) -> tuple[str, ...]:
    """
    What decided the verdict, the strongest first, each sentence once, at most `REASONS`.

    For a "not now": the gates that fail, that too little is known or what is not known holds it back, what speaks
    against it; for a "pursue": what speaks for it.

    Args:
        found: the judgement.
        failed: its gates that fail.
    """
    texts: dict[str, None] = {}
    for text in _sentences(found, failed):
        texts[text] = None
        if len(texts) == REASONS:
            break
    return tuple(texts)


def _sentences(found: Judgement, failed: Iterable[Gate]) -> Iterator[str]:
    yield from map(gate_text, failed)
    if found.too_little_known:
        yield too_little_text(found.known, found.card.screen.least_known)
    elif found.held_back:
        yield HELD_BACK
    for group in found.ranked_reasons():
        yield group.members[0].text


@lru_cache(maxsize=1024)
def too_little_text(known: Fraction, least: Fraction) -> str:
    """
    Say that too little is known for "pursue", as shares of the weight.

    >>> too_little_text(Fraction(1, 8), Fraction(1, 2))
    'too little is known: 13 % of the weight, at least 50 % needed'
    """
    told, needed = apart(known * 100, least * 100)
    return f"too little is known: {told} % of the weight, at least {needed} % needed"


def gate_text(gate: Gate) -> str:
    """Return why a gate fails; a figure is told what it is a figure of."""
    return f"{gate.title}: {gate.because}" if gate.id == "money" or ":" in gate.id else gate.because
