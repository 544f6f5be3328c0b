"""
Plain rows of a block: settled verdicts, as columns of integers and then as columns of text.

Every table that is joined here is made by the objects that score single rows, once for each distinct key.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np
import polars as pl

from fitcheck.batch.columnar import NONE, band, joined, one_sided_key, reason_keys, strongest, sums
from fitcheck.batch.opencounts import Whole
from fitcheck.batch.openrows import OpenBlock, OpenRows
from fitcheck.batch.packed import FAIL_BITS, TEXT, Packed, codes_of
from fitcheck.batch.trustbands import TrustBands
from fitcheck.decision.case import Closing
from fitcheck.decision.memo import keep
from fitcheck.decision.principal import REASONS, too_little_text
from fitcheck.decision.rows import RowScorer
from fitcheck.decision.sheet import UNKNOWN
from fitcheck.decision.tablecost import CostSide, DealSide

KEYS = [f"reason{k}" for k in range(REASONS)]
NOTHING = -1


class Sides(NamedTuple):
    """The cost side and the deal of each row, by number."""

    costs: Sequence[CostSide | None]
    deals: Sequence[DealSide | None]


class PlainRows:
    """
    Scores the plain rows of blocks.

    Args:
        scorer: of single rows.
        packed: its sheet.
    """

    def __init__(self, scorer: RowScorer, packed: Packed) -> None:
        self.scorer, self.packed = scorer, packed
        self.words = scorer.words(frozenset())
        self.count = len(packed.answers)
        self._missing: dict[int, tuple[object, ...]] = {}
        self._paid: dict[tuple[tuple[int, ...], int], tuple[int, int]] = {}
        self._gates: dict[int, tuple[tuple[str, str], ...]] = {}
        self._failed: dict[tuple[int, ...], tuple[str, tuple[str, ...]]] = {}
        sheet = packed.sheet
        self._names, self._sums = sums(packed)
        self._sides = [pl.col(name) for name in self._names.sides]
        self._low = [pl.col(f"{name}_low") for name in self._names.sides]
        self._high = [pl.col(f"{name}_high") for name in self._names.sides]
        self._best = [pl.col(f"{name}_best") for name in self._names.sides]
        trust = self.words.trust
        self._bands = len(trust.cuts) + 1
        self._cuts = trust.cuts
        self._trust = trust.dimension
        self._floors = sheet.floors
        self._trusted = None if trust.dimension is None else TrustBands(sheet, trust)
        self._open = OpenRows(sheet, trust, scorer.compiled)
        self.asks = self._open.ids

    def sort_out(self, frame: pl.DataFrame, sides: Sides) -> pl.DataFrame:
        """
        Compute what single integers say of every row, and which rows are plain.

        Args:
            frame: packed answers `p0`, ...; `cost` and `deal` number into `sides`; `odd` where they can't be read.
            sides: what the rows have of costs and deals.

        Returns:
            The frame with columns of points and bands, `pursue`, `plain`, and `no_answers` where nothing is wrong but
            that cells of scored questions are no answers.
        """
        frame = frame.with_columns(self._sums)
        frame = _with(frame, self._missing_table(frame["missing"].unique()), ["missing"])
        frame = (
            frame.lazy()
            .with_columns(
                (pl.col(name) + pl.col(f"{name}_{which}")).alias(f"{name}_{which}")
                for name in self._names.sides
                for which in ("low", "high", "best")
            )
            .with_columns(
                expression.alias(f"{name}{k}")
                for name, points in (("d", self._sides), ("low", self._low), ("high", self._high), ("best", self._best))
                for k, expression in enumerate(joined(self.packed, points))
            )
            .with_columns(
                pl.sum_horizontal(pl.col(f"{name}{k}") for k in range(len(self.words.tops))).alias(f"{name}_score")
                for name in ("d", "low", "high", "best")
            )
            .with_columns(self._band(name).alias(f"{name}_band") for name in ("low", "high", "best"))
            .with_columns((pl.col("cost") * (1 << 32) + pl.col("deal")).alias("pair"))
            .collect()
        )
        frame = _with(frame, self._money_table(frame["pair"].unique(), sides), ["pair"]).with_columns(
            self._in_band("holding", "low").alias("money_passes"),
            self._in_band("failing", "high").alias("money_fails"),
            self._in_band("failing", "best").alias("hopeless"),
        )
        threshold = self.packed.sheet.card.threshold
        safe = (pl.col("fails") == 0) & ~pl.col("unsafe")
        may = (
            (pl.col("fails") == 0) & self._hold(self._best) & (pl.col("best_score") >= threshold) & ~pl.col("hopeless")
        )
        pursue = safe & self._hold(self._low) & pl.col("money_passes") & (pl.col("low_score") >= threshold)
        everything_unknown = pl.col("known") == 0
        answered = (pl.col("missing") | pl.col("bad")) != (1 << self.count) - 1
        frame = frame.with_columns(
            pursue.alias("pursue"),
            (may & ~pursue).alias("open"),
            ((pl.col("special") == 0) & ~pl.col("odd") & ~everything_unknown).alias("plain"),
            ((pl.col("bad") > 0) & ~pl.col("odd") & answered).alias("no_answers"),
        )
        return self._decide(frame, sides)

    def _decide(self, frame: pl.DataFrame, sides: Sides) -> pl.DataFrame:
        """Say which way open verdicts lean and what to ask next; they are not plain where that can't be said here."""
        ask = np.full(frame.height, NOTHING)
        leans = np.zeros(frame.height, dtype=bool)
        done = np.zeros(frame.height, dtype=bool)
        rows = frame.filter("open", "plain")
        if rows.height:
            at = rows["row"].to_numpy()
            block = OpenBlock(
                missing=rows["missing"].to_numpy(),
                sides=rows.select(self._names.sides).to_numpy(),
                costs=rows["cost"].to_numpy(),
                deals=rows["deal"].to_numpy(),
                may_cost=rows.select(~pl.col("money_passes") & ~pl.col("money_fails")).to_series().to_numpy(),
            )
            for asked in self._open.work_out(block, sides.costs, sides.deals):
                here = at[asked.rows]
                ask[here], leans[here], done[here] = asked.question, asked.leans, True
        little = pl.col("open") & (pl.col("known") < self.words.least_known)
        return frame.with_columns(
            pl.Series("ask", ask), pl.Series("leans", leans), pl.Series("done", done), little.alias("too_little")
        ).with_columns(
            pl.when("open").then(pl.col("leans") & ~pl.col("too_little")).otherwise("pursue").alias("pursue"),
            pl.col("plain") & (~pl.col("open") | pl.col("done")),
        )

    def _hold(self, sides: Sequence[pl.Expr]) -> pl.Expr:
        return pl.all_horizontal([pl.lit(value=True), *(sides[side] >= least for side, least in self._floors)])

    def _band(self, name: str) -> pl.Expr:
        return band(None if self._trust is None else pl.col(f"{name}{self._trust}"), self._cuts)

    def _missing_table(self, masks: pl.Series) -> pl.DataFrame:
        """What unknown answers can do to each side, and what weight is answered, for each set of unknown questions."""
        rows = [(mask, *self._of_missing(mask)) for mask in masks]
        schema: dict[str, type[pl.DataType]] = {"missing": pl.Int64, "known": pl.Int64, "unsafe": pl.Boolean}
        schema |= {f"{name}_{which}": pl.Int64 for which in ("low", "high", "best") for name in self._names.sides}
        return pl.DataFrame(rows, schema=schema, orient="row")

    def _of_missing(self, mask: int) -> tuple[object, ...]:
        found = self._missing.get(mask)
        if found is None:
            sheet = self.packed.sheet
            unknown = codes_of(mask, self.count)
            codes = [UNKNOWN if j in unknown else 0 for j in range(self.count)]
            low, high, best, unsafe = sheet.reach(codes, [0] * sheet.sides)
            card = sheet.card
            lost = sum(card.lines[i].weight for j in unknown if (i := sheet.lines[j]) is not None)
            found = keep(self._missing, mask, (sheet.weight - lost, unsafe, *low, *high, *best))
        return found

    def _money_table(self, pairs: pl.Series, sides: Sides) -> pl.DataFrame:
        """In which bands of trust the gate surely holds, and surely fails, for each costs and deal, a bit each."""
        rows = []
        for pair in pairs:
            costs, deal = sides.costs[pair >> 32], sides.deals[pair & 0xFFFFFFFF]
            limit = deal.limit if deal and costs else None
            rows.append((pair, *((-1, 0) if costs is None or limit is None else self._bands_of(costs, limit))))
        return pl.DataFrame(rows, schema=dict.fromkeys(("pair", "holding", "failing"), pl.Int64), orient="row")

    def _bands_of(self, costs: CostSide, limit: int) -> tuple[int, int]:
        key = (costs.codes, limit)
        found = self._paid.get(key)
        if found is None:
            holding = sum(1 << band for band, dearest in enumerate(costs.dearest) if dearest <= limit)
            failing = sum(1 << band for band, cheapest in enumerate(costs.cheapest) if cheapest > limit)
            found = keep(self._paid, key, (holding, failing))
        return found

    def _in_band(self, bands: str, which: str) -> pl.Expr:
        """Whether the bit of the row's band is set."""
        bits = [(pl.col(f"{which}_band") == b) & (pl.col(bands) & (1 << b) != 0) for b in range(self._bands)]
        return pl.any_horizontal(bits)

    def closings(self, plain: pl.DataFrame, sides: Sides) -> tuple[pl.Series, list[Closing | None]]:
        """Number what closing takes for plain rows, and list it by number."""
        both = self._trusted.sides if self._trusted else []
        certain = pl.col("low_band") == pl.col("high_band")
        part = sum(1 << j for j, gap in enumerate(self.packed.sheet.gaps) if gap and gap.side in both)
        points = [
            pl.when(certain).then(NOTHING).otherwise(pl.col(self._names.sides[side])).alias(f"t{side}") for side in both
        ]
        band_sure = pl.when(certain).then(pl.col("low_band")).otherwise(NOTHING).alias("tb")
        unknown = pl.when(certain).then(0).otherwise(pl.col("missing") & part).alias("tm")
        plain = plain.with_columns(*points, band_sure, unknown)
        names = ["cost", "tb", "tm", *(f"t{side}" for side in both)]
        distinct = plain.select(names).unique()
        weights = self._weights(distinct["tm"].to_numpy(), distinct.select(names[3:]).to_numpy())
        listed: list[Closing | None] = []
        for (cost, sure), bands in zip(distinct.select("cost", "tb").iter_rows(), weights, strict=True):
            costs = sides.costs[cost]
            if costs is None:
                listed.append(None)
            else:
                listed.append(costs.closing_in(sure) if bands is None else costs.closing(bands))
        numbered = distinct.with_columns(pl.Series("closing", range(len(listed)), dtype=pl.Int64))
        return _with(plain, numbered, names)["closing"], listed

    def _weights(self, masks: Whole, points: Whole) -> list[tuple[int, ...] | None]:
        """Relative weights of the bands of trust for each row; None where it lacks no answer that matters."""
        found: list[tuple[int, ...] | None] = [None] * len(masks)
        if self._trusted is None:
            return found
        order = np.argsort(masks, kind="stable")
        distinct, starts = np.unique(masks[order], return_index=True)
        for mask, rows in zip(distinct.tolist(), np.split(order, starts[1:]), strict=True):
            if mask:
                unknown = tuple(codes_of(mask, self.count))
                weights = self._trusted.weights(unknown, points[rows])
                by_row = points[rows].tolist() if weights is None else weights.tolist()
                for row, told in zip(rows.tolist(), by_row, strict=True):
                    found[row] = self.scorer.band_weights(self.words, unknown, told) if weights is None else tuple(told)
        return found

    def reasons(self, plain: pl.DataFrame, sides: Sides) -> tuple[pl.DataFrame, list[str], list[str]]:
        """Add to plain rows the numbers of the gates that fail and of three reasons, and list their texts by number."""
        sheet = self.packed.sheet
        floors = []
        for f, (side, least) in enumerate(sheet.floors):
            fails = self._high[side] < least
            points = pl.when(pl.col("fails").bitwise_count_ones() < REASONS)
            both = points.then(self._low[side] * (1 << 14) + self._high[side]).otherwise(0)
            floors.append(pl.when(fails).then(both).otherwise(NOTHING).alias(f"f{f}"))
        bands = (pl.col("pair") * self._bands + pl.col("low_band")) * self._bands + pl.col("high_band")
        money = pl.when(pl.col("money_fails")).then(bands).otherwise(NOTHING).alias("fm")
        little = pl.when(pl.col("too_little")).then(pl.col("known")).otherwise(NOTHING).alias("tl")
        names = ["fails", "fm", "tl", *(f"f{f}" for f in range(len(floors)))]
        plain = plain.with_columns(*floors, money, little)
        distinct = plain.select(names).unique()
        gates: dict[str, int] = {"": 0}
        texts = {text: number for number, text in enumerate(self.packed.texts)}
        rows = []
        for row in distinct.iter_rows():
            ids, told = self._of_failed(row, sides)
            numbers = [texts.setdefault(text, len(texts)) for text in told[:REASONS]]
            rows.append(
                (*row, gates.setdefault(ids, len(gates)), len(numbers), *numbers, *[0] * (REASONS - len(numbers)))
            )
        told_names = [f"told{k}" for k in range(REASONS)]
        schema = dict.fromkeys([*names, "gates", "told", *told_names], pl.Int64)
        plain = _with(plain, pl.DataFrame(rows, schema=schema, orient="row"), names)
        return (
            plain.with_columns(self._strongest(plain)).with_columns(
                self._reason(k).alias(f"r{k}") for k in range(REASONS)
            ),
            list(gates),
            list(texts),
        )

    def _strongest(self, plain: pl.DataFrame) -> list[pl.Series]:
        """Keys of the reasons of each row; there is no need for them where enough is told already."""
        found = [np.full(plain.height, NONE) for _ in KEYS]
        plain = plain.with_columns(pl.int_range(pl.len()).alias("at")).filter(pl.col("told") < REASONS)
        for pursued in (True, False):
            rows = plain.filter(pl.col("pursue") == pursued)
            if rows.height:
                keys = strongest(self._keys(pursued=pursued), KEYS)(rows.lazy()).select("at", *KEYS).collect()
                for column, name in zip(found, KEYS, strict=True):
                    column[keys["at"].to_numpy()] = keys[name].to_numpy()
        return [pl.Series(name, column) for name, column in zip(KEYS, found, strict=True)]

    def _keys(self, *, pursued: bool) -> list[pl.Expr]:
        keys = reason_keys(self.packed, pursued=pursued)
        if not pursued:
            is_open = pl.lit(value=False)
            joins = [first for first, single in self.packed.sheet.joins if not single]
            for first in joins:
                for side in (first, first + 1):
                    is_open = is_open | (self._low[side] != self._high[side])
            one_sided = one_sided_key(self.packed, self._sides, is_open)
            keys += [] if one_sided is None else [one_sided]
        return keys

    @staticmethod
    def _reason(k: int) -> pl.Expr:
        """Number of the text of the k-th reason: gates first, then groups; null where there is none."""
        found: pl.Expr = pl.when(pl.col("told") > k).then(pl.col(f"told{k}"))
        for before in range(k + 1):
            key = pl.col(KEYS[k - before])
            number = pl.when(key < 0).then(key & (TEXT >> 1))
            found = pl.when(pl.col("told") == before).then(number).otherwise(found)
        return found

    def _options_of(self, fails: int) -> tuple[tuple[str, str], ...]:
        """Id and words of each option gate that fails."""
        found = self._gates.get(fails)
        if found is None:
            found = tuple(
                self.words.option(j, code)
                for g, (j, codes) in enumerate(self.packed.gates)
                for bit, code in enumerate(codes)
                if fails >> (FAIL_BITS * g + bit) & 1
            )
            keep(self._gates, fails, found)
        return found

    def _of_failed(self, row: Sequence[int], sides: Sides) -> tuple[str, tuple[str, ...]]:
        fails, money, known, *floors = row
        key = tuple(row) if money == NOTHING else None
        found = self._failed.get(key) if key else None
        if found is not None:
            return found
        failed = [*self._options_of(fails)]
        for f, both in enumerate(floors):
            if both != NOTHING:
                failed.append(self.words.floor(f, both >> 14, both & 0x3FFF))
        if money != NOTHING:
            rest, high = divmod(money, self._bands)
            pair, low = divmod(rest, self._bands)
            costs, deal = sides.costs[pair >> 32], sides.deals[pair & 0xFFFFFFFF]
            if costs and deal:
                failed.append(self.words.money(costs.cheapest[high], costs.dearest[low], deal))
        texts = [text for _, text in failed]
        if known != NOTHING:
            texts.append(too_little_text(Fraction(known, self.packed.sheet.weight), self.scorer.screen.least_known))
        told = ("; ".join(gate for gate, _ in failed), tuple(dict.fromkeys(texts)))
        return keep(self._failed, key, told) if key else told


def _with(rows: pl.DataFrame, table: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """Add to each row, in order, what the table says of its key."""
    return rows.join(table, on=names, how="left", maintain_order="left")
