"""The few sentences that decided it, where there is room for three: failed gates first, then reasons."""

from collections.abc import Iterable

from fitcheck.decision.assessment import Assessment
from fitcheck.decision.results import Gate, ReasonGroup

REASONS = 3
"""How many are named in a table."""


def principal_reasons(assessment: Assessment) -> tuple[str, ...]:
    """
    What decided the verdict, the strongest first, each sentence once, at most `REASONS`.

    For a "not now": the gates that fail, then what speaks against it; for a "pursue": what speaks for it.
    """
    groups = assessment.speaks_for if assessment.verdict == "pursue" else assessment.against
    return few([*map(gate_text, assessment.failed_gates), *map(group_text, groups)])


def few(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the first `REASONS` of them, each once."""
    return tuple(dict.fromkeys(texts))[:REASONS]


def gate_text(gate: Gate) -> str:
    """Return why a gate fails; a figure is told what it is a figure of."""
    return f"{gate.title}: {gate.because}" if gate.id == "money" or ":" in gate.id else gate.because


def group_text(group: ReasonGroup) -> str:
    """Return the words of the strongest reason of a group."""
    return group.members[0].text
