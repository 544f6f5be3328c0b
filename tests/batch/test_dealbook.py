"""Many deals at once are worth what each is by itself."""

from collections.abc import Sequence
from fractions import Fraction
from math import isnan
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from strategies import worked_example

from fitcheck.batch import dealbook, deals as deals_, slopes
from fitcheck.batch.arrays import CLOSE, NOTHING
from fitcheck.batch.asked import asked_by
from fitcheck.batch.dealbook import DealBook, Said
from fitcheck.batch.dealreading import DealReader
from fitcheck.batch.mapping import ColumnMapping
from fitcheck.batch.matching import match
from fitcheck.decision.costmodel import Company, Deal
from fitcheck.decision.rows import RowScorer
from fitcheck.decision.terms import DealTerms
from fitcheck.documents.screens import load_screen

SCREENS = {"pilot": load_screen("pilot"), "worked": worked_example().screen}
"""With a cost model, and without one."""

amounts = st.one_of(
    st.integers(0, 10**7).map(str),
    st.integers(0, 10**9).map(lambda cents: f"{cents // 100:,}.{cents % 100:02d}"),
    st.integers(0, 10**7).map("${}".format),
    st.integers(0, 10**7).map(lambda cents: f"{cents / 100:.2f}"),
    st.integers(0, 10**5).map(lambda tenths: f"{tenths / 10:.1f}"),
    st.sampled_from(
        [
            "",
            "0",
            "0.001",
            "1e5",
            "n/a",
            "(5)",
            "9" * 15,
            "9" * 40,
            "1234.5678",
            "CHF 7",
            "-",
            "7.",
            ".5",
            "007",
            "1.234",
            "5,25",
            "٣",
            "0.00",
            "999",
        ]
    ),
)
currencies = st.sampled_from(["", "", "EUR", "usd", "CHF", "euros"])
tables = st.lists(st.tuples(amounts, currencies, st.one_of(st.just(""), amounts)), min_size=1, max_size=12)
companies = st.sampled_from(
    [
        None,
        Company(margin=Fraction(1, 3)),
        Company(margin=Fraction(2, 3), exchange={"USD": Fraction(9177, 10_000)}),
        Company(currency="USD", exchange={"EUR": Fraction(7, 6), "CHF": Fraction(10**20 + 1, 10**20)}),
        Company(currency="USD"),
    ]
)
mappings = st.sampled_from(
    [None, ColumnMapping("m", 1, "M", "M.", currency="USD", unknown=("999", "0.5"), zero_is_unknown=True)]
)
marks = st.sampled_from([".", ",", None])


class Reading(NamedTuple):
    """What deals are read with."""

    screen: str
    company: Company | None = None
    mapping: ColumnMapping | None = None
    mark: str | None = "."


def reader(reading: Reading) -> DealReader:
    """Read deals from three columns, for a built-in screen."""
    loaded = SCREENS[reading.screen]
    scorer = RowScorer(loaded, loaded.default_stage, reading.company)
    fields = match(["Amount", "Currency", "Margin"], asked_by(loaded)).fields
    return DealReader(scorer, fields, reading.mapping, reading.mark)


def said_by(reader: DealReader, block: Sequence[tuple[str, str, str]], glances: int) -> Said:
    """Say what rows say, some of those that are plain at a glance: those that have a bit."""
    plain = [reader.hundredths(cells) if glances >> k & 1 else None for k, cells in enumerate(block)]
    others = [cells for cells, value in zip(block, plain, strict=True) if value is None]
    cells = [*dict.fromkeys(others)]
    return Said(
        np.array([NOTHING if value is None else value for value in plain], dtype=np.int64),
        np.array([k % 2 for k in range(len(block))], dtype=np.int64),
        [reader.currency] * 2,
        np.array([cells.index(one) for one in others], dtype=np.int64),
        cells,
    )


def same(found: float, exact: Fraction | int | None) -> bool:
    """Whether a float is the one nearest to an exact figure."""
    return isnan(found) if exact is None else found == float(exact)


@given(
    st.lists(tables, min_size=1, max_size=3),
    st.builds(Reading, st.sampled_from([*SCREENS]), companies, mappings, marks),
    st.integers(0),
)
@settings(max_examples=500)
def test_deals_that_are_taken_in_together_are_worth_what_each_is_alone(
    blocks: Sequence[Sequence[tuple[str, str, str]]], reading: Reading, glances: int
) -> None:
    book, alone = DealBook(reader(reading)), reader(reading)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dealbook, "MOST_KEPT", 15)  # so that a book is begun anew now and then
        for block in blocks:
            numbers, deals = book.take_in(said_by(alone, block, glances))
            assert len(deals.listed) == len(deals.is_bad) == len(deals.figures.whole)
            for number, cells in zip(numbers.tolist(), block, strict=True):
                side, problems = alone.deal_of(cells)
                assert deals.listed[number] == side
                assert deals.is_bad[number] == bool(problems)
                value, margin, limit, whole = (float(array[number]) for array in deals.figures)
                assert same(value, side.value if side else None)
                assert same(margin, side.margin if side else None)
                assert deals.limit(number) == (side.limit if side else None)
                if side is None or side.limit is None:
                    assert isnan(limit)
                else:
                    assert limit == pytest.approx(side.limit, rel=CLOSE / 100, abs=1)
                units = None if side is None or side.value is None else side.value * deals_.UNIT
                is_whole = units is not None and units.denominator == 1 and units < deals_.MOST_UNITS
                assert whole == (units if is_whole else NOTHING)


def test_a_limit_beyond_all_floats_is_worked_out_for_each_deal_alone() -> None:
    side = DealTerms(Deal(), None, Fraction(1, 100), Fraction(1, 100))
    assert slopes.Slope(side, Fraction(10**300)).most > 0
    assert slopes.Slope(side, Fraction(10**400)).most == NOTHING


@pytest.mark.parametrize(("most", "kind"), [(1 << 53, "together"), (0, "one by one")])
def test_a_plain_value_is_worked_out_with_all_others_of_its_currency(most: int, kind: str) -> None:
    patched = reader(Reading("pilot"))
    asked: list[object] = []
    deal_of = patched.scorer.deal

    def watched(deal: Deal) -> DealTerms | None:
        asked.append(deal)
        return deal_of(deal)

    patched.scorer.deal = watched  # type: ignore[method-assign]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slopes, "EXACT", most)
        cells = [(f"{1000 + k}.50", "", "") for k in range(20)]
        _, deals = DealBook(patched).take_in(Said.in_cells(np.arange(20), cells))
    assert len(asked) == {"together": 1, "one by one": 21}[kind]  # one hundredth is asked for
    assert deals.figures.values.tolist() == [1000.5 + k for k in range(20)]
