from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from fitcheck.decision.content.cost_model import (
    Activity,
    Band,
    Basis,
    Company,
    CostModel,
    CostOption,
    CostQuestion,
    Cycles,
    Rate,
    ThreePoint,
    Trigger,
)
from fitcheck.decision.cost.drivers import Chances, assumptions, benchmarks, drivers
from fitcheck.decision.cost.prices import prices
from fitcheck.decision.score.results import Driver

PUBLISHED = Basis("benchmark", "a study", 2024, "B")
OWN = Basis("own")
HOURS = ThreePoint(Fraction(0), Fraction(3), Fraction(6))


def activity(name: str, options: str = "", *, role: str = "presales", basis: Basis = PUBLISHED) -> Activity:
    when = Trigger("tender", frozenset(options.split())) if options else None
    return Activity(name, name.title(), HOURS, role, "deal", f"{name} is needed", basis, when)


MODEL = CostModel(
    id="m",
    version=1,
    title="M",
    questions=(CostQuestion("tender", "?", ".", tuple(CostOption(name, ".") for name in ("none", "short", "long"))),),
    activities=(
        activity("talks"),
        replace(activity("workshop"), per="cycle"),
        activity("answers", "short long"),
        activity("hearing", "long", role="legal"),
    ),
    cycles=Cycles((Band(None, Fraction(1), "."),), PUBLISHED),
    rates={"presales": Rate(Fraction(120), PUBLISHED), "legal": Rate(Fraction(200), PUBLISHED)},
    currency="EUR",
    spread=Fraction(0),
)
UNKNOWN = {"tender": {"none": Fraction(1, 2), "short": Fraction(1, 3), "long": Fraction(1, 6)}}


def listed(
    model: CostModel, chances: Chances, unknown: Sequence[str], cycles_mean: Fraction, company: Company | None = None
) -> tuple[Driver, ...]:
    return drivers(model, prices(model, company), chances, unknown, cycles_mean)


def test_money_is_hours_at_the_rate_of_the_role_and_expenses() -> None:
    spending = replace(MODEL.activities[1], expenses=Fraction(30))
    hearing = replace(MODEL.activities[3], expenses=Fraction(600))
    model = replace(MODEL, activities=(MODEL.activities[0], spending, hearing))
    workshop, talks, heard = listed(model, UNKNOWN, ["tender"], Fraction(2))
    assert [talks.role, heard.role] == ["presales", "legal"]
    assert [talks.rate, talks.expenses, talks.money] == [120, 0, 360]
    assert [workshop.expenses, workshop.money] == [60, 780]  # in each of two rounds
    assert [heard.rate, heard.expenses, heard.money] == [200, 100, 200]  # in one case of six


def test_a_rate_of_the_company_file_is_own_and_the_others_keep_their_source() -> None:
    found = listed(MODEL, UNKNOWN, ["tender"], Fraction(2), Company(rates={"presales": Fraction(90)}))
    assert {driver.role: (driver.rate, driver.rate_basis) for driver in found} == {
        "presales": (Fraction(90), OWN),
        "legal": (Fraction(200), PUBLISHED),
    }
    assert {driver.basis for driver in found} == {PUBLISHED}


def test_hours_are_the_mean_over_cycles_times_the_chance() -> None:
    found = listed(MODEL, UNKNOWN, ["tender"], Fraction(2))
    assert [(driver.activity, driver.hours, driver.assumed) for driver in found] == [
        ("workshop", 6, None),
        ("talks", 3, None),
        ("answers", Fraction(3, 2), "tender"),
        ("hearing", Fraction(1, 2), "tender"),
    ]
    assert found[0].title == "Workshop"
    assert found[0].because == "workshop is needed"


def test_what_does_not_happen_is_no_driver() -> None:
    found = listed(MODEL, {"tender": {"short": Fraction(1)}}, [], Fraction(1))
    assert [driver.activity for driver in found] == ["talks", "workshop", "answers"]
    assert all(driver.assumed is None for driver in found)
    assert len(listed(MODEL, {"tender": {}}, [], Fraction(1))) == 2


def test_only_figures_that_are_used_are_called_benchmarks() -> None:
    ours = Company(rates={"presales": Fraction(90)})
    model = replace(
        MODEL,
        activities=(activity("talks", basis=OWN), activity("hearing", "long", role="legal")),
        cycles=replace(MODEL.cycles, basis=OWN),
    )
    quiet = listed(model, {"tender": {"none": Fraction(1)}}, [], Fraction(1))
    assert benchmarks(model, prices(model, ours), quiet, margin_is_own=True) == ()
    assert [driver.benchmark for driver in quiet] == [False]
    heard = listed(model, {"tender": {"long": Fraction(1)}}, [], Fraction(1))
    assert benchmarks(model, prices(model, ours), heard, margin_is_own=True) == ("hours", "rates")
    assert benchmarks(MODEL, prices(MODEL, None), heard, margin_is_own=False) == ("hours", "rates", "margin", "cycles")


def test_an_assumption_is_not_the_users_own() -> None:
    model = replace(MODEL, activities=(activity("talks", basis=Basis("assumption")),))
    (driver,) = listed(model, UNKNOWN, [], Fraction(1))
    assert driver.benchmark


def test_what_is_nobodys_figure_is_called_an_assumption() -> None:
    guessed = Basis("assumption")
    model = replace(MODEL, activities=(activity("talks", basis=guessed),), cycles=replace(MODEL.cycles, basis=guessed))
    found = listed(model, {"tender": {"none": Fraction(1)}}, [], Fraction(1))
    assert [driver.assumption for driver in found] == [True]
    assert assumptions(model, prices(model, None), found, margin_is_own=True) == ("hours", "cycles")
    published = listed(MODEL, {"tender": {"none": Fraction(1)}}, [], Fraction(1))
    assert not any(driver.assumption for driver in published if driver.benchmark)
