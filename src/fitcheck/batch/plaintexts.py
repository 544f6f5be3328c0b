"""Plain rows → the texts of our columns, ready to stand in delimited text."""

from collections.abc import Callable, Sequence

import numpy as np
import polars as pl

from fitcheck.batch.arrays import Whole
from fitcheck.batch.deals import Deals
from fitcheck.batch.outcolumns import POINTS, PREFIX, RowTexts, column_of
from fitcheck.batch.plainreasons import PlainReasons
from fitcheck.batch.plainrows import PlainRows, Rows, Sides
from fitcheck.batch.ratios import share_texts
from fitcheck.decision.case import Closing
from fitcheck.decision.principal import REASONS

QUANTILES = ("hours_p10", "hours_p50", "hours_p90", "cost_p50")
RATIOS = ("cost_per_value", "break_even")


class PlainTexts:
    """
    Writes what plain rows come to, for one block after the other.

    Args:
        rows: what scored them.
        texts: of our columns, row by row.
        quoted: puts a text in quotes where it needs them.
    """

    def __init__(self, rows: PlainRows, texts: RowTexts, quoted: Callable[[str], str]) -> None:
        self._rows, self._texts, self._quoted = rows, texts, quoted
        self._why = PlainReasons(rows.packed, rows.words)
        wanted = {name.removeprefix(PREFIX) for name in texts.names}
        self._reasons = bool(wanted & {"failed_gates", *(f"reason_{k + 1}" for k in range(REASONS))})
        self._closings = bool(wanted & {*QUANTILES, *RATIOS})
        self._asks = self._listed(["", *rows.asks])
        self._points = pl.Series(POINTS)
        self._shares = {
            column_of(rubric.id): pl.Series([texts.share(points, top or 1, 100, 2) for points in range(top + 1)])
            for rubric, top in zip(rows.scorer.screen.rubrics, rows.words.tops, strict=True)
        }

    def columns(self, rows: Rows, sides: Sides) -> tuple[list[pl.Series], list[Closing | None], Whole]:
        """
        Return the text of each wanted column, and what closing takes.

        Args:
            rows: plain rows, from `PlainRows.sort_out`.
            sides: what they have of costs and deals.

        Returns:
            The columns; every closing there is; its number for each row.
        """
        found: dict[str, pl.Series] = {
            "verdict": pl.Series(["not now", "pursue"]).gather(rows.pursue.astype(np.int64)),
            "settled": pl.Series(["true", "false"]).gather(rows.is_open.astype(np.int64)),
            "ask_next": self._asks.gather(rows.ask + 1),
            "known": self._known(rows.known),
        }
        for name, scores in zip(("score", "score_low", "score_high"), rows.scores, strict=True):
            found[name] = self._points.gather(scores)
        for (name, texts), points in zip(self._shares.items(), rows.dimensions, strict=True):
            found[name] = texts.gather(points)
        if self._reasons:
            of_gates, gates, told, words = self._why.tell(rows, sides)
            found["failed_gates"] = self._listed(gates).gather(of_gates)
            reasons = self._listed(words)
            found |= {f"reason_{k + 1}": reasons.gather(numbers) for k, numbers in enumerate(told)}
        numbers, closings = self._rows.closings(rows, sides)
        if self._closings and closings != [None]:
            found |= self._money(numbers, rows.deals, closings, sides.deals)
        return [found[name.removeprefix(PREFIX)] for name in self._texts.names], closings, numbers

    def _listed(self, texts: Sequence[str]) -> pl.Series:
        return pl.Series([self._quoted(self._texts.safe(text)) for text in texts], dtype=pl.String)

    def _known(self, known: Whole) -> pl.Series:
        values, numbers = np.unique(known, return_inverse=True)
        weight = self._rows.packed.sheet.weight
        return pl.Series([self._texts.share(value, weight, 1, 4) for value in values.tolist()]).gather(numbers)

    def _money(
        self,
        numbers: Whole,
        deals: Whole,
        closings: Sequence[Closing | None],
        listed: Deals,
    ) -> dict[str, pl.Series]:
        quantiles = [("", "", "", "") if closing is None else self._texts.quantiles(closing) for closing in closings]
        found = {
            name: pl.Series([texts[k] for texts in quantiles], dtype=pl.String).gather(numbers)
            for k, name in enumerate(QUANTILES)
        }
        expected = np.array([float(closing.expected) if closing else np.nan for closing in closings])[numbers]
        for k, (name, wholes) in enumerate(zip(RATIOS, (listed.values, listed.margins), strict=True)):

            def exactly(row: int, which: int = 2 + k) -> str:
                return str(self._texts.ratios(closings[numbers[row]], listed.listed[deals[row]])[which])

            of = wholes[deals]
            found[name] = share_texts(expected, np.where(of > 0, of, np.nan), exactly, up_to_one=name == "break_even")
        return found
