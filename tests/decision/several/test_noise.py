from collections.abc import Mapping, Sequence
from fractions import Fraction

from hypothesis import given, strategies as st

from fitcheck.decision.score.results import Verdict
from fitcheck.decision.several.noise import complete_table, noise, verdict_noise

points = st.fractions(0, 100, max_denominator=9)
tables = st.integers(2, 4).flatmap(
    lambda judges: st.lists(st.lists(points, min_size=judges, max_size=judges), min_size=2, max_size=6)
)


def scores(table: Sequence[Sequence[Fraction]]) -> dict[str, dict[str, Fraction]]:
    return {f"p{c}": {f"j{j}": score for j, score in enumerate(row)} for c, row in enumerate(table)}


def whole(**by_prospect: Mapping[str, int]) -> dict[str, dict[str, Fraction]]:
    return {prospect: {judge: Fraction(score) for judge, score in row.items()} for prospect, row in by_prospect.items()}


def test_a_table_of_two_by_two_worked_by_hand() -> None:
    # Judges' means 15 and 18, prospects' 12 and 21, all 16.5. MS_judges = 2 × (1.5² + 1.5²) = 9; within prospects
    # 4 + 4 + 1 + 1 = 10, so MS_residual = 1.
    found = noise(whole(acme={"ann": 10, "bo": 14}, birch={"ann": 20, "bo": 22}))
    assert found is not None
    assert (found.level2, found.pattern2, found.system2) == (Fraction(4), Fraction(1), Fraction(5))
    assert found.offsets == (Fraction(-3, 2), Fraction(3, 2))
    assert (found.level, found.pattern) == (2, 1)


@given(tables)
def test_system_noise_is_the_mean_variance_within_a_prospect_and_the_sum_of_its_parts(
    table: list[list[Fraction]],
) -> None:
    found = noise(scores(table))
    assert found is not None
    variances = []
    for row in table:
        mean = sum(row, Fraction(0)) / len(row)
        variances.append(sum(((score - mean) ** 2 for score in row), Fraction(0)) / (len(row) - 1))
    assert found.system2 == sum(variances, Fraction(0)) / len(variances)
    if found.level2:
        assert found.system2 == found.level2 + found.pattern2
    else:
        assert found.system2 <= found.pattern2
    assert sum(found.offsets) == 0


@given(tables, st.integers(0, 500))
def test_a_judge_who_is_kinder_by_a_constant_adds_level_and_no_pattern(table: list[list[Fraction]], more: int) -> None:
    before, after = noise(scores(table)), noise(scores([[row[0] + more, *row[1:]] for row in table]))
    assert before is not None
    assert after is not None
    assert after.pattern2 == before.pattern2


def test_judges_who_agree_make_no_noise() -> None:
    found = noise(scores([[Fraction(5)] * 3, [Fraction(9)] * 3]))
    assert found is not None
    assert not any((found.level2, found.pattern2, found.system2))


def test_the_table_leaves_out_the_judge_with_the_fewest_prospects_until_two_are_shared() -> None:
    gaps = whole(a={"x": 1, "y": 1}, b={"x": 1, "y": 1, "z": 1}, c={"x": 1})
    assert complete_table(gaps) == (("x", "y"), ("a", "b"))
    assert complete_table({**gaps, **whole(c={"x": 1, "y": 2, "z": 3})}) == (("x", "y", "z"), ("b", "c"))
    lonely = whole(a={"x": 1, "y": 1}, b={"x": 1})
    assert complete_table(lonely) == ((), ())
    assert noise(lonely) is None


def test_verdict_noise_is_the_mean_share_of_pairs_that_differ() -> None:
    # no pair of 1, 2 pairs of 3, and one judge alone, who has nobody to differ from
    rows: list[list[Verdict]] = [["pursue", "pursue"], ["pursue", "not now", "pursue"], ["not now"]]
    assert verdict_noise(rows) == Fraction(1, 3)
    assert verdict_noise([["pursue"]]) is None
