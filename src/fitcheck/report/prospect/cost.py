"""Cost to close → the sections of a full report."""

from collections.abc import Iterator
from fractions import Fraction

from fitcheck.decision.content.cost_model import Deal
from fitcheck.decision.score.results import CostToClose
from fitcheck.decision.score.rounding import decimal
from fitcheck.report import cost_words
from fitcheck.report.document import Bar, Block, Item, Span, Text, items, para, section, text
from fitcheck.report.figures import about


def cost_sections(cost: CostToClose, deal: Deal, *, most: int | None) -> Iterator[Block]:
    """
    Hours, money, time and cycles as ranges, what they buy, and what drives them.

    Args:
        cost: to close.
        deal: that it is for.
        most: drivers that are shown; all if None.
    """
    rows = (Item(Span(label, "strong"), _marked(told, mark)) for label, told, mark in cost_words.cost_rows(cost, deal))
    notes = (para(Span(note, "open")) for note in cost.notes)
    yield from section("Cost to close", [cost_bar(cost), *items(rows), *notes], "in brackets the 80 % range")
    shown = cost.drivers[:most]
    entries = (
        Item(
            Span(f"{decimal(driver.hours, 1)} h"),
            _marked(cost_words.driver_text(driver), cost_words.driver_rests_on(driver)),
        )
        for driver in shown
    )
    left_out = len(cost.drivers) - len(shown)
    yield from section(
        "Main cost drivers", items(entries, 7, "right"), f"{left_out} more: --explain" if left_out else ""
    )


def cost_bar(cost: CostToClose) -> Bar:
    """The range of the cost in money, and what closing is worth at most where that is known."""
    low, likely, high = (Fraction(each) for each in (cost.money.p10, cost.money.p50, cost.money.p90))
    limit = cost.limit if cost.limit and cost.limit > 0 else None
    label = f"{cost.currency} {about(likely)}, 80 % range {about(low)} to {about(high)}"
    if limit:
        label += f", worth up to {about(limit)}"
    return Bar(low, likely, high, limit, max(high, limit or high) * Fraction(21, 20) or Fraction(1), label)


def _marked(told: str, mark: str) -> Text:
    return text(told, Span(f" · {mark}" if mark else "", "open"))
