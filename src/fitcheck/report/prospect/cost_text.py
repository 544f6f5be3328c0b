"""Cost to close → lines of text."""

from collections.abc import Iterator

from fitcheck.decision.content.cost_model import Deal
from fitcheck.decision.score.results import CostToClose
from fitcheck.decision.score.rounding import decimal
from fitcheck.report import cost_words
from fitcheck.report.layout import Line, Span, TextOptions, flow, heading


def cost_lines(cost: CostToClose, deal: Deal, options: TextOptions) -> Iterator[Line]:
    """Hours, money, time and cycles as ranges, what they buy, and what drives them."""
    yield from heading("Cost to close", "likely, in brackets the 80 % range", options)
    for label, text, mark in cost_words.cost_rows(cost, deal):
        yield from cost_row(label, text, mark, options)
    for note in cost.notes:
        yield from flow([Span(note, "open")], options.width, lead=[Span("  ")])
    shown = cost.drivers if options.explain else cost.drivers[: cost_words.DRIVERS]
    left_out = len(cost.drivers) - len(shown)
    yield from heading("Main cost drivers", f"{left_out} more: --explain" if left_out else "", options)
    for driver in shown:
        lead = [Span(f"{decimal(driver.hours, 1):>8} h  ")]
        told = [Span(cost_words.driver_text(driver)), *_mark(cost_words.driver_rests_on(driver))]
        yield from flow(told, options.width, lead=lead, indent=12)


def cost_row(label: str, text: str, mark: str, options: TextOptions) -> Iterator[Line]:
    """One figure: its label, what it says, and what it rests on."""
    lead = [Span(f"  {label:<7}", "strong"), Span(" ")]
    yield from flow([Span(text), *_mark(mark)], options.width, lead=lead, indent=10)


def _mark(mark: str) -> list[Span]:
    return [Span(f" · {mark}", "open")] if mark else []
