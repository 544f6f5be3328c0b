from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, product
from math import prod
from typing import Literal

import pytest
from hypothesis import given, strategies as st

from fitcheck.decision.content.answers import UNKNOWN, Answer
from fitcheck.decision.content.cost_model import (
    Activity,
    Band,
    Basis,
    Company,
    CostModel,
    CostOption,
    CostQuestion,
    Cycles,
    Deal,
    Rate,
    ThreePoint,
    Trigger,
)
from fitcheck.decision.content.own_figures import _cost
from fitcheck.decision.cost.compiled_cost import CompiledCost, compile_cost
from fitcheck.decision.cost.estimate import cost_bounds, estimate
from fitcheck.decision.cost.prices import prices
from fitcheck.decision.cost.terms import DealTerms
from fitcheck.decision.score.results import CostToClose, Spread
from fitcheck.decision.score.rounding import rounded

ASSUMED = Basis("assumption")
ONE = Fraction(1)
Answers = Mapping[str, Answer]

figures = st.lists(st.sampled_from((0, 0, 1, 2, 4, 9, 20)).map(Fraction), min_size=3, max_size=3).map(
    lambda figure: ThreePoint(*sorted(figure))
)


@st.composite
def models(draw: st.DrawFn) -> CostModel:
    """Up to three cost questions, several activities on each answer, up to three bands."""
    questions = tuple(
        CostQuestion(f"q{i}", "?", ".", tuple(CostOption(f"o{k}", ".") for k in range(count)), "Only if absent.")
        for i, count in enumerate(draw(st.lists(st.integers(2, 3), max_size=3)))
    )
    triggers = [
        None,
        *(Trigger(q.id, frozenset({option.id, q.options[-1].id})) for q in questions for option in q.options),
    ]
    activities = [
        Activity(
            id=f"a{i}",
            title=".",
            hours=draw(figures),
            role=draw(st.sampled_from(("presales", "legal"))),
            per=draw(st.sampled_from(("deal", "cycle"))),
            because=".",
            basis=ASSUMED,
            when=when,
            expenses=Fraction(draw(st.sampled_from((0, 0, 300)))),
            weeks=draw(st.none() | figures),
        )
        for i, when in enumerate(draw(st.lists(st.sampled_from(triggers), max_size=7)))
    ]
    extras = sorted(draw(st.sets(st.integers(0, 8), min_size=1, max_size=3)), reverse=True)
    bands = [Band(Fraction(20 * (i + 1)), Fraction(extra, 3), f"band {i}") for i, extra in enumerate(extras)]
    bands[-1] = replace(bands[-1], below=None)
    weights = st.lists(st.integers(0, 3), min_size=3, max_size=3).filter(lambda some: some[0] > 0)
    priors = {
        q.id: dict(zip((option.id for option in q.options), draw(weights), strict=False))
        for q in questions
        if draw(st.booleans())
    }
    return CostModel(
        id="m",
        version=1,
        title="M",
        questions=questions,
        activities=tuple(activities),
        cycles=Cycles(
            tuple(bands), ASSUMED, "trust", draw(st.integers(1, 4)), draw(st.sampled_from(("geometric", "poisson")))
        ),
        rates={"presales": Rate(Fraction(90), ASSUMED), "legal": Rate(Fraction(500, 3), ASSUMED)},
        currency="EUR",
        spread=draw(st.sampled_from((Fraction(0), Fraction(3, 10)))),
        lead_weeks=draw(st.none() | figures),
        priors=priors,
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[CostModel, Answers]:
    """Return a cost model and answers: given, unknown, absent or not applicable."""
    model = draw(models())
    answers = {}
    for question in model.questions:
        states = [*(Answer(option.id) for option in question.options), UNKNOWN, Answer(None, "n/a"), None]
        answer = draw(st.sampled_from(states))
        if answer is not None:
            answers[question.id] = answer
    return model, answers


def compiled(model: CostModel, company: Company | None = None) -> CompiledCost:
    return compile_cost(model, prices(model, company))


def expected_money(book: CompiledCost, answers: Answers, band: int) -> tuple[Fraction, Fraction]:
    found = cost_bounds(book, answers, band)
    return Fraction(found.cheapest) / book.money.unit, Fraction(found.dearest) / book.money.unit


def certainly(model: CostModel, band: int) -> list[Fraction]:
    return [Fraction(int(i == band)) for i in range(len(model.cycles.bands))]


def evenly(model: CostModel) -> list[Fraction]:
    return [Fraction(1, len(model.cycles.bands))] * len(model.cycles.bands)


def estimated(
    model: CostModel, answers: Answers, weights: Sequence[Fraction] | None = None, company: Company | None = None
) -> CostToClose:
    terms = DealTerms(Deal(), value=Fraction(20_000), margin=Fraction(10_000), margin_is_own=True)
    weights = evenly(model) if weights is None else weights
    return estimate(compiled(model, company), answers, weights, likely=0, terms=terms, company=company)


def completions(model: CostModel, answers: Answers) -> list[tuple[Answers, Fraction]]:
    """Every way in which the unknown answers could turn out, with its probability."""
    unknown = [q for q in model.questions if answers.get(q.id, UNKNOWN).state == "unknown"]
    weighed = [[(o.id, model.priors[q.id][o.id] if q.id in model.priors else 1) for o in q.options] for q in unknown]
    return [
        (
            {**answers, **{q.id: Answer(option) for q, (option, _) in zip(unknown, picked, strict=True)}},
            prod((Fraction(w, sum(ws)) for (_, w), ws in zip(picked, sums, strict=True)), start=ONE),
        )
        for sums in [[[weight for _, weight in options] for options in weighed]]
        for picked in product(*weighed)
    ]


def plain_cost(model: CostModel, answers: Answers, cycles_mean: Fraction) -> Fraction:
    """Expected money of fully known answers, straight from the activities."""
    cost = Fraction(0)
    for activity in model.activities:
        when = activity.when
        if when is None or answers[when.question].option in when.options:
            hours = (activity.hours.low + 4 * activity.hours.likely + activity.hours.high) / 6
            once = hours * model.rates[activity.role].per_hour + activity.expenses
            cost += once * (cycles_mean if activity.per == "cycle" else 1)
    return cost


@given(cases())
def test_bounds_of_expected_money_are_those_of_every_completion(case: tuple[CostModel, Answers]) -> None:
    model, answers = case
    book = compiled(model)
    for band in range(len(model.cycles.bands)):
        cycles_mean = estimated(model, answers, certainly(model, band)).cycles_mean
        found = [plain_cost(model, each, cycles_mean) for each, _ in completions(model, answers)]
        assert expected_money(book, answers, band) == (min(found), max(found))


@given(cases())
def test_expected_money_is_the_mean_over_bands_and_completions(case: tuple[CostModel, Answers]) -> None:
    model, answers = case
    book, weights = compiled(model), evenly(model)
    mean = sum(
        (
            share * weight * expected_money(book, each, band)[0]
            for each, share in completions(model, answers)
            for band, weight in enumerate(weights)
        ),
        Fraction(0),
    )
    found = estimated(model, answers)
    assert found.expected == mean
    assert found.money.mean == rounded(mean, 0)
    assert found.per_deal_value == mean / 20_000
    assert found.per_margin == mean / 10_000


@given(cases())
def test_the_hours_of_drivers_add_up_to_the_mean(case: tuple[CostModel, Answers]) -> None:
    model, answers = case
    hourly = {role: Rate(ONE, ASSUMED) for role in model.rates}
    free = replace(model, rates=hourly, activities=tuple(replace(a, expenses=Fraction(0)) for a in model.activities))
    found = estimated(free, answers)
    hours = sum((driver.hours for driver in found.drivers), Fraction(0))
    assert hours == found.expected
    assert found.hours.mean == rounded(hours, 1)
    assert [driver.hours for driver in found.drivers] == sorted((d.hours for d in found.drivers), reverse=True)


@given(cases(), st.fixed_dictionaries({"presales": st.integers(0, 300), "legal": st.just(0)}), st.integers(50, 150))
def test_the_money_of_drivers_adds_up_to_the_mean_whatever_is_spent_and_paid(
    case: tuple[CostModel, Answers], spent: Mapping[str, int], rate: int
) -> None:
    model, answers = case
    company = Company(rates={"presales": Fraction(rate)})
    terms = DealTerms(Deal(hours_spent={role: Fraction(hours) for role, hours in spent.items()}))
    found = estimate(compiled(model, company), answers, evenly(model), likely=0, terms=terms, company=company)
    assert sum((driver.money for driver in found.drivers), Fraction(0)) == found.expected
    assert all(driver.money == driver.hours * driver.rate + driver.expenses for driver in found.drivers)


@given(cases())
def test_without_the_companys_figures_the_money_is_what_it_is_without_the_company(
    case: tuple[CostModel, Answers],
) -> None:
    model, answers = case
    hours = {activity.id: ThreePoint(ONE, ONE, ONE) for activity in model.activities}
    extra = tuple(Fraction(9 - at) for at in range(len(model.cycles.bands)))
    company = Company(rates={"presales": Fraction(77)}, hours={"m": hours}, extra_rounds={"m": extra})
    cost = _cost(model, company)
    found = estimated(cost, answers, company=company)
    usual = estimated(model, answers)
    assert found.on_benchmarks == usual.expected
    assert usual.on_benchmarks is None


def test_without_a_rate_of_exchange_nobody_can_say_what_the_benchmarks_would_be() -> None:
    company = Company(currency="USD", rates={"presales": Fraction(77)})
    model = replace(WORKED, activities=tuple(replace(a, expenses=Fraction(0)) for a in WORKED.activities))
    found = estimated(model, {}, company=company)
    assert (found.currency, found.on_benchmarks) == ("USD", None)
    exchanged = estimated(model, {}, company=replace(company, exchange={"EUR": Fraction(2)}))
    assert exchanged.on_benchmarks == 2 * estimated(model, {}).expected


@given(cases())
def test_more_trust_never_costs_more(case: tuple[CostModel, Answers]) -> None:
    model, answers = case
    book = compiled(model)
    by_trust = [expected_money(book, answers, band) for band in range(len(model.cycles.bands))]
    for (low, high), (trusted_low, trusted_high) in pairwise(by_trust):
        assert trusted_low <= low
        assert trusted_high <= high


@given(cases())
def test_quantiles_ascend(case: tuple[CostModel, Answers]) -> None:
    found = estimated(*case)
    assert 0 <= found.hours.p10 <= found.hours.p50 <= found.hours.p90
    assert 0 <= found.money.p10 <= found.money.p50 <= found.money.p90
    assert 0 <= found.weeks_p50 <= found.weeks_p90


@given(cases())
def test_the_order_of_what_people_write_changes_nothing(case: tuple[CostModel, Answers]) -> None:
    model, answers = case
    backwards = replace(
        model,
        questions=tuple(replace(q, options=q.options[::-1]) for q in reversed(model.questions)),
        activities=model.activities[::-1],
    )
    one, other = estimated(model, answers), estimated(backwards, dict(reversed(list(answers.items()))))
    assert replace(one, drivers=(), unknown=()) == replace(other, drivers=(), unknown=())
    assert set(one.drivers) == set(other.drivers)
    assert one.unknown == other.unknown[::-1]


@given(cases())
def test_what_does_not_apply_costs_nothing(case: tuple[CostModel, Answers]) -> None:
    model, _ = case
    nothing = {question.id: Answer(None, "n/a") for question in model.questions}
    always = replace(model, questions=(), activities=tuple(a for a in model.activities if a.when is None))
    assert estimated(model, nothing) == estimated(always, {})


def test_an_unknown_answer_that_costs_the_same_in_any_case_is_not_named() -> None:
    always = Trigger("tender", frozenset({"none", "formal"}))
    for activities in [(), (activity("answers", (1, 2, 3), "deal", when=always),)]:
        assert estimated(replace(WORKED, activities=activities), {}).unknown == ()


@given(cases())
def test_only_unknown_answers_that_matter_are_named(case: tuple[CostModel, Answers]) -> None:
    model, answers = case
    named = estimated(model, answers).unknown
    assert list(named) == [q.id for q in model.questions if q.id in named]
    for question in model.questions:
        if question.id in named:
            assert answers.get(question.id, UNKNOWN).state == "unknown"
        elif answers.get(question.id, UNKNOWN).state == "unknown":
            known = [{**answers, question.id: Answer(option.id)} for option in question.options]
            first, *others = [replace(estimated(model, each), drivers=()) for each in known]
            assert others == [first] * len(others)


def activity(
    name: str,
    hours: Sequence[int],
    per: Literal["deal", "cycle"],
    *,
    when: Trigger | None = None,
    weeks: ThreePoint | None = None,
    expenses: int = 0,
) -> Activity:
    three = ThreePoint(*map(Fraction, hours))
    because = f"{name} is needed"
    return Activity(name, name, three, "presales", per, because, ASSUMED, when, Fraction(expenses), weeks)


def bounds(low: int, high: int) -> tuple[Fraction, Fraction]:
    return Fraction(low), Fraction(high)


WORKED = CostModel(
    id="worked",
    version=1,
    title="Worked",
    questions=(CostQuestion("tender", "?", ".", (CostOption("none", "."), CostOption("formal", "."))),),
    activities=(
        activity("talks", (2, 5, 8), "deal"),
        activity("demo", (1, 3, 5), "cycle", expenses=30, weeks=ThreePoint(ONE, ONE, ONE)),
        activity("answers", (20, 20, 20), "deal", when=Trigger("tender", frozenset({"formal"}))),
    ),
    cycles=Cycles(
        (Band(Fraction(50), ONE, "little trust adds rounds"), Band(None, Fraction(0), "trust keeps it short")),
        ASSUMED,
        "trust",
        2,
    ),
    rates={"presales": Rate(Fraction(100), ASSUMED)},
    currency="EUR",
    spread=Fraction(0),
    lead_weeks=ThreePoint(Fraction(2), Fraction(2), Fraction(2)),
    priors={"tender": {"none": 3, "formal": 1}},
)


def test_a_worked_example() -> None:
    # Little trust: q = 1/2, so one cycle with 2/3 and two with 1/3, 4/3 on average. Money for the deal: 500;
    # for each cycle: 300 + 30; for the tender: 2000 in one of four cases.
    book = compiled(WORKED)
    assert expected_money(book, {}, 0) == bounds(940, 2940)
    assert expected_money(book, {}, 1) == bounds(830, 2830)
    assert expected_money(book, {"tender": Answer("formal")}, 1) == bounds(2830, 2830)

    found = estimated(WORKED, {}, [Fraction(1, 2), Fraction(1, 2)])
    assert found.cycles == (Fraction(5, 6), Fraction(1, 6))
    assert found.cycles_mean == Fraction(7, 6)
    assert found.cycles_because == "little trust adds rounds"
    assert found.expected == 500 + 330 * Fraction(7, 6) + 500
    assert [(d.activity, d.hours, d.assumed) for d in found.drivers] == [
        ("talks", 5, None),
        ("answers", 5, "tender"),
        ("demo", Fraction(7, 2), None),
    ]
    assert found.hours.mean == 13.5
    assert (found.weeks_p50, found.weeks_p90) == (3.0, 4.0)
    assert found.unknown == ("tender",)
    assert found.benchmarks == ("hours", "rates", "cycles")
    assert found.currency == "EUR"
    assert found.notes == ()


def test_the_likeliest_band_says_why_that_many_cycles() -> None:
    assert estimated(WORKED, {}, [Fraction(2, 5), Fraction(3, 5)]).cycles_because == "trust keeps it short"


def test_work_that_exceeds_the_weekly_hours_takes_longer() -> None:
    formal = {"tender": Answer("formal")}
    found = estimated(WORKED, formal, certainly(WORKED, 1), Company(weekly_hours=Fraction(2)))
    # About 28 hours at 2 a week.
    assert found.weeks_p50 == rounded(Fraction(str(found.hours.p50)) / 2, 1) == 14.0
    assert found.weeks_p90 == pytest.approx(found.hours.p90 / 2, abs=0.1)
    roomy = estimated(WORKED, formal, certainly(WORKED, 1), Company(weekly_hours=Fraction(40)))
    assert (roomy.weeks_p50, roomy.weeks_p90) == (3.0, 3.0)


def test_certain_hours_without_a_common_factor_have_no_range() -> None:
    certain = replace(WORKED, activities=(activity("talks", (5, 5, 5), "deal"),), lead_weeks=None)
    found = estimated(certain, {})
    assert found.hours == Spread(5.0, 5.0, 5.0, 5.0)
    assert found.money == Spread(500.0, 500.0, 500.0, 500.0)


def test_the_common_factor_alone_makes_a_range_around_certain_hours() -> None:
    certain = replace(WORKED, activities=(activity("talks", (100, 100, 100), "deal"),), spread=Fraction(1, 2))
    # A lognormal with mean 100 and coefficient of variation 1/2 has the median 100 / sqrt(1.25).
    found = estimated(certain, {})
    assert found.hours.p50 == 89.4
    assert found.hours.mean == 100.0
    assert found.hours.p10 < 60
    assert found.hours.p90 > 140


@pytest.mark.parametrize(
    "activities", [(), (activity("nothing", (0, 0, 0), "cycle"),)], ids=["no activities", "no hours"]
)
def test_where_nothing_is_to_be_done_nothing_is_spent(activities: tuple[Activity, ...]) -> None:
    found = estimated(replace(WORKED, activities=activities, lead_weeks=None), {})
    assert found.hours == found.money == Spread(0.0, 0.0, 0.0, 0.0)
    assert found.expected == 0
    assert (found.weeks_p50, found.weeks_p90) == (0.0, 0.0)
    assert found.notes == (
        "Calendar time is unknown: the cost model names no weeks, and company.yaml no weekly_hours.",
    )


def test_a_margin_of_nothing_has_no_break_even() -> None:
    terms = DealTerms(Deal(), value=Fraction(0), margin=Fraction(0), notes=("x",))
    found = estimate(compiled(WORKED), {}, [ONE, Fraction(0)], likely=0, terms=terms)
    assert (found.margin, found.per_margin, found.per_deal_value) == (Fraction(0), None, None)
    assert found.notes == ("x", "The margin is zero or negative, so closing cannot pay, whatever the odds.")


def test_an_unknown_margin_is_no_benchmark() -> None:
    found = estimate(compiled(WORKED), {}, [ONE, Fraction(0)], likely=0, terms=DealTerms(Deal()))
    assert (found.margin, found.per_margin, found.per_deal_value) == (None, None, None)
    assert "margin" not in found.benchmarks


def test_a_prior_of_nothing_rules_an_option_out_of_the_range_but_not_of_the_bounds() -> None:
    model = replace(WORKED, priors={"tender": {"none": 1, "formal": 0}})
    found = estimated(model, {}, certainly(model, 1))
    assert [driver.activity for driver in found.drivers] == ["talks", "demo"]
    assert found.expected == 830
    assert expected_money(compiled(model), {}, 1) == bounds(830, 2830)


@pytest.mark.parametrize(
    ("value", "places", "found"),
    [
        (Fraction(5, 100), 1, 0.1),
        (Fraction(15, 100), 1, 0.2),
        (Fraction(249, 1000), 1, 0.2),
        (Fraction(5, 2), 0, 3.0),
        (Fraction(7, 2), 0, 4.0),
        (Fraction(0), 1, 0.0),
    ],
)
def test_halves_are_rounded_up(value: Fraction, places: int, found: float) -> None:
    assert rounded(value, places) == found
