"""Cost to close → the sections of a full report."""

from collections.abc import Iterator

from fitcheck.decision.content.cost_model import Deal
from fitcheck.decision.score.results import CostToClose
from fitcheck.decision.score.rounding import decimal
from fitcheck.report import cost_words
from fitcheck.report.document import Block, Item, Span, Text, items, para, section, text


def cost_sections(cost: CostToClose, deal: Deal, *, explain: bool = False) -> Iterator[Block]:
    """Hours, money, time and cycles as ranges, what they buy, and what drives them."""
    rows = (Item(Span(label, "strong"), _marked(told, mark)) for label, told, mark in cost_words.cost_rows(cost, deal))
    notes = (para(Span(note, "open")) for note in cost.notes)
    yield from section("Cost to close", [*items(rows), *notes], "in brackets the 80 % range")
    shown = cost.drivers if explain else cost.drivers[: cost_words.DRIVERS]
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


def _marked(told: str, mark: str) -> Text:
    return text(told, Span(f" · {mark}" if mark else "", "open"))
