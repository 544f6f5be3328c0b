"""Plain rows → the columns of ours, as numbers and the texts that they number."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from fitcheck.batch.arrays import Whole
from fitcheck.batch.deals import Deals
from fitcheck.batch.outcolumns import POINTS, PREFIX, RowTexts, column_of
from fitcheck.batch.plainreasons import PlainReasons
from fitcheck.batch.plainrows import PlainRows, Rows, Sides
from fitcheck.batch.ratios import Shares, shares
from fitcheck.decision.cost import CostSummary
from fitcheck.decision.principal import REASONS

QUANTILES = ("hours_p10", "hours_p50", "hours_p90", "cost_p50")
RATIOS = ("cost_per_value", "break_even")


class TextTable:
    """
    Texts by number, ready to stand in delimited text.

    Attributes:
        lasts: whether the same table comes with the next block again.
    """

    def __init__(self, texts: Sequence[str], *, lasts: bool = False) -> None:
        self.texts, self.lasts = texts, lasts


class Numbers(NamedTuple):
    """A column of texts of a table."""

    table: TextTable
    numbers: Whole


Column = Numbers | Shares
"""One of our columns."""


class PlainTexts:
    """
    Says what plain rows come to, for one block after the other.

    Args:
        rows: what scored them.
        texts: of our columns, row by row.
        quoted: puts a text in quotes where it needs them.
    """

    def __init__(self, rows: PlainRows, texts: RowTexts, quoted: Callable[[str], str]) -> None:
        self._rows, self._texts, self._quoted = rows, texts, quoted
        self._why = PlainReasons(rows)
        wanted = {name.removeprefix(PREFIX) for name in texts.names}
        self._reasons = bool(wanted & {"failed_gates", *(f"reason_{k + 1}" for k in range(REASONS))})
        self._closings = bool(wanted & {*QUANTILES, *RATIOS})
        self._verdicts = TextTable(["not now", "pursue"], lasts=True)
        self._settled = TextTable(["true", "false"], lasts=True)
        self._asks = self._listed(["", *rows.asks], lasts=True)
        self._points = TextTable(POINTS, lasts=True)
        self._shares = {
            column_of(rubric.id): TextTable(
                [texts.share(points, top or 1, 100, 2) for points in range(top + 1)], lasts=True
            )
            for rubric, top in zip(rows.scorer.screen.rubrics, rows.words.tops, strict=True)
        }

    def columns(self, rows: Rows, sides: Sides) -> tuple[list[Column], list[CostSummary | None], Whole]:
        """
        Return each wanted column, and what closing takes.

        Args:
            rows: plain rows, from `PlainRows.sort_out`.
            sides: what they have of costs and deals.

        Returns:
            The columns; every closing there is; its number for each row.
        """
        found: dict[str, Column] = {
            "verdict": Numbers(self._verdicts, rows.pursue.astype(np.int64)),
            "settled": Numbers(self._settled, rows.is_open.astype(np.int64)),
            "ask_next": Numbers(self._asks, rows.ask + 1),
            "known": self._known(rows.known),
        }
        for name, scores in zip(("score", "score_low", "score_high"), rows.scores, strict=True):
            found[name] = Numbers(self._points, scores)
        for (name, table), points in zip(self._shares.items(), rows.dimensions, strict=True):
            found[name] = Numbers(table, points)
        if self._reasons:
            of_gates, gates, told, words = self._why.tell(rows, sides)
            found["failed_gates"] = Numbers(self._listed(gates), of_gates)
            reasons = self._listed(words)
            found |= {f"reason_{k + 1}": Numbers(reasons, numbers) for k, numbers in enumerate(told)}
        numbers, closings = self._rows.closings(rows, sides)
        nothing = Numbers(TextTable([""]), np.zeros(len(rows.at), dtype=np.int64))
        found |= dict.fromkeys((*QUANTILES, *RATIOS), nothing)
        if self._closings:
            found |= self._money(numbers, rows.deals, closings, sides.deals)
        return [found[name.removeprefix(PREFIX)] for name in self._texts.names], closings, numbers

    def _listed(self, texts: Sequence[str], *, lasts: bool = False) -> TextTable:
        return TextTable([self._quoted(self._texts.safe(text)) for text in texts], lasts=lasts)

    def _known(self, known: Whole) -> Numbers:
        numbers, values = self._rows.loops.numbered({"known": known})
        weight = self._rows.packed.sheet.weight
        return Numbers(TextTable([self._texts.share(value, weight, 1, 4) for (value,) in values]), numbers)

    def _money(
        self,
        numbers: Whole,
        deals: Whole,
        closings: Sequence[CostSummary | None],
        listed: Deals,
    ) -> dict[str, Column]:
        quantiles = [("", "", "", "") if closing is None else self._texts.quantiles(closing) for closing in closings]
        found: dict[str, Column] = {
            name: Numbers(TextTable([texts[k] for texts in quantiles]), numbers) for k, name in enumerate(QUANTILES)
        }
        expected = np.array([float(closing.expected) if closing else np.nan for closing in closings])[numbers]
        for k, (name, wholes) in enumerate(zip(RATIOS, (listed.figures.values, listed.figures.margins), strict=True)):

            def exactly(row: int, which: int = 2 + k) -> str:
                return str(self._texts.ratios(closings[numbers[row]], listed.listed[deals[row]])[which])

            of = wholes[deals]
            found[name] = shares(expected, np.where(of > 0, of, np.nan), exactly, up_to_one=name == "break_even")
        return found
