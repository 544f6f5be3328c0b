"""What follows from a comparison, in words."""

from collections.abc import Sequence

from fitcheck.decision.several.comparison import Comparison
from fitcheck.report import words
from fitcheck.report.figures import day_text, money

NUMBERS = {2: "two", 3: "three"}


def conclusion(comparison: Comparison, *, ask: bool = True) -> str:
    """
    What follows from the figures, in one to three sentences.

    Args:
        comparison: of two or three.
        ask: say who is to be asked more; False where the next step says it.
    """
    found = comparison.conclusion
    match found.kind:
        case "none":
            told = _none(comparison)
        case "one":
            among = NUMBERS[len(comparison.names)]
            told = f"Of the {among}, only {comparison.names[found.pursued[0]]} is a pursue now."
        case "several":
            told = _several(comparison)
    if not found.ask_first or not ask:
        return told
    if found.kind == "one" and found.ask_first == found.pursued:
        return f"{told.removesuffix('.')}, and an answer can still turn that: ask first."
    what = "its verdict" if len(found.ask_first) == 1 else "their verdicts"
    return f"{told} Ask {names_of(comparison, found.ask_first)} more: an answer can still turn {what}."


def names_of(comparison: Comparison, places: Sequence[int]) -> str:
    """Names as they stand in a sentence."""
    names = [comparison.names[i] for i in places]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _none(comparison: Comparison) -> str:
    first = comparison.conclusion.look_first
    told = "Neither is a pursue now" if len(comparison.names) == 2 else "None of them is a pursue now"  # noqa: PLR2004
    if not first:
        return f"{told}."
    soonest = comparison.assessments[first[0]]
    weeks = words.counted(soonest.look_again_weeks or 0, "week")
    when = f"on {day_text(soonest.look_again)}" if soonest.look_again else f"in {weeks}"
    return f"{told}; look at {names_of(comparison, first)} again first, {when}."


def _several(comparison: Comparison) -> str:
    found, names = comparison.conclusion, comparison.names
    if len(found.pursued) < len(names):
        told = f"Pursue {names_of(comparison, found.pursued)}"
    else:
        told = "Pursue both" if len(names) == 2 else "Pursue all three"  # noqa: PLR2004
    if found.margin_unknown:
        unknown = names_of(comparison, found.margin_unknown)
        return f"{told}; nobody can say which brings more per hour without the margin of {unknown}."
    if found.best is None:
        return f"{told}; none of them is ahead in expected value per hour."
    amounts = {i: _amount(comparison, i) for i in found.pursued}
    others = " and ".join(amount for i, amount in amounts.items() if i != found.best)
    best = names[found.best]
    most = f"{best} brings the most per hour: {amounts[found.best]} expected, against {others}"
    if found.beyond_doubt:
        return f"{told}; {most}. That holds across the range of hours."
    return f"{told}; {most}. The hours are too uncertain to be sure of that order."


def _amount(comparison: Comparison, at: int) -> str:
    cost, amount = comparison.assessments[at].cost, comparison.value_per_hour[at]
    return money(amount, cost.currency if cost else "") if amount is not None else ""
