"""
Hours and money against an exact discretised convolution.

The oracle shares no formula with the estimate: it cuts the beta densities of all activities into cells,
convolves them by Fourier transform, compounds over the number of cycles and spreads the result over the
common factor.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import exp, factorial, log, sqrt
from statistics import NormalDist, median
from typing import get_args

import numpy as np
import numpy.typing as npt
import pytest

from fitcheck.decision.content.cost_model import (
    Activity,
    Band,
    Basis,
    CostModel,
    CostOption,
    CostQuestion,
    Cycles,
    Deal,
    Rate,
    Shape,
    ThreePoint,
    Trigger,
)
from fitcheck.decision.cost.compiled_cost import compile_cost
from fitcheck.decision.cost.estimate import estimate
from fitcheck.decision.cost.prices import prices
from fitcheck.decision.cost.terms import DealTerms
from fitcheck.decision.score.results import CostToClose

Floats = npt.NDArray[np.float64]
LEVELS = (0.1, 0.5, 0.9)
MOST_CYCLES = 8
CELLS = 1 << 14
FINER = 16
FACTORS = np.array([NormalDist().inv_cdf((i + 0.5) / 1000) for i in range(1000)])
ASSUMED = Basis("assumption")
SHAPES: tuple[Shape, ...] = get_args(Shape)
SPREADS = (Fraction(0), Fraction(1, 5), Fraction(7, 20), Fraction(1, 2))


@dataclass(frozen=True)
class Task:
    """What the oracle knows of an activity: its money is hours at a rate, plus expenses."""

    hours: ThreePoint
    rate: int = 1
    expenses: int = 0


@dataclass(frozen=True)
class Scenario:
    """Work that comes once and anew in each cycle, and how many cycles to expect."""

    once: Sequence[Task]
    each: Sequence[Task]
    extra: Fraction
    shape: Shape
    spread: Fraction


def cells(task: Task, width: float) -> Floats:
    """Probability of each cell of `width` from the least hours on, by the density of the beta distribution."""
    low, likely, high = (float(x) * task.rate for x in (task.hours.low, task.hours.likely, task.hours.high))
    count = int(np.ceil((high - low) / width))
    x = (np.arange(count * FINER) + 0.5) * width / FINER / (high - low)
    p, q = 4 * (likely - low) / (high - low), 4 * (high - likely) / (high - low)
    density = np.where(x < 1, x**p * np.abs(1 - x) ** q, 0.0).reshape(count, FINER).sum(axis=1)
    return np.asarray(density / density.sum())


def chances(scenario: Scenario) -> list[float]:
    """Probability of 1, 2, ... cycles."""
    e = float(scenario.extra)
    if scenario.shape == "geometric":
        weights = [(e / (1 + e)) ** k / (1 + e) for k in range(MOST_CYCLES)]
    else:
        weights = [exp(-e) * e**k / factorial(k) for k in range(MOST_CYCLES)]
    return [weight / sum(weights) for weight in weights]


def distribution(scenario: Scenario) -> Callable[[float], float]:
    """Exact P(total <= x), up to the width of the cells."""
    tasks = [*scenario.once, *[task for task in scenario.each for _ in range(MOST_CYCLES)]]
    ranges = [float(task.hours.high - task.hours.low) * task.rate for task in tasks]
    width = 1.02 * sum(ranges) / CELLS

    def transformed(some: Sequence[Task]) -> tuple[npt.NDArray[np.complex128], float, int]:
        product = np.ones(CELLS + 1, dtype=np.complex128)
        for task in some:
            product = product * np.fft.rfft(cells(task, width), 2 * CELLS)
        least = sum(float(task.hours.low) * task.rate + width / 2 for task in some)
        return product, least, sum(task.expenses for task in some)

    total, least, expenses = transformed(scenario.once)
    cycle, least_each, expenses_each = transformed(scenario.each)
    grid = np.linspace(0, least + MOST_CYCLES * least_each + sum(ranges), CELLS)
    curves: dict[int, Floats] = {}
    for n, chance in enumerate(chances(scenario), start=1):
        total = total * cycle
        heaped = np.cumsum(np.fft.irfft(total, 2 * CELLS))
        ends = least + n * least_each + (np.arange(2 * CELLS) + 0.5) * width
        shift = expenses + n * expenses_each
        curves[shift] = curves.get(shift, np.zeros(CELLS)) + chance * np.interp(grid, ends, heaped, left=0.0)

    s2 = log(1 + float(scenario.spread) ** 2)
    factors = np.exp(sqrt(s2) * FACTORS - s2 / 2) if s2 else np.ones(1)

    def at_most(x: float) -> float:
        return sum(
            float(np.interp((x - shift) / factors, grid, curve, left=0.0).mean()) for shift, curve in curves.items()
        )

    return at_most


def quantile(at_most: Callable[[float], float], level: float) -> float:
    low, high = 0.0, 1.0
    while at_most(high) < level:
        low, high = high, 2 * high
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (middle, high) if at_most(middle) < level else (low, middle)
    return (low + high) / 2


def drawn_task(random: np.random.Generator) -> Task:
    likely = Fraction(int(random.integers(4, 81)))
    low, high = likely * int(random.integers(30, 91)) / 100, likely * int(random.integers(120, 351)) / 100
    return Task(ThreePoint(low, likely, high))


def drawn(random: np.random.Generator) -> Scenario:
    return Scenario(
        once=[drawn_task(random) for _ in range(random.integers(2, 9))],
        each=[drawn_task(random) for _ in range(random.integers(1, 5))],
        extra=Fraction(int(random.integers(1, 24)), 10),
        shape=SHAPES[random.integers(2)],
        spread=SPREADS[random.integers(4)],
    )


def estimated(scenario: Scenario, options: Sequence[Sequence[Task]] = ()) -> CostToClose:
    """Estimate with one cost question; its answer is unknown, and all `options` are equally likely."""
    names = [f"o{i}" for i in range(len(options))]
    tasks: list[tuple[Task, str | None, bool]] = [
        *((task, None, True) for task in scenario.once),
        *((task, None, False) for task in scenario.each),
        *((task, name, True) for name, option in zip(names, options, strict=True) for task in option),
    ]
    model = CostModel(
        id="oracle",
        version=1,
        title="Oracle",
        questions=(CostQuestion("q", "?", ".", tuple(CostOption(name, ".") for name in names)),) if options else (),
        activities=tuple(
            Activity(
                id=f"a{i}",
                title=".",
                hours=task.hours,
                role=str(task.rate),
                per="deal" if once else "cycle",
                because=".",
                basis=ASSUMED,
                when=Trigger("q", frozenset({option})) if option else None,
                expenses=Fraction(task.expenses),
            )
            for i, (task, option, once) in enumerate(tasks)
        ),
        cycles=Cycles((Band(None, scenario.extra, "."),), ASSUMED, None, MOST_CYCLES, scenario.shape),
        rates={str(task.rate): Rate(Fraction(task.rate), ASSUMED) for task, _, _ in tasks},
        currency="EUR",
        spread=scenario.spread,
    )
    compiled = compile_cost(model, prices(model, None))
    return estimate(compiled, {}, (Fraction(1),), likely=0, terms=DealTerms(Deal()))


def errors(ours: Sequence[float], at_most: Callable[[float], float]) -> list[float]:
    return [abs(value / quantile(at_most, level) - 1) for value, level in zip(ours, LEVELS, strict=True)]


@pytest.mark.parametrize("seed", range(4))
def test_quantiles_of_hours_are_within_a_few_percent_of_the_exact_convolution(seed: int) -> None:
    random = np.random.default_rng(seed)
    found = []
    for _ in range(50):
        scenario = drawn(random)
        hours = estimated(scenario).hours
        found.append(errors((hours.p10, hours.p50, hours.p90), distribution(scenario)))
    for of_level, most in zip(zip(*found, strict=True), (0.035, 0.01, 0.02), strict=True):
        assert max(of_level) < most
        assert median(of_level) < 0.002


def priced(random: np.random.Generator, task: Task, expenses: int) -> Task:
    return replace(task, rate=int(random.integers(80, 130)), expenses=expenses * int(random.integers(2)))


def test_expenses_stand_beside_the_common_factor() -> None:
    random = np.random.default_rng(10)
    for _ in range(10):
        plain = drawn(random)
        scenario = replace(
            plain,
            once=[priced(random, task, 3000) for task in plain.once],
            each=[priced(random, task, 900) for task in plain.each],
        )
        money = estimated(scenario).money
        assert max(errors((money.p10, money.p50, money.p90), distribution(scenario))) < 0.02


def evenly(curves: Sequence[Callable[[float], float]]) -> Callable[[float], float]:
    return lambda x: sum(curve(x) for curve in curves) / len(curves)


def test_an_unknown_answer_widens_the_range_like_the_mixture_of_its_options() -> None:
    random = np.random.default_rng(20)
    for _ in range(10):
        scenario = drawn(random)
        options = [[drawn_task(random) for _ in range(count)] for count in (0, 1, 3)]
        turned_out = [replace(scenario, once=[*scenario.once, *tasks]) for tasks in options]
        hours = estimated(scenario, options).hours
        at_most = evenly([distribution(each) for each in turned_out])
        assert max(errors((hours.p10, hours.p50, hours.p90), at_most)) < 0.02
