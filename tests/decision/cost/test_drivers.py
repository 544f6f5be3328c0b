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
from fitcheck.decision.cost.drivers import assumptions, benchmarks, drivers
from fitcheck.decision.cost.prices import prices

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


def test_hours_are_the_mean_over_cycles_times_the_chance() -> None:
    found = drivers(MODEL, UNKNOWN, ["tender"], Fraction(2))
    assert [(driver.activity, driver.hours, driver.assumed) for driver in found] == [
        ("workshop", 6, None),
        ("talks", 3, None),
        ("answers", Fraction(3, 2), "tender"),
        ("hearing", Fraction(1, 2), "tender"),
    ]
    assert found[0].title == "Workshop"
    assert found[0].because == "workshop is needed"


def test_what_does_not_happen_is_no_driver() -> None:
    found = drivers(MODEL, {"tender": {"short": Fraction(1)}}, [], Fraction(1))
    assert [driver.activity for driver in found] == ["talks", "workshop", "answers"]
    assert all(driver.assumed is None for driver in found)
    assert len(drivers(MODEL, {"tender": {}}, [], Fraction(1))) == 2


def test_only_figures_that_are_used_are_called_benchmarks() -> None:
    ours = Company(rates={"presales": Fraction(90)})
    model = replace(
        MODEL,
        activities=(activity("talks", basis=OWN), activity("hearing", "long", role="legal")),
        cycles=replace(MODEL.cycles, basis=OWN),
    )
    quiet = drivers(model, {"tender": {"none": Fraction(1)}}, [], Fraction(1))
    assert benchmarks(model, prices(model, ours), quiet, margin_is_own=True) == ()
    assert [driver.benchmark for driver in quiet] == [False]
    heard = drivers(model, {"tender": {"long": Fraction(1)}}, [], Fraction(1))
    assert benchmarks(model, prices(model, ours), heard, margin_is_own=True) == ("hours", "rates")
    assert benchmarks(MODEL, prices(MODEL, None), heard, margin_is_own=False) == ("hours", "rates", "margin", "cycles")


def test_an_assumption_is_not_the_users_own() -> None:
    model = replace(MODEL, activities=(activity("talks", basis=Basis("assumption")),))
    (driver,) = drivers(model, UNKNOWN, [], Fraction(1))
    assert driver.benchmark


def test_what_is_nobodys_figure_is_called_an_assumption() -> None:
    guessed = Basis("assumption")
    model = replace(MODEL, activities=(activity("talks", basis=guessed),), cycles=replace(MODEL.cycles, basis=guessed))
    found = drivers(model, {"tender": {"none": Fraction(1)}}, [], Fraction(1))
    assert [driver.assumption for driver in found] == [True]
    assert assumptions(model, prices(model, None), found, margin_is_own=True) == ("hours", "cycles")
    published = drivers(MODEL, {"tender": {"none": Fraction(1)}}, [], Fraction(1))
    assert not any(driver.assumption for driver in published if driver.benchmark)
