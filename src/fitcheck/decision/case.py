"""One set of answers to the cost questions: the distributions of hours, money and weeks for any trust."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import TypeVar

from fitcheck.decision.answers import UNKNOWN, Answer
from fitcheck.decision.compiledcost import CompiledCost
from fitcheck.decision.completions import Mixer
from fitcheck.decision.cycles import mix_cycles, mix_whole
from fitcheck.decision.mixture import Mixture
from fitcheck.decision.parts import Part
from fitcheck.decision.pert import ZERO, Growth
from fitcheck.decision.results import Spread
from fitcheck.decision.roundedquantiles import Below, RoundedMixer, below_each

T = TypeVar("T")

LEVELS = (0.1, 0.5, 0.9)
"""P10, P50 and P90."""


@dataclass(frozen=True, slots=True)
class Closing:
    """
    What closing will take, as far as a table tells it.

    Attributes:
        hours: work [hours, to 0.1].
        money_p50: labour and expenses [`prices.currency`, whole units].
        expected: exact mean of the money.
    """

    hours: Spread
    money_p50: float
    expected: Fraction


class Case:
    """
    A compiled cost model with one set of answers.

    Args:
        compiled: from `compile_cost`.
        answers: by question id; what is absent is unknown, what is not applicable costs nothing.
        below: see `RoundedMixer`.
    """

    def __init__(self, compiled: CompiledCost, answers: Mapping[str, Answer], below: Below = below_each) -> None:
        known, unknown = sort_answers(compiled.options, answers)
        self.compiled, self.unknown = compiled, unknown
        self._known: Part = sum(known, compiled.always)
        self._alternatives = [
            (parts, shares_of(compiled.priors[question])) for question, parts in sorted(unknown.items())
        ]
        spread = compiled.model.spread
        self._hours = self._mixer(lambda part: part.hours, spread)
        self._money = self._mixer(lambda part: part.money, spread)
        self._rounded = RoundedMixer(self._hours, 10, below), RoundedMixer(self._money, 1, below)
        self._is_asked_again = False

    def _mixer(self, measure: Callable[[Part], Growth], spread: Fraction) -> Mixer:
        alternatives = []
        for parts, shares in self._alternatives:
            added: dict[Growth, Fraction] = {}
            for option, part in parts.items():
                growth = measure(part)
                added[growth] = added.get(growth, ZERO) + shares[option]
            alternatives.append(added)
        return Mixer(measure(self._known), alternatives, spread)

    def cycles(self, band_weights: Sequence[Fraction]) -> tuple[Fraction, ...]:
        """Probability of 1, 2, ... cycles for these probabilities of the bands of trust."""
        return mix_cycles(self.compiled.cycles, band_weights)

    def hours(self, cycles: Sequence[Fraction]) -> Mixture:
        """Distribution of the hours."""
        return self._hours.mixture(cycles)

    def money(self, cycles: Sequence[Fraction]) -> Mixture:
        """Distribution of the money; F makes labour dearer, and not the expenses."""
        return self._money.mixture(cycles)

    def weeks(self, cycles: Sequence[Fraction]) -> Mixture:
        """Distribution of the calendar weeks, which F does not make longer."""
        return self._mixer(lambda part: part.weeks, ZERO).mixture(cycles)

    def closing(self, bands: Sequence[int]) -> Closing:
        """
        Say what closing will take, like `estimate` does, without weeks, drivers and notes.

        Args:
            bands: relative weights of the bands of trust.
        """
        cycles = mix_whole(self.compiled.cycles, bands)
        found = self._looked_up(cycles) if self._is_asked_again else None
        self._is_asked_again = True  # what many mixtures have in common takes longer to prepare than one to solve
        if found is None:
            exact = [Fraction(weight, sum(cycles)) for weight in cycles]
            hours, money = self.hours(exact), self.money(exact)
            found = Closing(spread_of(hours.quantiles(), hours.mean, 1), half_up(money.median(), 0), money.mean)
        return found

    def _looked_up(self, cycles: Sequence[int]) -> Closing | None:
        hours, money = self._rounded
        spread, median = hours.quantiles(cycles, LEVELS), money.quantiles(cycles, LEVELS[1:2])
        if spread is None or median is None:
            return None
        p10, p50, p90 = spread
        return Closing(Spread(p10, p50, p90, half_up(hours.mean(cycles), 1)), median[0], money.mean(cycles))


def sort_answers(
    options: Mapping[str, Mapping[str, T]], answers: Mapping[str, Answer]
) -> tuple[list[T], dict[str, Mapping[str, T]]]:
    """Return what belongs to the given answers, and by unknown question what belongs to each option."""
    known, unknown = [], {}
    for question, by_option in options.items():
        answer = answers.get(question, UNKNOWN)
        if answer.option is not None:
            known.append(by_option[answer.option])
        elif answer.state == "unknown":
            unknown[question] = by_option
    return known, unknown


def shares_of(prior: Mapping[str, int]) -> dict[str, Fraction]:
    """Turn relative weights into probabilities."""
    total = sum(prior.values())
    return {option: Fraction(weight, total) for option, weight in prior.items()}


def spread_of(at: tuple[Fraction, Fraction, Fraction], mean: Fraction, places: int) -> Spread:
    """Round three quantiles and a mean for the reader."""
    p10, p50, p90 = (half_up(value, places) for value in at)
    return Spread(p10, p50, p90, half_up(mean, places))


def half_up(value: Fraction, places: int) -> float:
    """
    Round for the reader, once and at the very end.

    >>> half_up(Fraction(9, 4), 1), half_up(Fraction(5, 2), 0)
    (2.3, 3.0)
    """
    scale = int(10**places)
    return floor(value * scale + Fraction(1, 2)) / scale
