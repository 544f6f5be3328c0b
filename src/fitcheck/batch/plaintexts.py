"""Plain rows → the texts of our columns, ready to stand in delimited text."""

from collections.abc import Callable, Sequence

import polars as pl

from fitcheck.batch.outcolumns import POINTS, PREFIX, RowTexts, column_of
from fitcheck.batch.plainrows import PlainRows, Sides
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
        keys = (numbers * len(listed) + deals).alias("key")
        distinct = keys.unique()
        ratios = [self._texts.ratios(closings[key // len(listed)], listed[key % len(listed)]) for key in distinct]
        at = pl.DataFrame([keys]).join(
            pl.DataFrame({"key": distinct, "at": pl.Series(range(len(ratios)), dtype=pl.UInt32)}),
            on="key",
            how="left",
            maintain_order="left",
        )["at"]
        for k, name in enumerate(RATIOS):
            found[name] = pl.Series([texts[2 + k] for texts in ratios], dtype=pl.String).gather(at)
        return found
