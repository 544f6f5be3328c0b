from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from math import exp, log, sqrt
from random import Random  # noqa: TID251 - seeded

import pytest

from fitcheck.decision.several import portfolio
from fitcheck.decision.several.portfolio import Candidate, Plan, plan, reserve

Z = Fraction(841_622, 1_000_000)


def candidate(value: int, mean: float, deviation: float = 0) -> Candidate:
    return Candidate(value, Fraction(str(mean)), Fraction(str(deviation)) ** 2)


def portfolios(number: int, seed: int, *, certain: bool = False) -> Iterator[tuple[list[Candidate], Fraction]]:
    """Few deals in few hours."""
    random = Random(seed)  # noqa: S311 - not for secrets
    for _ in range(number):
        found = []
        for _ in range(random.randint(0, 7)):
            mean = Fraction(random.randint(0, 160), 4)
            share = Fraction(0) if certain else Fraction(random.choice((0, 20, 35, 60, 100)), 100)
            found.append(Candidate(random.choice((-5, 0, random.randint(1, 900))), mean, (mean * share) ** 2))
        yield found, Fraction(random.randint(0, 240), 2)


def sets(candidates: list[Candidate]) -> Iterator[tuple[int, Fraction, Fraction, int]]:
    """Every set of deals that are worth something: value, mean, variance, size."""
    worth = [candidate for candidate in candidates if candidate.value > 0]
    for size in range(len(worth) + 1):
        for chosen in combinations(worth, size):
            mean = sum((c.mean for c in chosen), Fraction(0))
            yield sum(c.value for c in chosen), mean, sum((c.variance for c in chosen), Fraction(0)), size


def fits(found: Plan, candidates: list[Candidate], hours: Fraction) -> bool:
    """Σ mean + z √(Σ variance) <= hours, without a root."""
    spare = hours - sum(candidates[i].mean for i in found.chosen)
    return spare >= 0 and Z * Z * sum(candidates[i].variance for i in found.chosen) <= spare * spare


def test_the_chosen_set_fits_at_p80_of_the_sum() -> None:
    for candidates, hours in portfolios(600, 1):
        found = plan(candidates, hours)
        assert fits(found, candidates, hours)
        assert found.value == sum(candidates[i].value for i in found.chosen)
        assert found.mean == sum(candidates[i].mean for i in found.chosen)
        assert found.reserved <= hours


def test_with_certain_hours_the_set_is_the_one_that_trying_all_sets_finds() -> None:
    for candidates, hours in portfolios(500, 2, certain=True):
        best = max(value for value, mean, _, _ in sets(candidates) if mean <= hours)
        assert plan(candidates, hours).value == best


def test_no_set_is_worth_more_unless_it_fits_by_no_more_than_the_rounding() -> None:
    for candidates, hours in portfolios(600, 3):
        found = plan(candidates, hours)
        possible = [
            value
            for value, mean, variance, size in sets(candidates)
            if float(mean) + float(Z) * sqrt(variance) * 161 / 160 + (size + 1) / 60 + 0.001 <= hours
        ]
        assert found.exact
        assert found.value >= max(possible, default=0)


def test_nearly_always_the_set_is_the_best_of_all_that_fit() -> None:
    missed = 0
    for candidates, hours in portfolios(600, 4):
        best = max(
            value
            for value, mean, variance, _ in sets(candidates)
            if mean <= hours and Z * Z * variance <= (hours - mean) ** 2
        )
        value = plan(candidates, hours).value
        assert value <= best
        missed += value < best
    assert missed <= 2


def test_greedy_is_at_most_the_best_set_which_is_at_most_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    for candidates, hours in portfolios(300, 5):
        monkeypatch.undo()
        best = plan(candidates, hours)
        monkeypatch.setattr(portfolio, "MOST_DEAL_HOURS", 0)
        greedy = plan(candidates, hours)
        assert greedy.value <= best.value <= greedy.bound
        assert fits(greedy, candidates, hours)
        assert greedy.exact == (greedy.value == greedy.bound)


def test_too_many_deals_are_chosen_greedily_with_a_bound() -> None:
    random = Random(6)  # noqa: S311 - not for secrets
    many = [candidate(random.randint(1, 10**6), random.randint(5, 90), random.randint(1, 30)) for _ in range(3000)]
    found = plan(many, Fraction(9000))
    assert fits(found, many, Fraction(9000))
    assert (found.exact, found.one_more_hour, found.step) == (False, None, None)
    assert found.value < found.bound < found.value * 1.001
    assert found.price > 0


