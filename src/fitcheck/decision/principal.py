"""The few sentences that decided it, where there is room for three: failed gates first, then reasons."""

from collections.abc import Iterable
from fractions import Fraction

from fitcheck.decision.assessment import Assessment
from fitcheck.decision.results import Gate, ReasonGroup
from fitcheck.decision.rounding import apart

REASONS = 3
"""How many are named in a table."""

HELD_BACK = "the score would do, but in most cases what is not known brings it down or fails a gate"
"""Why an open verdict is "not now" where nothing that is known says so."""


def principal_reasons(assessment: Assessment) -> tuple[str, ...]:
    """
    What decided the verdict, the strongest first, each sentence once, at most `REASONS`.

    For a "not now": the gates that fail, that too little is known or what is not known holds it back, what speaks
    against it; for a "pursue": what speaks for it.
    """
    groups = assessment.speaks_for if assessment.verdict == "pursue" else assessment.against
    little = [too_little_text(assessment.known, assessment.screen.least_known)] if assessment.too_little_known else []
    held = [HELD_BACK] if assessment.held_back else []
    return few([*map(gate_text, assessment.failed_gates), *little, *held, *map(group_text, groups)])


def too_little_text(known: Fraction, least: Fraction) -> str:
    """
    Say that too little is known for "pursue", as shares of the weight.

    >>> too_little_text(Fraction(1, 8), Fraction(1, 2))
    'too little is known: 13 % of the weight, at least 50 % needed'
    """
    told, needed = apart(known * 100, least * 100)
    return f"too little is known: {told} % of the weight, at least {needed} % needed"


def few(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the first `REASONS` of them, each once."""
    return tuple(dict.fromkeys(texts))[:REASONS]


def gate_text(gate: Gate) -> str:
    """Return why a gate fails; a figure is told what it is a figure of."""
    return f"{gate.title}: {gate.because}" if gate.id == "money" or ":" in gate.id else gate.because


def group_text(group: ReasonGroup) -> str:
    """Return the words of the strongest reason of a group."""
    return group.members[0].text
