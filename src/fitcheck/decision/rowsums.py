"""What the answers of a row add up to, and its verdict where nothing that is unknown can change it."""

from collections.abc import Sequence
from typing import NamedTuple

from fitcheck.decision.costanswers import CostAnswers
from fitcheck.decision.results import Verdict
from fitcheck.decision.sheetwords import SheetWords
from fitcheck.decision.terms import DealTerms


class RowSums(NamedTuple):
    """
    What a row adds up to.

    Attributes:
        words: of the questions that apply.
        fields: from `Sheet.add`.
        now, low, high: points of each side: unknown answers where they stand, at least, at most.
        dimensions, lows, highs: the same of each dimension.
        band_low, band_high: of trust.
        limit: that the money gate sets; None: there is none.
        cheapest, dearest: expected money at most and at least trust, if there is a limit.
        fatal: whether a known answer fails a gate.
        verdict: None while it is open.
    """

    words: SheetWords
    fields: tuple[int, ...]
    now: Sequence[int]
    low: Sequence[int]
    high: Sequence[int]
    dimensions: Sequence[int]
    lows: Sequence[int]
    highs: Sequence[int]
    band_low: int
    band_high: int
    limit: int | None
    cheapest: int
    dearest: int
    fatal: bool
    verdict: Verdict | None

    @property
    def money_open(self) -> bool:
        """Whether unknown answers decide if the money gate holds."""
        return self.limit is not None and self.cheapest <= self.limit < self.dearest


def add_up(words: SheetWords, codes: tuple[int, ...], costs: CostAnswers | None, deal: DealTerms | None) -> RowSums:
    """
    Add a row up, and say what its verdict is if nothing that is unknown can change it.

    Args:
        words: of the questions that apply.
        codes: for each question of the screen.
        costs: the answers to the cost questions; None without a cost model.
        deal: what is at stake; None without a cost model.
    """
    sheet, trust = words.sheet, words.trust
    fields = sheet.add(codes)
    n = sheet.sides
    now: Sequence[int] = fields[:n]
    low = high = best = now
    fatal, unsafe = fields[n + 1], False
    dimensions = lows = highs = sheet.join(now)
    if fields[n + 2]:
        low, high, best, unsafe = sheet.reach(codes, now)
        lows, highs = sheet.join(low), sheet.join(high)
    band_low, band_high = trust.band(lows), trust.band(highs)
    limit = deal.limit if deal and costs else None
    cheapest = dearest = 0
    if costs and limit is not None:
        cheapest, dearest = costs.cheapest[band_high], costs.dearest[band_low]
    passing = not fatal and not unsafe and sheet.floors_hold(low) and (limit is None or dearest <= limit)
    verdict: Verdict | None = None
    if passing and sum(lows) >= sheet.card.threshold:
        verdict = "pursue"
    elif fatal or not _can_be_pursued(words, best, limit, costs):
        verdict = "not now"
    return RowSums(
        words, fields, now, low, high, dimensions, lows, highs, band_low, band_high, limit, cheapest, dearest,
        fatal > 0, verdict,
    )  # fmt: skip


def _can_be_pursued(words: SheetWords, best: Sequence[int], limit: int | None, costs: CostAnswers | None) -> bool:
    """Whether some completion is a pursue, where no known answer fails a gate."""
    sheet = words.sheet
    if not sheet.floors_hold(best):
        return False
    dimensions = sheet.join(best)
    if sum(dimensions) < sheet.card.threshold:
        return False
    return limit is None or costs is None or costs.cheapest[words.trust.band(dimensions)] <= limit