def test_neither_value_nor_hours_depend_on_the_order_and_without_ties_the_set_does_not() -> None:
    random = Random(7)  # noqa: S311 - not for secrets
    for candidates, hours in portfolios(200, 7):
        apart = [Candidate(c.value * 1000 + 2**i, c.mean, c.variance) for i, c in enumerate(candidates)]
        order = list(range(len(apart)))
        random.shuffle(order)
        straight, mixed = plan(apart, hours), plan([apart[i] for i in order], hours)
        assert straight.value == mixed.value
        assert set(straight.chosen) == {order[i] for i in mixed.chosen}
        assert straight.one_more_hour == mixed.one_more_hour


def test_more_hours_never_bring_less() -> None:
    for candidates, hours in portfolios(150, 8):
        values = [plan(candidates, hours + Fraction(more, 2)).value for more in range(6)]
        assert values == sorted(values)


def test_one_more_hour_and_the_next_step_are_what_planning_with_those_hours_brings() -> None:
    for candidates, hours in portfolios(200, 9):
        found = plan(candidates, hours)
        assert found.one_more_hour == plan(candidates, hours + 1).value - found.value
        step = found.step
        left = sum(c.value > 0 for c in candidates) - len(found.chosen)
        assert (step is None) == (not left)
        if step:
            after = plan(candidates, hours + step.hours)
            assert after.value - found.value == step.gain > 0
            assert plan(candidates, hours + step.hours - Fraction(1, 2)).value == found.value
            assert set(after.chosen) == {*found.chosen, *step.added} - {*step.dropped}


def test_the_reserve_is_the_mean_of_the_sum_and_its_deviation_times_z() -> None:
    # deviations 3 and 4 make 5 together
    two = [candidate(1, 10, 3), candidate(1, 20, 4)]
    assert reserve(two) == pytest.approx(30 + 0.841622 * 5, abs=2e-6)
    assert reserve(two) >= 30 + Z * 5
    assert reserve([]) == 0


def test_each_deal_has_its_part_of_the_reserve_by_its_variance() -> None:
    found = plan([candidate(1, 10, 3), candidate(1, 20, 4)], Fraction(40))
    assert [float(share) for share in found.shares] == pytest.approx([10 + Z * 9 / 5, 20 + Z * 16 / 5])
    assert sum(found.shares) == pytest.approx(found.reserved)


def test_uncertainties_partly_cancel_so_deals_fit_together_that_would_not_side_by_side() -> None:
    # alone each needs 38.42 of its 30 expected hours; together 60 + 0.8416 × 14.14 = 71.90
    twins = [candidate(1, 30, 10), candidate(1, 30, 10)]
    assert plan(twins, Fraction(72)).chosen == (0, 1)
    assert plan(twins, Fraction("71.8")).chosen == (0,)
    assert 2 * reserve(twins[:1]) > 76


def test_a_deal_that_is_certain_needs_no_spare() -> None:
    assert plan([candidate(5, 40)], Fraction(40)).chosen == (0,)
    assert plan([candidate(5, 40, 1)], Fraction(40)).chosen == ()
    assert plan([candidate(5, 40), candidate(4, 39, 1)], Fraction(40)).chosen == (0,)


def test_deals_worth_nothing_are_never_chosen_and_those_without_hours_always() -> None:
    found = plan([candidate(0, 1), candidate(-4, 0), candidate(3, 0)], Fraction(0))
    assert found.chosen == (2,)
    assert found.reserved == found.price == 0
    assert found.step is None


def test_where_every_deal_has_room_an_hour_is_worth_nothing() -> None:
    found = plan([candidate(5, 10, 2), candidate(6, 12, 3)], Fraction(100))
    assert found.chosen == (0, 1)
    assert found.one_more_hour == found.price == 0
    assert found.step is None


@pytest.mark.parametrize("variation", [0.1, 0.3, 0.5, 1.0, 1.5])
def test_for_hours_skewed_to_the_right_the_normal_p80_errs_on_the_safe_side(variation: float) -> None:
    deviation = sqrt(log(1 + variation**2))
    assert exp(float(Z) * deviation - deviation**2 / 2) <= 1 + float(Z) * variation
