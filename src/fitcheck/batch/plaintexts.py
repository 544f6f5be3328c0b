"""Plain rows → the texts of our columns, ready to stand in delimited text."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

import numpy as np
import polars as pl

from fitcheck.batch.outcolumns import POINTS, PREFIX, RowTexts, column_of
from fitcheck.batch.plainrows import PlainRows, Sides
from fitcheck.batch.ratios import Floats, share_texts
from fitcheck.decision.case import Closing
from fitcheck.decision.principal import REASONS
from fitcheck.decision.tablecost import DealSide

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
        wanted = {name.removeprefix(PREFIX) for name in texts.names}
        self._reasons = bool(wanted & {"failed_gates", *(f"reason_{k + 1}" for k in range(REASONS))})
        self._closings = bool(wanted & {*QUANTILES, *RATIOS})
        self._asks = self._listed(["", *rows.asks])
        scores = pl.Series(POINTS)
        self._points = {
            "score": ("d_score", scores),
            "score_low": ("low_score", scores),
            "score_high": ("high_score", scores),
        }
        rubrics = rows.scorer.screen.rubrics
        self._shares = {
            column_of(rubric.id): (
                f"d{k}",
                pl.Series([texts.share(points, top or 1, 100, 2) for points in range(top + 1)]),
            )
            for k, (rubric, top) in enumerate(zip(rubrics, rows.words.tops, strict=True))
        }

    def columns(self, rows: pl.DataFrame, sides: Sides) -> tuple[list[pl.Series], list[Closing | None], pl.Series]:
        """
        Return the text of each wanted column, and what closing takes.

        Args:
            rows: plain rows, from `PlainRows.sort_out`.
            sides: what they have of costs and deals.

        Returns:
            The columns; every closing there is; its number for each row.
        """
        verdicts = pl.Series(["not now", "pursue"]).gather(rows["pursue"].cast(pl.UInt32))
        found: dict[str, pl.Series] = {"verdict": verdicts}
        found["settled"] = pl.Series(["true", "false"]).gather(rows["open"].cast(pl.UInt32))
        found["ask_next"] = self._asks.gather(rows["ask"] + 1)
        for name, (column, texts) in {**self._points, **self._shares}.items():
            found[name] = texts.gather(rows[column])
        found["known"] = self._known(rows["known"])
        if self._reasons:
            told, gates, texts_of = self._rows.reasons(rows, sides)
            found["failed_gates"] = self._listed(gates).gather(told["gates"])
            reasons = self._listed(texts_of)
            found |= {f"reason_{k + 1}": reasons.gather(told[f"r{k}"]).fill_null("") for k in range(REASONS)}
        numbers, closings = self._rows.closings(rows, sides)
        if self._closings and closings != [None]:
            found |= self._money(numbers, rows["deal"], closings, sides.deals)
        return [found[name.removeprefix(PREFIX)] for name in self._texts.names], closings, numbers

    def _listed(self, texts: Sequence[str]) -> pl.Series:
        return pl.Series([self._quoted(self._texts.safe(text)) for text in texts], dtype=pl.String)

    def _known(self, known: pl.Series) -> pl.Series:
        weight = self._rows.packed.sheet.weight
        table = {value: self._texts.share(value, weight, 1, 4) for value in known.unique()}
        return known.replace_strict(list(table), list(table.values()), return_dtype=pl.String)

    def _money(
        self,
        numbers: pl.Series,
        deals: pl.Series,
        closings: Sequence[Closing | None],
        listed: Sequence[DealSide | None],
    ) -> dict[str, pl.Series]:
        quantiles = [("", "", "", "") if closing is None else self._texts.quantiles(closing) for closing in closings]
        found = {
            name: pl.Series([texts[k] for texts in quantiles], dtype=pl.String).gather(numbers)
            for k, name in enumerate(QUANTILES)
        }
        of_closing, of_deal = numbers.to_numpy(), deals.to_numpy()
        expected = _floats(closing.expected if closing else None for closing in closings)[of_closing]
        values = _floats(deal.value if deal else None for deal in listed)
        margins = _floats(deal.margin if deal else None for deal in listed)
        for k, (name, wholes) in enumerate(zip(RATIOS, (values, margins), strict=True)):

            def exactly(row: int, which: int = 2 + k) -> str:
                return str(self._texts.ratios(closings[of_closing[row]], listed[of_deal[row]])[which])

            of = wholes[of_deal]
            found[name] = share_texts(expected, np.where(of > 0, of, np.nan), exactly, up_to_one=name == "break_even")
        return found


def _floats(amounts: Iterable[Fraction | None]) -> Floats:
    """Amounts; NaN where there is none."""
    return np.array([np.nan if amount is None else _float(amount) for amount in amounts], dtype=np.float64)


def _float(amount: Fraction) -> float:
    try:
        return float(amount)
    except OverflowError:
        return np.inf
