"""Cost to close → the sections of a full report."""

from collections.abc import Iterator
from fractions import Fraction

from fitcheck.decision.content.cost_model import Deal
from fitcheck.decision.score.results import CostToClose, Driver
from fitcheck.decision.score.rounding import decimal
from fitcheck.report import cost_words
from fitcheck.report.document import Bar, Block, Item, Span, Text, items, para, section, text
from fitcheck.report.figures import about


def cost_sections(cost: CostToClose, deal: Deal) -> Iterator[Block]:
    """Hours, money, time and cycles as ranges and what they buy; then activity by activity what they are made of."""
    rows = (Item(Span(label, "strong"), _marked(told, mark)) for label, told, mark in cost_words.cost_rows(cost, deal))
    notes = (para(Span(note, "open")) for note in cost.notes)
    yield from section("Cost to close", [cost_bar(cost), *items(rows), *notes], "in brackets the 80 % range")
    made_of = zip(cost.drivers, cost_words.activity_rows(cost), strict=True)
    own = cost_words.own_figures(cost)
    told: list[Block] = [*items((_activity(*each, cost.currency) for each in made_of), 7, "right")]
    if own:
        told.append(para(own))
    yield from section("What it is made of", told, "mean hours × rate, most hours first")


def _activity(driver: Driver, row: cost_words.ActivityRow, currency: str) -> Item:
    """One activity: what it is and why, and hours × rate with what both rest on."""
    rate = f"{float(row.rate):,.2f}".removesuffix(".00")
    expenses = f" + {currency} {int(row.expenses):,} expenses" if row.expenses else ""
    money = f"{row.role} × {currency} {rate}{expenses} = {currency} {int(row.money):,}"
    sub = (para(Span(f"{money} · {row.rests_on}", "faint")),) if row.hours else ()
    return Item(Span(f"{decimal(row.hours, 1)} h"), text(cost_words.driver_text(driver)), sub)


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
