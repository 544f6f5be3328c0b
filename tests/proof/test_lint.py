from dataclasses import replace
from fractions import Fraction

import pytest
from strategies import worked_example

from fitcheck.decision.content.cost_model import (
    Activity,
    Band,
    Basis,
    CostModel,
    CostOption,
    CostQuestion,
    Cycles,
    Rate,
    ThreePoint,
    Trigger,
)
from fitcheck.decision.content.rubric import STAGES, Change, Option, Question, Rubric, Screen
from fitcheck.documents.screens import load_screen
from fitcheck.proof.findings import PROBLEMS, REMARKS
from fitcheck.proof.lint import lint

OWN = Basis("own")


def option(name: str, points: str, **more: object) -> Option:
    """An option; several points are by stage."""
    shares = [Fraction(share) for share in points.split()]
    by_stage = tuple(shares * len(STAGES) if len(shares) == 1 else shares)
    return Option(name, f"They did {name}", by_stage, f"they did {name}", **more)  # type: ignore[arg-type]


def rubric(*options: Option, **more: object) -> Rubric:
    """A rubric with one question."""
    change = Change("us", "Ask them for one thing.")
    question = Question("first", "What was it?", "It matters.", Fraction(1), "first", options, change)
    return Rubric("own", 1, "Own", "About it.", "An essay", (replace(question, **more),))  # type: ignore[arg-type]


def found(thing: Screen | Rubric | CostModel) -> list[tuple[str, tuple[str, ...]]]:
    """Code and path of every finding."""
    return [(finding.code, finding.path) for finding in lint(thing)]


GOOD = (option("a", "1"), option("b", "0.5"), option("c", "0"))


def test_nothing_is_odd_about_a_good_question() -> None:
    assert not lint(rubric(*GOOD))


@pytest.mark.parametrize(
    ("because", "is_odd"),
    [
        ("They sign in in an unusual way.", True),
        ("They sign in in an unusual way", True),
        ("they sign in in an unusual way.", True),
        ("they sign in in an unusual way", False),
        ("IT signs in in an unusual way", False),
        ("2 of 3 sign in", False),
    ],
)
def test_a_reason_is_half_a_sentence(because: str, is_odd: bool) -> None:
    odd = [("whole-sentence", ("questions", "first", "options", "a", "because"))] if is_odd else []
    assert found(rubric(replace(GOOD[0], because=because), *GOOD[1:])) == odd


@pytest.mark.parametrize(
    ("points", "odd"),
    [
        (["1", "0.5", "0"], None),
        (["1", "1", "0"], None),
        (["0.5", "1", "0"], "o1"),
        (["1", "0", "0.5"], "o2"),
        (["1 1 1 0.4 0.4", "0 0 0 1 1", "0"], None),
        (["1 1 1 0.4 0.4", "1 1 1 0.5 0.4", "0"], "o1"),
        (["0.2 0.5 1 1 1", "0.1 0.6 1 1 1", "0.3 0.6 1 1 1"], "o2"),
    ],
)
def test_options_are_out_of_order_if_one_is_never_worse_and_sometimes_better_than_one_above(
    points: list[str], odd: str | None
) -> None:
    options = [option(f"o{number}", share) for number, share in enumerate(points)]
    expected = [("option-order", ("questions", "first", "options", odd))] if odd else []
    assert found(rubric(*options)) == expected


def test_a_question_of_equal_points_can_not_matter_unless_it_has_a_gate() -> None:
    flat = [option(name, "0.5 0.5 0.5 1 1") for name in "abc"]
    assert found(rubric(*flat)) == [("question-cannot-matter", ("questions", "first"))]
    gated = option("c", "0.5 0.5 0.5 1 1", gate=frozenset({"pilot"}), gate_because="so")
    assert not lint(rubric(*flat[:2], gated))


@pytest.mark.parametrize("count", range(2, 9))
def test_three_to_five_options_are_no_remark(count: int) -> None:
    options = [option(f"o{number}", str(Fraction(8 - number, 8))) for number in range(count)]
    expected = [] if 3 <= count <= 5 else [("options-count", ("questions", "first", "options"))]
    assert found(rubric(*options)) == expected


def test_a_source_may_be_the_rubrics_and_advice_must_be_there() -> None:
    sourceless = replace(rubric(*GOOD), source="TODO")
    assert found(sourceless) == [("missing-source", ("questions", "first"))]
    assert not lint(replace(rubric(*GOOD, source="A study"), source="TODO"))
    assert found(rubric(*GOOD, change=Change("us", "..."))) == [
        ("missing-advice", ("questions", "first", "change", "advice"))
    ]


