from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, permutations
from math import sqrt
from random import Random  # noqa: TID251 - seeded

import pytest
from hypothesis import given, settings, strategies as st

from fitcheck.decision.several.krippendorff import Difference, alpha, coincidences, interval, nominal, ordinal

# The "C" data of Krippendorff, as in the R package irr: 12 units, 4 judges, gaps.
C_DATA = [
    [1, 1, 1],
    [2, 2, 3, 2],
    [3, 3, 3, 3],
    [3, 3, 3, 3],
    [2, 2, 2, 2],
    [1, 2, 3, 4],
    [4, 4, 4, 4],
    [1, 1, 2, 1],
    [2, 2, 2, 2],
    [5, 5, 5],
    [1, 1],
    [3],
]
UNITS = [[value - 1 for value in unit] for unit in C_DATA]
STUDENT_19 = 2.093024

Units = list[list[int]]
units = st.lists(st.lists(st.integers(0, 3), max_size=4), max_size=8)


def interval_scale(_: Sequence[int], one: int, other: int) -> Fraction:
    return Fraction((one - other) ** 2)


def ratio_scale(_: Sequence[int], one: int, other: int) -> Fraction:
    return Fraction(one - other, one + other + 2) ** 2  # categories 0, 1, ... stand for 1, 2, ...


@pytest.mark.parametrize(
    ("difference", "expected"),
    [(nominal, 0.743), (ordinal, 0.815), (interval_scale, 0.849), (ratio_scale, 0.797)],
)
def test_alpha_of_the_c_data_is_the_published_one_on_each_scale(difference: Difference, expected: float) -> None:
    found = alpha(coincidences(UNITS, 5), difference)
    assert found is not None
    assert round(float(found), 3) == expected


def test_two_stray_answers_among_forty_units_make_alpha_worthless_while_raw_agreement_is_high() -> None:
    rare = [[0, 0, 0]] * 38 + [[0, 0, 1]] * 2
    met = coincidences(rare, 2)
    found = alpha(met)
    assert found is not None
    assert round(float(found), 3) == -0.008
    assert met.agreement == Fraction(116, 120)


@given(units)
def test_coincidences_are_those_of_going_through_every_ordered_pair(drawn: Units) -> None:
    met = coincidences(drawn, 4)
    expected = [[Fraction(0)] * 4 for _ in range(4)]
    for unit in drawn:
        for a, b in permutations(unit, 2):
            expected[a][b] += Fraction(1, len(unit) - 1)
    assert [list(row) for row in met.pairs] == expected
    assert list(met.occurs) == [sum(row) for row in expected]
    pairs = [pair for unit in drawn for pair in combinations(unit, 2)]
    assert (met.agreement is None) == (not pairs)


@given(units)
def test_alpha_is_one_exactly_where_all_agree_and_answers_vary(drawn: Units) -> None:
    met = coincidences(drawn, 4)
    unanimous = all(len(set(unit)) == 1 for unit in drawn if len(unit) > 1)
    varied = sum(count > 0 for count in met.occurs) > 1
    found = alpha(met)
    assert (found is None) == (not varied)
    if varied:
        assert (found == 1) == unanimous


@given(units)
def test_reading_the_scale_backwards_changes_nothing(drawn: Units) -> None:
    turned = [[3 - value for value in unit] for unit in drawn]
    assert alpha(coincidences(turned, 4)) == alpha(coincidences(drawn, 4))


@given(units)
def test_two_categories_are_nominal_on_any_scale(drawn: Units) -> None:
    met = coincidences([[value % 2 for value in unit] for unit in drawn], 2)
    assert alpha(met, ordinal) == alpha(met, nominal)


@settings(max_examples=50)
@given(units)
def test_leaving_out_a_unit_is_counting_without_it(drawn: Units) -> None:
    met = coincidences(drawn, 4)
    for i, unit in enumerate(drawn):
        assert met.without(unit) == coincidences(drawn[:i] + drawn[i + 1 :], 4)


def test_the_interval_is_the_jackknife_done_step_by_step() -> None:
    drawn = [list(pair) for pair in ([0, 0], [1, 1], [2, 2], [3, 2], [0, 1]) for _ in range(4)]
    left_out = [alpha(coincidences(drawn[:i] + drawn[i + 1 :], 4)) for i in range(20)]
    values = [float(value) for value in left_out if value is not None]
    mean = sum(values) / 20
    error = sqrt(19 / 20 * sum((value - mean) ** 2 for value in values))
    whole, found = alpha(coincidences(drawn, 4)), interval(drawn, 4)
    assert whole is not None
    assert found is not None
    assert found[0] == pytest.approx(float(whole) - STUDENT_19 * error, abs=1e-4)
    assert found[1] == pytest.approx(min(1, float(whole) + STUDENT_19 * error), abs=1e-4)


@pytest.mark.parametrize("drawn", [[], [[0, 1]], [[0, 0], [0, 0]], [[0, 0], [0, 0], [0, 1]]])
def test_there_is_no_interval_where_alpha_hangs_on_one_unit(drawn: Units) -> None:
    assert interval(drawn, 2) is None


def test_the_interval_holds_the_true_alpha_about_as_often_as_it_says() -> None:
    # Two judges see the same of three equally likely answers with probability 0.7, else each picks one by chance:
    # for nominal answers alpha tends to 0.7 as units grow.
    chance = Random(3)  # noqa: S311 - a simulation
    held, runs = 0, 150
    for _ in range(runs):
        drawn = []
        for _ in range(40):
            first = chance.randrange(3)
            drawn.append([first, first if chance.random() < 0.7 else chance.randrange(3)])
        found = interval(drawn, 3, nominal)
        assert found is not None
        held += found[0] <= 0.7 <= found[1]
    assert 0.90 <= held / runs <= 0.99
