"""Counts hold together, and the best prospects are the best, in whatever order they are told."""

from fractions import Fraction

from hypothesis import given, strategies as st

from fitcheck.batch.tally import LINES_NAMED, SHOWN, Tally
from fitcheck.decision.cost import CostSummary
from fitcheck.decision.costmodel import Deal
from fitcheck.decision.results import Spread
from fitcheck.decision.terms import DealTerms

KINDS = st.lists(st.tuples(st.sampled_from([0, 4, 8, 8, 16, 40]), st.sampled_from([5.0, 10.0, 20.0, 0.0])), max_size=15)


def closing(mean: float) -> CostSummary:
    """What takes so many hours."""
    return CostSummary(Spread(mean, mean, mean, mean), 0, Fraction(0))


def deal(margin: int) -> DealTerms:
    """What brings so much."""
    return DealTerms(Deal(), value=Fraction(2 * margin), margin=Fraction(margin))


def best(kinds: list[tuple[int, float]], order: list[int], hours: Fraction | None) -> list[int]:
    """Lines of the best, told in this order."""
    tally = Tally(hours)
    for line in order:
        margin, mean = kinds[line]
        rate = tally.wants(line, closing(mean), deal(margin))
        if rate is not None:
            tally.rank(rate, line, ("", "", ""), closing(mean), deal(margin))
    return [top.line for top in tally.top]


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
def test_the_best_are_the_best_in_whatever_order_they_are_told(
    kinds: list[tuple[int, float]], hours: Fraction | None, chance: object
) -> None:
    order = list(range(len(kinds)))
    chance.shuffle(order)  # type: ignore[attr-defined]  # a random.Random of hypothesis
    assert best(kinds, order, hours) == by_hand(kinds, hours)


def test_a_prospect_of_unknown_margin_is_not_ranked() -> None:
    assert Tally().wants(1, closing(10.0), DealTerms(Deal())) is None
    assert Tally().wants(1, None, deal(10)) is None


def test_values_add_up_exactly() -> None:
    tally = Tally()
    for _ in range(3):
        tally.score("pursue", DealTerms(Deal(), value=Fraction(1, 3)), settled=True)
    tally.score("pursue", None, settled=True, times=2)
    group = tally.groups["pursue", True]
    assert (group.rows, group.valued, group.value, tally.scored) == (5, 3, Fraction(1), 5)


def test_only_the_first_places_are_named_but_all_are_counted() -> None:
    tally = Tally()
    for line in range(2, 40):
        tally.reject(line, "unknown-option", "a", f"first said at {line}", None)
    [faults] = tally.faults.values()
    assert (faults.count, faults.first, faults.message) == (38, [*range(2, 2 + LINES_NAMED)], "first said at 2")
