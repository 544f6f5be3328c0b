"""What the lines of a piece say of their deals: at a glance where they say but an amount and a currency."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from fitcheck.batch.arrays import NOTHING, Narrow, Octets, Whole
from fitcheck.batch.compiled.amounts import LONGEST_AFFIX, NO_GROUPS, QUOTE, read_amounts
from fitcheck.batch.compiled.numbering import numbered
from fitcheck.batch.dealbook import Said
from fitcheck.batch.dealreading import DealReader

_SIGN = chr(QUOTE)


class Values(NamedTuple):
    """
    The cells that say what deals are worth.

    Attributes:
        text: bytes of all of them.
        begins, ends: where each begins and ends, quotes and all.
    """

    text: Octets
    begins: Narrow
    ends: Narrow

    def cell(self, row: int) -> str:
        """One of them, without quotes."""
        text = self.text[self.begins[row] : self.ends[row]].tobytes().decode()
        return text[1:-1].replace(_SIGN + _SIGN, _SIGN) if text.startswith(_SIGN) else text


class Beside(NamedTuple):
    """
    The cells of another column.

    Attributes:
        numbers: of their texts.
        texts: by number.
    """

    numbers: Narrow
    texts: Sequence[str]


class MoneyReader:
    """
    Reads the deals of one table.

    Args:
        deals: reads those that are not plain.
    """

    def __init__(self, deals: DealReader) -> None:
        self._deals = deals
        self._point = ord(deals.mark or ".")
        self._group = {".": ord(","), ",": ord(".")}.get(deals.mark or "", NO_GROUPS)
        self._unknown = deals.unknown_amounts

    def read(self, values: Values, currency: Beside, margin: Beside) -> Said:
        """Read what rows say."""
        found = np.empty(len(values.begins), dtype=np.int64)
        beside = np.empty((2, len(found)), dtype=np.int64)
        read_amounts(*values, self._point, self._group, found, beside)
        found[np.isin(found, self._unknown)] = NOTHING
        named, distinct = numbered(
            {"before": beside[0], "after": beside[1], "currency": currency.numbers, "margin": margin.numbers}
        )
        told = [
            self._deals.currency_beside((_text(one), _text(two), currency.texts[three], margin.texts[four]))
            for one, two, three, four in distinct
        ]
        is_plain = np.array([is_plain for is_plain, _ in told], dtype=bool)
        found[~is_plain[named]] = NOTHING
        numbers, cells = self._others(np.flatnonzero(found == NOTHING), values, currency, margin)
        return Said(found, named, [code for _, code in told], numbers, cells)

    def _others(
        self, rows: Whole, values: Values, currency: Beside, margin: Beside
    ) -> tuple[Whole, list[tuple[str, str, str]]]:
        """Number the cells of rows that are not plain."""
        known = {"": 0}
        there = np.flatnonzero(values.begins[rows] < values.ends[rows])
        of_value = np.zeros(len(rows), dtype=np.int64)
        of_value[there] = [known.setdefault(values.cell(row), len(known)) for row in rows[there].tolist()]
        texts = [*known]
        numbers, distinct = numbered(
            {"value": of_value, "currency": currency.numbers[rows], "margin": margin.numbers[rows]}
        )
        return numbers, [(texts[one], currency.texts[two], margin.texts[three]) for one, two, three in distinct]


def _text(packed: int) -> str:
    """What was packed in one word."""
    return packed.to_bytes(LONGEST_AFFIX, "little", signed=True).rstrip(b"\0").decode()
