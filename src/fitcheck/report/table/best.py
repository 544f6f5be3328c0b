"""The prospects to pursue that bring most for an hour → a section of a table's summary."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from fitcheck.decision.score.rounding import half_up
from fitcheck.report.document import Block, Item, Section, Span, items, para, text
from fitcheck.report.figures import about
from fitcheck.report.layout import cells
from fitcheck.report.prospect.short import shortened
from fitcheck.table.run import Result
from fitcheck.table.score.tally import SHOWN, Top

LINE = 76
"""Columns for a prospect in one line on a terminal of 80, without the gap."""

RANKED_BY = (
    "Ranked by expected value per hour: margin times the chance of winning, less the cost of closing. fitcheck rank,"
    " on prospect files, picks a set that is 80 % likely to fit in your hours."
)


def best_prospects(result: Result, most: int | None, *, is_short: bool = False) -> Iterator[Block]:
    """
    Build the section.

    Args:
        result: of a table.
        most: how many are listed; None for all.
        is_short: one line each, with rounded figures.
    """
    tally, top, ours = result.tally, result.tally.top, result.tally.hours
    pursued = tally.group("pursue", "settled", "likely", "leaning").rows
    why = "none is known to return more than it costs"
    closed = f"they are closed, or {why}" if tally.closed else why
    why = closed if not pursued or tally.with_closed else why
    if not top:
        if tally.scored and (ours is not None or (pursued and result.prices)):
            fits = "is listed" if ours is None else f"for your {hours_text(ours)}"
            yield Section(
                (para(f"No prospect to pursue {fits}{f': {why}' if (pursued or tally.closed) and ours != 0 else ''}."),)
            )
        return
    hours = sum((each.hours for each in top), Fraction(0))
    is_full, note = len(top) >= SHOWN, ""
    if ours is not None:
        is_full, note = hours >= ours, f"{hours_text(hours)} on average, of your {hours_text(ours)}"
    blocks: list[Block] = [*items(_entries(result, top, most, is_short=is_short), align="right")]
    if more := len(top) - len(top[:most]):
        blocks.append(para(Span(f"{more:,} more: {'--full' if is_short else '--explain'}", "faint")))
    if (left := pursued - len(top)) and not is_full:
        blocks.append(para(f"{left:,} more to pursue, not listed: {why}."))
    if not is_short:
        blocks.append(para(Span(RANKED_BY, "faint")))
    yield Section(tuple(blocks), "Best expected value per hour", note)


def _entries(result: Result, top: Sequence[Top], most: int | None, *, is_short: bool) -> Iterator[Item]:
    ours, hours = result.tally.hours, Fraction(0)
    currency = f"{result.currency} " if result.currency else ""
    for each in top[:most]:
        named, name, owner = each.label
        who = name or named or f"line {each.line}"
        hours += each.hours
        if is_short:
            rate, told = about(each.rate), [f"{currency}{about(each.value)} in {about(each.hours)} h"]
        else:
            rate, told = f"{half_up(each.rate):,}", [*filter(None, (named if name else "", owner))]
            told.append(f"{currency}{half_up(each.value):,} in {hours_text(each.hours)}")
        told += [f"beyond your {hours_text(ours)}"] if ours is not None and hours > ours else []
        rest = f" · {' · '.join(told)}"
        lead = f"{currency}{rate}/h"
        who = shortened(who, LINE - cells(lead + rest)) if is_short else who
        yield Item(Span(lead), text(Span(who, "strong"), rest))


def hours_text(hours: Fraction) -> str:
    """
    Hours with one decimal, if it is one.

    >>> hours_text(Fraction(647, 10)), hours_text(Fraction(150))
    ('64.7 h', '150 h')
    """
    return f"{half_up(hours * 10) / 10:g} h"
