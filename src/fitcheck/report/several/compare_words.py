"""A comparison in words, the same in every report for people."""

from collections.abc import Sequence
from fractions import Fraction

from fitcheck.decision.score.results import CostToClose, Gate
from fitcheck.decision.several.comparison import Comparison, Said
from fitcheck.report import words
from fitcheck.report.several.rank_words import money

SHOWN = 5
"""Differences shown where nobody asks for all."""

NUMBERS = {2: "two", 3: "three"}


def screen_line(comparison: Comparison) -> str:
    """What all of them were asked, and where pursue starts."""
    first = comparison.assessments[0]
    stage = f"our stage: {first.stage} ({words.STAGE_FROM[first.stage_from]})"
    return (
        f"screen {first.screen.id} {first.screen.version} · {stage} · pursue starts at {words.points(first.threshold)}"
    )


def gate_text(gate: Gate) -> str:
    """What a gate fails on: an answer speaks for itself, a floor or the money needs its name."""
    return gate.because if gate.where else f"{gate.title.rstrip('?')}: {gate.because}"


def said(answer: Said, question: str | None) -> str:
    """What an answer says, or that there is none."""
    if answer.state == "unknown":
        return f"not known: {words.effect(answer.low)} to {words.effect(answer.high)}"
    if answer.state == "n/a":
        return "does not apply"
    return answer.says or ("" if question else "even on both sides")


def asked(ask: str, question: str | None) -> str:
    """What is compared: a question, or how far a dimension is one-sided."""
    return ask if question else f"{ask}: how far it is one-sided"


def per_hour(amount: Fraction | None, currency: str) -> str | None:
    """
    Expected value for an hour.

    >>> per_hour(Fraction(1234567, 1000), "EUR")
    'EUR 1,235'
    """
    return None if amount is None else money(amount, currency)


def rest_on(costs: Sequence[CostToClose]) -> str:
    """Name what figures rest on that are not the user's own: "assumptions", "benchmarks", or "" if all are."""
    if any(cost.assumptions for cost in costs):
        return "assumptions"
    return "benchmarks" if any(cost.benchmarks for cost in costs) else ""


def conclusion(comparison: Comparison) -> str:
    """What follows from the figures, in one to three sentences."""
    found = comparison.conclusion
    match found.kind:
        case "none":
            told = _none(comparison)
        case "one":
            among = NUMBERS[len(comparison.names)]
            told = f"Of the {among}, only {comparison.names[found.pursued[0]]} is a pursue now."
        case "several":
            told = _several(comparison)
    if not found.ask_first:
        return told
    if found.kind == "one" and found.ask_first == found.pursued:
        return f"{told.removesuffix('.')}, and an answer can still turn that: ask first."
    what = "its verdict" if len(found.ask_first) == 1 else "their verdicts"
    return f"{told} Ask {_listed(comparison, found.ask_first)} more: an answer can still turn {what}."


def _none(comparison: Comparison) -> str:
    first = comparison.conclusion.look_first
    told = "Neither is a pursue now" if len(comparison.names) == 2 else "None of them is a pursue now"  # noqa: PLR2004
    if not first:
        return f"{told}."
    soonest = comparison.assessments[first[0]]
    weeks = words.counted(soonest.look_again_weeks or 0, "week")
    when = f"on {soonest.look_again.isoformat()}" if soonest.look_again else f"in {weeks}"
    return f"{told}; {_listed(comparison, first)} can be looked at again first, {when}."


def _several(comparison: Comparison) -> str:
    found, names = comparison.conclusion, comparison.names
    if len(found.pursued) < len(names):
        told = f"{_listed(comparison, found.pursued)} are each a pursue"
    else:
        told = "Both are a pursue" if len(names) == 2 else "All three are a pursue"  # noqa: PLR2004
    if found.margin_unknown:
        unknown = _listed(comparison, found.margin_unknown)
        return f"{told}; which brings more for an hour can’t be said without the margin of {unknown}."
    if found.best is None:
        return f"{told}; none of them is ahead by expected value for an hour."
    amounts = {i: _amount(comparison, i) for i in found.pursued}
    others = " and ".join(amount for i, amount in amounts.items() if i != found.best)
    best = names[found.best]
    most = f"an hour spent on {best} brings most, {amounts[found.best]} of expected value against {others}"
    if found.beyond_doubt:
        return f"{told}; {most}. That holds even if it takes many hours there and few elsewhere."
    return f"{told}; {most}. The hours are too uncertain to rely on that order."


def _amount(comparison: Comparison, at: int) -> str:
    cost = comparison.assessments[at].cost
    return per_hour(comparison.value_per_hour[at], cost.currency if cost else "") or ""


def _listed(comparison: Comparison, places: Sequence[int]) -> str:
    """Return names as they stand in a sentence."""
    names = [comparison.names[i] for i in places]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