def test_a_word_that_judges_is_remarked_on_where_it_stands() -> None:
    vague = replace(GOOD[1], says="They were rather friendly")
    (finding,) = lint(rubric(GOOD[0], vague, GOOD[2]))
    assert (finding.code, finding.path) == ("judgement", ("questions", "first", "options", "b", "says"))
    assert finding.message == '"rather" and "friendly" in first.b are a matter of opinion'


def model(*, hours_of_b: int, says_b: str = "Some") -> CostModel:
    """A cost model whose one question costs hours if the answer is b."""
    three = ThreePoint(*[Fraction(hours_of_b)] * 3)
    activity = Activity("work", "Work", three, "sales", "deal", "so", OWN, Trigger("much", frozenset({"b"})))
    question = CostQuestion("much", "How much?", "so", (CostOption("a", "None"), CostOption("b", says_b)))
    cycles = Cycles((Band(None, Fraction(0), "so"),), OWN)
    rates = {"sales": Rate(Fraction(100), OWN)}
    return CostModel("work", 1, "Work", (question,), (activity,), cycles, rates, "EUR", Fraction(0))


GATED = frozenset({"pilot"})


@pytest.mark.parametrize(
    ("points", "is_odd"),
    [("0.5", True), ("0.1", False), ("0.1 0.1 0.2 0.1 0.1", True), ("0.5 0.5 0.1 0.5 0.5", False)],
)
def test_a_deal_breaker_has_no_more_points_than_another_option_at_its_stages(points: str, *, is_odd: bool) -> None:
    gated = option("c", points, gate=GATED, gate_because="so")
    codes = [code for code, _ in found(rubric(option("a", "1"), option("b", "0.1"), gated))]
    assert ("gated-points" in codes) == is_odd


def test_two_deal_breakers_may_differ_in_points() -> None:
    bad = [option(name, points, gate=GATED, gate_because="so") for name, points in (("b", "0.1"), ("c", "0"))]
    assert found(rubric(option("a", "1"), *bad)) == []


def test_answers_to_a_cost_question_stand_cheapest_first_in_every_band_of_trust() -> None:
    good = model(hours_of_b=1)
    (question,) = good.questions
    turned = replace(good, questions=(replace(question, options=question.options[::-1]),))
    assert found(turned) == [("cost-order", ("questions", "much", "options", "a"))]
    # Two hours once cost less than one hour in each round only where there are many rounds.
    once = replace(good.activities[0], hours=ThreePoint(*[Fraction(2)] * 3), when=Trigger("much", frozenset({"b"})))
    each = replace(good.activities[0], id="each", per="cycle", when=Trigger("much", frozenset({"a"})))
    few, many = Band(None, Fraction(0), "so"), Band(Fraction(50), Fraction(5), "so")
    for bands, is_odd in (((few,), False), ((many, few), True)):
        cycles = Cycles(bands, OWN, rubric="trust" if len(bands) > 1 else None)
        both = replace(good, activities=(once, each), cycles=cycles)
        assert (("cost-order", ("questions", "much", "options", "b")) in found(both)) == is_odd


def test_a_cost_question_whose_answers_cost_the_same_can_not_matter() -> None:
    assert not lint(model(hours_of_b=1))
    assert found(model(hours_of_b=0)) == [("question-cannot-matter", ("questions", "much"))]


def test_options_of_cost_questions_are_read_for_judging_words_too() -> None:
    assert found(model(hours_of_b=1, says_b="Very many")) == [("judgement", ("questions", "much", "options", "b"))]


def test_so_are_the_reasons_of_activities_and_of_bands() -> None:
    good = model(hours_of_b=1)
    activity, band = replace(good.activities[0], because="It costs."), Band(None, Fraction(0), "Little trust")
    cycles = Cycles((band,), OWN)
    assert found(replace(good, activities=(activity,), cycles=cycles)) == [
        ("whole-sentence", ("activities", "work", "because")),
        ("whole-sentence", ("cycles", "bands")),
    ]


def test_a_screen_is_looked_at_with_its_rubrics_and_its_cost_model() -> None:
    example = worked_example().screen
    own = {finding.file for finding in lint(replace(example, cost=model(hours_of_b=0)))}
    assert own == {"worked", "need", "trust", "work"}


def test_every_code_that_lint_gives_is_a_known_one_and_the_built_in_content_has_no_problem() -> None:
    for name in ("pilot", "deal"):
        codes = {finding.code for finding in lint(load_screen(name))}
        assert not codes & PROBLEMS.keys()
        assert codes <= REMARKS.keys()
