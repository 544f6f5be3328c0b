"""Why plain rows come to what they do: the gates that fail and three reasons, told once for each distinct row."""

from fractions import Fraction

import numpy as np

from fitcheck.batch.arrays import NOTHING, Whole
from fitcheck.batch.columnar import one_sided_key, strongest
from fitcheck.batch.numbering import numbered
from fitcheck.batch.packed import FAIL_BITS, TEXT, Packed
from fitcheck.batch.plainrows import Rows, Sides
from fitcheck.decision.memo import keep
from fitcheck.decision.principal import REASONS, too_little_text
from fitcheck.decision.sheetwords import SheetWords

SIDE = 14
"""Bits of the points of a side."""


class PlainReasons:
    """
    Tells the reasons of plain rows.

    Args:
        packed: the sheet.
        words: what it is told in.
    """

    def __init__(self, packed: Packed, words: SheetWords) -> None:
        self._packed, self._words, self._bands = packed, words, len(words.trust.cuts) + 1
        self._gates: dict[int, tuple[tuple[str, str], ...]] = {}
        self._failed: dict[tuple[int, ...], tuple[str, tuple[str, ...]]] = {}
        of_gates = [words.option(j, code)[1] for j, codes in packed.gates for code in codes]
        self._are_distinct = len(set(of_gates)) == len(of_gates)

    def tell(self, rows: Rows, sides: Sides) -> tuple[Whole, list[str], Whole, list[str]]:
        """
        Tell plain rows why.

        Returns:
            The number of the gates that fail for each row, and their ids by number; the numbers of three reasons
            [`REASONS`, rows], and their words by number, number 0 being none.
        """
        # then the words of floors are not told
        enough = self._are_distinct & (np.bitwise_count(rows.fails) >= REASONS)
        columns = {"fails": rows.fails}
        pairs = (rows.costs * len(sides.deals.listed) + rows.deals) * self._bands + rows.bands[0]
        columns["money"] = np.where(rows.money_fails, pairs * self._bands + rows.bands[1], NOTHING)
        columns["known"] = np.where(rows.too_little, rows.known, NOTHING)
        for f, (side, least) in enumerate(self._packed.sheet.floors):
            both = np.where(enough, 0, rows.low[side] << SIDE | rows.high[side])
            columns[f"floor{f}"] = np.where(rows.high[side] < least, both, NOTHING)
        numbers, distinct = numbered(columns)
        gates: dict[str, int] = {"": 0}
        texts = {text: number for number, text in enumerate(self._packed.texts)}
        table = np.zeros((2 + REASONS, len(distinct)), dtype=np.int64)
        for k, row in enumerate(distinct):
            ids, words = self._of_failed(row, sides)
            told = [texts.setdefault(text, len(texts)) for text in words[:REASONS]]
            table[: 2 + len(told), k] = gates.setdefault(ids, len(gates)), len(told), *told
        of_gates, said, *first = table[:, numbers]
        return of_gates, [*gates], self._reasons(rows, said, np.stack(first)), [*texts]

    def _reasons(self, rows: Rows, said: Whole, first: Whole) -> Whole:
        """Numbers of the reasons: the first ones of which so many are said already, then those that tell most."""
        for pursued in (True, False):
            at = np.flatnonzero((rows.pursue == pursued) & (said < REASONS))
            if not len(at):
                continue
            some = rows.take(at)
            one_sided = None
            if not pursued:
                two_ways = [first for first, single in self._packed.sheet.joins if not single]
                moving = [some.low[side] != some.high[side] for first in two_ways for side in (first, first + 1)]
                is_open = np.logical_or.reduce(moving) if moving else np.zeros(len(at), dtype=bool)
                one_sided = one_sided_key(self._packed, some.sides, some.dimensions, is_open)
            keys = strongest(self._packed, some.answers, one_sided, pursued=pursued)
            for place in range(REASONS):
                here = np.flatnonzero(said[at] <= place)
                key = keys[place - said[at[here]], here]
                first[place, at[here]] = np.where(key < 0, key & (TEXT >> 1), 0)
        return first

    def _options_of(self, fails: int) -> tuple[tuple[str, str], ...]:
        """Id and words of each option gate that fails."""
        found = self._gates.get(fails)
        if found is None:
            found = tuple(
                self._words.option(j, code)
                for g, (j, codes) in enumerate(self._packed.gates)
                for bit, code in enumerate(codes)
                if fails >> (FAIL_BITS * g + bit) & 1
            )
            keep(self._gates, fails, found)
        return found

    def _of_failed(self, row: tuple[int, ...], sides: Sides) -> tuple[str, tuple[str, ...]]:
        """Ids of the gates that fail, and the words that are told before all others."""
        fails, money, known, *floors = row
        kept = money == NOTHING
        found = self._failed.get(row) if kept else None
        if found is not None:
            return found
        failed = [*self._options_of(fails)]
        for f, both in enumerate(floors):
            if both != NOTHING:
                failed.append(self._words.floor(f, both >> SIDE, both & (1 << SIDE) - 1))
        if money != NOTHING:
            rest, high = divmod(money, self._bands)
            pair, low = divmod(rest, self._bands)
            deals = sides.deals.listed
            costs, deal = sides.costs[pair // len(deals)], deals[pair % len(deals)]
            if costs and deal:
                failed.append(self._words.money(costs.cheapest[high], costs.dearest[low], deal))
        texts = [text for _, text in failed]
        if known != NOTHING:
            texts.append(
                too_little_text(Fraction(known, self._packed.sheet.weight), self._words.sheet.card.screen.least_known)
            )
        told = ("; ".join(gate for gate, _ in failed), tuple(dict.fromkeys(texts)))
        return keep(self._failed, row, told) if kept else told
