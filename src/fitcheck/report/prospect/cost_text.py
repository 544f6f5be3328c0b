"""Cost to close → lines of text."""

from collections.abc import Iterator

from fitcheck.decision.content.cost_model import Deal
from fitcheck.decision.score.results import CostToClose
from fitcheck.decision.score.rounding import decimal
from fitcheck.report import words
from fitcheck.report.layout import Line, Span, TextOptions, flow, heading


def cost_lines(cost: CostToClose, deal: Deal, options: TextOptions) -> Iterator[Line]:
    """Hours, money, time and cycles as ranges, what they buy, and what drives them."""
    yield from heading("Cost to close", "likely, in brackets the range that holds 8 times in 10", options)
    for label, text, is_benchmark in words.cost_rows(cost, deal):
        benchmark = [Span(" · benchmark", "open")] if is_benchmark else []
        lead = [Span(f"  {label:<7}", "strong"), Span(" ")]
        yield from flow([Span(text), *benchmark], options.width, lead=lead, indent=10)
    for note in cost.notes:
        yield from flow([Span(note, "open")], options.width, lead=[Span("  ")])
    shown = cost.drivers if options.explain else cost.drivers[: words.DRIVERS]
    left_out = len(cost.drivers) - len(shown)
    yield from heading("What makes it so", f"{left_out} more: --explain" if left_out else "", options)
    for driver in shown:
        mark = [Span(" · benchmark", "open")] if driver.benchmark else []
        lead = [Span(f"{decimal(driver.hours, 1):>8} h  ")]
        yield from flow([Span(words.driver_text(driver)), *mark], options.width, lead=lead, indent=12)
