"""
The completions of unknown cost answers, as a mixture.

Unknown answers are independent given their priors. With k unknown questions there are as many completions as the
product of their options: `Mixer` keeps the most telling questions as branches of a mixture and lets only mean and
variance of the others through.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from fitcheck.decision.cost.cycles import mean_cycles
from fitcheck.decision.cost.mixture import Mixture
from fitcheck.decision.cost.pert import ZERO, Growth

Alternatives = Mapping[Growth, Fraction]
"""What an unknown answer may add, to its probability; they add up to 1."""

MOST_BRANCHES = 128
"""Most combinations of unknown answers that are kept separate, per number of cycles."""

_Moments = tuple[int, int, int, int, int, int]
"""Mean, variance and fixed part for the deal, then for each cycle, as integers."""

_Component = tuple[int, int, int]
"""Mean, variance and shift of a component."""

_Options = Sequence[tuple[_Moments, int]]
"""What each option adds, and its relative weight."""


class Mixer:
    """
    Mixes what is known with what unknown answers may add, for any distribution of the number of cycles.

    Args:
        known: what comes whatever the unknown answers are.
        unknown: for each unknown question what its options add.
        spread: coefficient of variation of the common factor F, whose mean is 1.
    """

    def __init__(self, known: Growth, unknown: Sequence[Alternatives], spread: Fraction) -> None:
        self._known, self._unknown, self._spread = known, unknown, spread
        self._differences = [_differences(question) for question in unknown]
        self._parts: dict[tuple[int, ...], _Parts] = {}

    def mixture(self, cycles: Sequence[Fraction]) -> Mixture:
        """
        Distribution of F × (uncertain part) + fixed part.

        Args:
            cycles: probability of 1, 2, ... cycles.

        Returns:
            One component for each number of cycles and branch, with exactly the mean and variance of the whole.

        Source:
            Given n cycles and the answers, the uncertain part has mean μ = μX + nμY and variance V = VX + nVY,
            and F × it has the variance V(1 + φ²) + φ²μ². An answer stays the same in all cycles, so what lies
            between the options of a question that is not kept apart grows like (X + nY)², not like n.
        """
        branched = self._branched(mean_cycles(cycles))
        parts = self._parts.get(branched)
        if parts is None:
            parts = self._parts[branched] = _Parts(self._known, self._unknown, branched, self._spread)
        unit = lcm(*(share.denominator for share in cycles))
        components: dict[_Component, int] = {}
        for n, share in enumerate(cycles, start=1):
            if share:
                times = _whole(share, unit)
                for key, weight in parts.after(n).items():
                    components[key] = components.get(key, 0) + weight * times
        return Mixture(components, parts.unit)

    def _branched(self, cycles_mean: Fraction) -> tuple[int, ...]:
        """Choose the questions to keep apart: those whose options differ most, while the branches are not too many."""
        apart = [deal + cycles_mean * (both + cycles_mean * cycle) for deal, both, cycle in self._differences]
        branched, branches = [], 1
        for i in sorted(range(len(apart)), key=lambda i: -apart[i]):
            options = sum(map(bool, self._unknown[i].values()))
            if branches * options <= MOST_BRANCHES:
                branched.append(i)
                branches *= options
        return tuple(branched)


class _Parts:
    """
    What a mixture is made of, once it is chosen which questions are kept apart.

    Attributes:
        unit: of all its mixtures.
    """

    def __init__(
        self, known: Growth, unknown: Sequence[Alternatives], branched: Sequence[int], spread: Fraction
    ) -> None:
        apart = [unknown[i] for i in branched]
        blurred = [question for i, question in enumerate(unknown) if i not in branched]
        self.unit = _unit([known, *(growth for question in unknown for growth in question)], blurred, spread)
        self._branches = _branches(known, [_options(question, self.unit) for question in apart], self.unit)
        self._rest = [_options(question, self.unit) for question in blurred]
        self._factor = (spread * spread).as_integer_ratio()
        self._after: dict[int, Mapping[_Component, int]] = {}

    def after(self, n: int) -> Mapping[_Component, int]:
        """Weighted components after n cycles; the total weight is the same for every n."""
        found = self._after.get(n)
        if found is None:
            numerator, denominator = self._factor
            components: dict[_Component, int] = {}
            blur = _blur(self._rest, n)
            for (mean, variance, fixed, mean_each, variance_each, fixed_each), weight in self._branches.items():
                dear = mean + n * mean_each + blur.mean
                wide = variance + n * variance_each + blur.variance
                whole = (wide * (denominator + numerator) + dear * dear * numerator) // denominator
                key = (dear + blur.more, whole + blur.more_variance, fixed + n * fixed_each + blur.fixed)
                components[key] = components.get(key, 0) + weight
            found = self._after[n] = {key: weight for key, weight in components.items() if weight}
        return found


def _differences(question: Alternatives) -> tuple[Fraction, Fraction, Fraction]:
    """Variance between the options of what comes once, twice the covariance, variance of what each cycle adds."""
    parts = [(growth.deal.total, growth.cycle.total, chance) for growth, chance in question.items() if chance]
    deal = sum((once * chance for once, _, chance in parts), ZERO)
    cycle = sum((each * chance for _, each, chance in parts), ZERO)
    return (
        sum(((once - deal) ** 2 * chance for once, _, chance in parts), ZERO),
        sum((2 * (once - deal) * (each - cycle) * chance for once, each, chance in parts), ZERO),
        sum(((each - cycle) ** 2 * chance for _, each, chance in parts), ZERO),
    )


def _unit(growths: Sequence[Growth], blurred: Sequence[Alternatives], spread: Fraction) -> int:
    """Choose the unit so fine that every moment, also of a blurred question, is an integer."""
    amounts = [amount for growth in growths for amount in (growth.deal, growth.cycle)]
    figures = [figure for amount in amounts for figure in (amount.mean, amount.variance, amount.fixed)]
    shares = lcm(*(chance.denominator for question in blurred for chance in question.values()))
    return lcm(*(figure.denominator for figure in figures)) * spread.denominator * shares * shares


def _branches(known: Growth, branched: Sequence[_Options], unit: int) -> dict[_Moments, int]:
    """Weight of each combination of answers."""
    branches = {_moments(known, unit): 1}
    for options in branched:
        joined: dict[_Moments, int] = {}
        for (a, b, c, d, e, f), weight in branches.items():
            for (u, v, w, x, y, z), times in options:
                key = (a + u, b + v, c + w, d + x, e + y, f + z)
                joined[key] = joined.get(key, 0) + weight * times
        branches = joined
    return branches


@dataclass(frozen=True, slots=True)
class _Blur:
    """
    What the questions that are not kept apart add after a number of cycles.

    Attributes:
        mean, variance: before the common factor, which makes them dearer [1/unit, 1/unit²].
        fixed: in any case, whatever the answers [1/unit].
        more, more_variance: beyond that, where the common factor has done its work [1/unit, 1/unit²].
    """

    mean: int
    variance: int
    fixed: int
    more: int
    more_variance: int


def _blur(questions: Sequence[_Options], cycles: int) -> _Blur:
    mean = variance = fixed = more = more_variance = 0
    for options in questions:
        total = sum(weight for _, weight in options)
        after = [(a + cycles * d, b + cycles * e, c + cycles * f, weight) for (a, b, c, d, e, f), weight in options]
        least = min(certain for _, _, certain, _ in after)
        middle = sum(uncertain * weight for uncertain, _, _, weight in after) // total
        extra = sum((certain - least) * weight for _, _, certain, weight in after) // total
        off = [(uncertain - middle, certain - least - extra, weight) for uncertain, _, certain, weight in after]
        mean, fixed, more = mean + middle, fixed + least, more + extra
        variance += sum(wide * weight for _, wide, _, weight in after) // total
        variance += sum(apart * apart * weight for apart, _, weight in off) // total
        more_variance += sum((2 * apart + beyond) * beyond * weight for apart, beyond, weight in off) // total
    return _Blur(mean, variance, fixed, more, more_variance)


def _options(question: Alternatives, unit: int) -> _Options:
    parts = lcm(*(chance.denominator for chance in question.values()))
    return [(_moments(growth, unit), _whole(chance, parts)) for growth, chance in question.items() if chance]


def _moments(growth: Growth, unit: int) -> _Moments:
    deal, cycle = growth.deal, growth.cycle
    return (
        _whole(deal.mean, unit),
        _whole(deal.variance, unit * unit),
        _whole(deal.fixed, unit),
        _whole(cycle.mean, unit),
        _whole(cycle.variance, unit * unit),
        _whole(cycle.fixed, unit),
    )


def _whole(figure: Fraction, unit: int) -> int:
    return figure.numerator * (unit // figure.denominator)
