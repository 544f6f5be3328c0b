from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from strategies import given, worked_example

from fitcheck.decision.content.answers import UNKNOWN, Answer, Prospect
from fitcheck.decision.several.agreement import UNITS, Agreement, QuestionAgreement, agreement

EXAMPLE = worked_example()
STATES = {"unknown": UNKNOWN, "n/a": Answer(None, "n/a")}


def seen(**answers: str) -> Prospect:
    return EXAMPLE.answering({q: STATES.get(option, given(option)) for q, option in answers.items()}).prospect


def found(prospects: Sequence[Mapping[str, Prospect]]) -> Agreement:
    return agreement(EXAMPLE.screen, {f"p{i:02}": judges for i, judges in enumerate(prospects)}, "pilot")


def question(result: Agreement, name: str) -> QuestionAgreement:
    return next(question for question in result.questions if question.question == name)


def pairs(question_id: str, *answers: tuple[str, str]) -> Agreement:
    """Two judges, one prospect for each pair of answers."""
    return found([{"ann": seen(**{question_id: a}), "bo": seen(**{question_id: b})} for a, b in answers])


def test_alpha_is_told_from_twenty_prospects_on_and_raw_agreement_always() -> None:
    mixed = [("severe", "severe"), ("some", "some"), ("some", "severe")] * 7
    few, enough = (question(pairs("pain", *mixed[:n]), "pain") for n in (UNITS - 1, UNITS))
    assert (few.units, few.alpha, few.low, few.reading) == (19, None, None, "too few prospects")
    assert few.raw == Fraction(13, 19)
    assert enough.alpha is not None
    assert enough.low is not None
    assert enough.low < enough.alpha < (enough.high or 0)


def test_the_trap_of_rare_answers_is_named() -> None:
    rows = [{"ann": seen(), "bo": seen(), "cy": seen()} for _ in range(38)]
    rows += [{"ann": seen(), "bo": seen(), "cy": seen(pain="none")} for _ in range(2)]
    result = question(found(rows), "pain")
    assert result.alpha is not None
    assert (round(float(result.alpha), 3), result.raw) == (-0.008, Fraction(116, 120))
    assert result.reading == "rare answers"
    assert dict(result.counts) == {"severe": 118, "some": 0, "none": 2, "n/a": 0, "unknown": 0}


def test_the_same_answer_everywhere_has_no_alpha() -> None:
    result = question(pairs("pain", *[("severe", "severe")] * UNITS), "pain")
    assert (result.alpha, result.raw, result.reading) == (None, Fraction(1), "always the same")


def test_perfect_agreement_on_varied_answers_is_reliable() -> None:
    result = question(pairs("pain", *[("severe", "severe"), ("none", "none")] * UNITS), "pain")
    assert (result.alpha, result.low, result.high, result.reading) == (Fraction(1), 1.0, 1.0, "reliable")


def test_unknown_is_a_gap_and_not_applicable_an_answer_that_only_raw_agreement_counts() -> None:
    result = question(pairs("plan", ("agreed", "unknown"), ("n/a", "agreed"), ("n/a", "n/a"), ("none", "none")), "plan")
    assert (result.units, result.raw) == (1, Fraction(2, 3))
    assert dict(result.counts) == {"agreed": 2, "none": 2, "n/a": 3, "unknown": 1}


def test_questions_without_a_pair_are_named_and_the_least_agreement_comes_first() -> None:
    result = pairs("pain", ("severe", "none"), ("severe", "severe"))
    assert [q.question for q in result.questions] == ["pain", "goal", "plan", "promises", "candour"]
    assert result.unpaired == ("references",)


def test_one_judge_agrees_with_nobody() -> None:
    result = found([{"ann": seen(), "bo": seen()}, {"ann": seen()}])
    assert (result.prospects, result.alone, result.judges) == (("p00",), ("p01",), ("ann", "bo"))
    assert result.noise is None
    assert result.verdict_noise == 0


def test_noise_is_that_of_the_scores_and_verdicts_of_the_judges() -> None:
    # 190/3 and pursue with pain severe; 100/9 less with some, 200/9 less with none: not now.
    result = pairs("pain", ("severe", "none"), ("severe", "some"))
    assert result.verdict_noise == 1
    assert result.noise is not None
    assert result.noise.offsets == (Fraction(25, 3), Fraction(-25, 3))


def test_scores_are_of_100_whatever_applies() -> None:
    # Without a plan need falls to pain and goal: 100/3 + 25/3, and trust gives 40/3.
    result = pairs("plan", ("n/a", "agreed"), ("n/a", "agreed"))
    assert result.noise is not None
    assert result.noise.offsets == (Fraction(-25, 6), Fraction(25, 6))


def test_the_order_of_prospects_and_judges_does_not_matter() -> None:
    judged = {"b": {"bo": seen(pain="none"), "ann": seen()}, "a": {"ann": seen(goal="clear"), "bo": seen()}}
    turned = {name: dict(reversed(row.items())) for name, row in reversed(judged.items())}
    assert agreement(EXAMPLE.screen, judged, "pilot") == agreement(EXAMPLE.screen, turned, "pilot")


def test_options_of_a_rubric_are_ordered_and_those_about_cost_are_not() -> None:
    result = pairs("pain", ("severe", "none"))
    assert {q.scale for q in result.questions} == {"ordinal"}
    assert replace(question(result, "pain"), scale="nominal").reading == "too few prospects"
