"""Counts hold together, and the best prospects are the best, in whatever order they are told."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from fitcheck.decision.score.results import FitState
from fitcheck.table.score.tally import LINES_NAMED, SHOWN, RowFacts, Tally, Top

KINDS = st.lists(st.tuples(st.sampled_from([0, 4, 8, 8, 16, 40]), st.sampled_from([5.0, 10.0, 20.0, 0.0])), max_size=15)


def best(kinds: list[tuple[int, float]], parts: list[list[int]], hours: Fraction | None) -> list[int]:
    """Lines of the best, counted in these parts."""
    whole = Tally(hours)
    for lines in parts:
        part = Tally(hours)
        for line in lines:
            margin, mean = Fraction(kinds[line][0]), Fraction(kinds[line][1])
            if mean:
                part.add_ranked(Top(margin / mean, line, ("", "", ""), mean, margin))
        whole.add(part)
    return [top.line for top in whole.top]


def by_hand(kinds: list[tuple[int, float]], hours: Fraction | None) -> list[int]:
    """Sort all of them, and take as many as are asked for."""
    ranked = sorted((i for i, (_, mean) in enumerate(kinds) if mean), key=lambda i: (-kinds[i][0] / kinds[i][1], i))
    if hours is None:
        return ranked[:SHOWN]
    taken: list[int] = []
    while ranked and sum(kinds[i][1] for i in taken) < hours:
        taken.append(ranked.pop(0))
    return taken


@given(KINDS, st.sampled_from([None, Fraction(1), Fraction(30), Fraction(1000)]), st.randoms(use_true_random=False))
def test_the_best_are_the_best_in_whatever_order_and_parts_they_are_counted(
    kinds: list[tuple[int, float]], hours: Fraction | None, chance: object
) -> None:
    order = list(range(len(kinds)))
    chance.shuffle(order)  # type: ignore[attr-defined]  # a random.Random of hypothesis
    for parts in ([order], [order[:4], order[4:]], [[line] for line in order]):
        assert best(kinds, parts, hours) == by_hand(kinds, hours)


def facts(state: FitState, value: Fraction | None, closed: str | None = None) -> RowFacts:
    """What there is to count of a row."""
    return RowFacts(2, "", "pursue", state, value, None, closed, None)


@pytest.mark.parametrize("with_closed", [True, False])
def test_closed_deals_are_counted_among_the_verdicts_only_where_somebody_asks(*, with_closed: bool) -> None:
    tally = Tally(with_closed=with_closed)
    tally.count(facts("likely", Fraction(5), "Won"))
    assert (tally.closed, tally.counted) == ({"Won": 1}, int(with_closed))


def test_values_add_up_exactly() -> None:
    tally, more = Tally(), Tally()
    for _ in range(3):
        tally.count(facts("likely", Fraction(1, 3)))
    more.count(facts("settled", None))
    tally.add(more)
    group = tally.group("pursue", "settled", "likely")
    assert (group.rows, group.valued, group.value, tally.counted) == (4, 3, Fraction(1), 4)


def test_only_the_first_places_are_named_but_all_are_counted() -> None:
    tally, more = Tally(), Tally()
    for line in range(2, 40):
        counted = tally if line < 9 else more
        counted.count_fault(line, "unknown-option", "a", f"first said at {line}", None)
    tally.add(more)
    [faults] = tally.faults.values()
    assert (faults.count, faults.first, faults.message) == (38, [*range(2, 2 + LINES_NAMED)], "first said at 2")
