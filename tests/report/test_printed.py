"""Figures are rounded once, and lines that add up exactly still add up as they are printed."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from strategies import Situation, situations, worked_example

from fitcheck.decision.assess import assess
from fitcheck.decision.assessment import Assessment
from fitcheck.report.printed import figure, printed, score_figure


def assessed(situation: Situation) -> Assessment:
    return assess(situation.screen, situation.prospect, situation.stage, company=situation.company)


@given(situations())
@settings(max_examples=150)
def test_printed_effects_add_up_to_the_printed_margin_and_each_is_within_a_unit_of_the_exact_one(
    situation: Situation,
) -> None:
    exact = assessed(situation)
    shown = printed(exact)
    assert shown.effect_of_reasons + shown.effect_of_open == shown.score - shown.threshold
    for before, after in zip(exact.reasons, shown.reasons, strict=True):
        assert abs(Fraction(before.effect) - after.effect) <= Fraction(1, 100)
    assert sum(dimension.score for dimension in shown.dimensions) == shown.score
    assert sum(dimension.most for dimension in shown.dimensions) == 100


@given(situations())
@settings(max_examples=150)
def test_a_printed_score_is_the_printed_threshold_only_if_it_is_the_threshold(situation: Situation) -> None:
    exact = assessed(situation)
    shown = printed(exact)
    assert (shown.score == shown.threshold) == (exact.score == exact.threshold)
    assert (shown.score > shown.threshold) == (exact.score > exact.threshold)
    assert shown.score_low <= shown.score <= shown.score_high
    for dimension in shown.dimensions:
        assert dimension.low <= dimension.score <= dimension.high
        assert all(side.low <= side.score <= side.high for side in dimension.sides)


@given(situations())
@settings(max_examples=50)
def test_a_group_is_the_sum_of_its_members_and_rounding_twice_changes_nothing(situation: Situation) -> None:
    shown = printed(assessed(situation))
    for group in (*shown.against, *shown.speaks_for):
        assert group.effect == sum(Fraction(member.effect) for member in group.members)
    assert printed(shown) == shown


def test_a_score_just_below_the_threshold_shows_as_many_decimals_as_tell_them_apart() -> None:
    exact = assessed(worked_example())
    margin = Fraction(-1, 30_000)
    only = replace(exact.reasons[0], effect=margin)
    close = replace(exact, score=exact.threshold + margin, reasons=(only,), still_open=(), against=(), speaks_for=())
    shown = printed(close)
    assert (shown.score, shown.threshold) == (Fraction("59.99997"), Fraction(60))
    assert shown.effect_of_reasons == Fraction("-0.00003")
    assert score_figure(Fraction(60), Fraction(60)) == 60


def test_halves_are_rounded_upwards() -> None:
    assert (figure(Fraction(1, 200)), figure(Fraction(-1, 200))) == (Fraction(1, 100), Fraction(0))
