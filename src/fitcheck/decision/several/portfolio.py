"""
Which deals fit in limited hours with 80 % probability: a chance-constrained knapsack.

Hours are uncertain, so a set of deals needs more room than its expected hours: the spare is z √V, V being the sum of
the variances. For every t > 0 it is at most z (V / t + t) / 2, and equal to it at t = √V. With t fixed the spare adds
up over deals: each reserves its expected hours and z variance / 2t, and z t / 2 is set aside for all. So the best set
is the best one over a grid of t, each of which is an ordinary knapsack, and every set found does fit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from fitcheck.decision.several.knapsack import Items, Packing, items_of, pack, relax

Z = Fraction(841_622, 1_000_000)
"""The standard normal's P80, rounded up in the sixth decimal."""

MINUTES = 60
"""Of an hour: hours are reserved in whole minutes."""

MOST_DEAL_HOURS = 1_000_000
"""Up to this many deals × hours the best set is found exactly, such as 500 deals for 2,000 hours; beyond, greedily."""

MICRO = 1_000_000
GROWTH = 4
"""Each t of the grid is larger than the one before by 1/GROWTH, so a spare is at most 1/160 larger than needed."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """
    A deal that may be taken on.

    Attributes:
        value: in the smallest unit of money; a deal worth nothing or less is never chosen.
        mean: expected hours [hours].
        variance: of the hours [hours²].
    """

    value: int
    mean: Fraction
    variance: Fraction


@dataclass(frozen=True, slots=True)
class Step:
    """
    The fewest further half hours that bring anything.

    Attributes:
        hours: [hours].
        gain: how much more the best set is then worth.
        added, dropped: indices of the candidates that come and go.
    """

    hours: Fraction
    gain: int
    added: tuple[int, ...]
    dropped: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """
    What to take on.

    Attributes:
        chosen: indices of the candidates, ascending.
        value: of all chosen.
        bound: no set of candidates is worth more, in hours reserved by the minute.
        exact: whether no set is worth more than this one, likewise.
        mean: expected hours of all chosen [hours].
        reserved: P80 of the hours of all chosen together, rounded up; never above the available hours [hours].
        shares: how much of `reserved` each chosen one takes, rounded down [hours].
        one_more_hour: how much more the best set would be worth with one hour more; None beyond `MOST_DEAL_HOURS`.
        price: value for one more hour where the hours run out, were deals divisible; 0 if every deal has room.
        step: None if nothing is left to add, or beyond `MOST_DEAL_HOURS`.
    """

    chosen: tuple[int, ...]
    value: int
    bound: int
    exact: bool
    mean: Fraction
    reserved: Fraction
    shares: tuple[Fraction, ...]
    one_more_hour: int | None
    price: Fraction
    step: Step | None


def plan(candidates: Sequence[Candidate], hours: Fraction) -> Plan:
    """
    Choose the set that is worth most.

    Args:
        candidates: hours of different deals are taken as independent of each other.
        hours: available, >= 0.

    Returns:
        A set with Σ mean + z √(Σ variance) <= `hours`. Up to `MOST_DEAL_HOURS`, a set worth more would leave less free
        than one minute, one per deal, and 1/160 of its spare. Beyond, `exact` is False unless the greedy set reaches
        the bound.

    Source:
        P80 of a sum as that of a normal distribution with its mean and variance, z = 0.8416; for hours, which are
        skewed to the right, that errs on the safe side. The variance of a deal holds the common factor that makes
        all its activities dearer together. Reserving each deal at its own P80 would set aside far too much.

    >>> small, large = Candidate(50, Fraction(10), Fraction(9)), Candidate(90, Fraction(30), Fraction(16))
    >>> found = plan([small, large, small], Fraction(48))
    >>> found.chosen, float(found.mean), round(float(found.reserved), 2)
    ((0, 1), 40.0, 44.21)
    """
    worth = sum(candidate.value > 0 for candidate in candidates)
    longest = Fraction(MOST_DEAL_HOURS, max(worth, 1))
    small = hours <= longest
    levels = _levels(candidates)
    found, bound, price = _best(levels, hours, exact=small)
    exact = small or found.value == bound
    left = worth - len(found.chosen)
    more = _best(levels, hours + 1, exact=True)[0].value - found.value if small and left else 0
    return Plan(
        chosen=found.chosen,
        value=found.value,
        bound=found.value if exact else bound,
        exact=exact,
        mean=sum((candidates[i].mean for i in found.chosen), Fraction(0)),
        reserved=min(hours, reserve([candidates[i] for i in found.chosen])),
        shares=_shares([candidates[i] for i in found.chosen]),
        one_more_hour=more if small else None,
        price=price if left else Fraction(0),
        step=_step(levels, hours, found, longest) if small and left else None,
    )


def reserve(candidates: Sequence[Candidate]) -> Fraction:
    """
    P80 of the hours of all these deals together, rounded up to a millionth [hours].

    >>> float(reserve([Candidate(1, Fraction(30), Fraction(100))]))
    38.41622
    """
    mean = sum(_up(candidate.mean) for candidate in candidates)
    spare = Z * _root(sum(_up(candidate.variance) for candidate in candidates))
    return Fraction(mean - (-spare.numerator // spare.denominator), MICRO)


def _shares(candidates: Sequence[Candidate]) -> tuple[Fraction, ...]:
    """Share out the spare in proportion to the variances."""
    root = Fraction(_root(sum(_up(candidate.variance) for candidate in candidates)), MICRO)
    return tuple(candidate.mean + (Z * candidate.variance / root if root else 0) for candidate in candidates)


@dataclass(frozen=True, slots=True)
class _Level:
    """
    The knapsack at one t.

    Attributes:
        t: [1/MICRO hours].
        items: the deals, their weights in minutes.
    """

    t: int
    items: Items

    def capacity(self, hours: Fraction) -> int:
        """What is left beside the hours set aside for all [minutes]; negative if nothing is."""
        left = (hours - Z * self.t / (2 * MICRO)) * MINUTES
        return left.numerator // left.denominator


def _levels(candidates: Sequence[Candidate]) -> list[_Level]:
    """
    Grid of t, from the smallest deviation of a deal to that of all of them.

    At t = 0 only deals whose hours are certain can be chosen.
    """
    values = [candidate.value for candidate in candidates]
    means = [_up(candidate.mean) for candidate in candidates]
    variances = [_up(candidate.variance) for candidate in candidates]
    certain = [0 if variance else value for value, variance in zip(values, variances, strict=True)]
    levels = [_Level(0, items_of(certain, [-(-mean * MINUTES // MICRO) for mean in means]))]
    spread = [variance for variance, value in zip(variances, values, strict=True) if variance and value > 0]
    t, last, share = isqrt(min(spread, default=0) * MICRO), _root(sum(spread)), int(Z * MICRO) * MINUTES // 2
    while levels[-1].t < last:
        weights = [
            -(-(mean * MINUTES * t + share * variance) // (MICRO * t))
            for mean, variance in zip(means, variances, strict=True)
        ]
        levels.append(_Level(t, items_of(values, weights)))
        t += t // GROWTH
    return levels


def _best(levels: Sequence[_Level], hours: Fraction, *, exact: bool) -> tuple[Packing, int, Fraction]:
    """Return the best set over all levels, the bound, and the value of an hour where the hours run out."""
    open_levels = [(level, level.capacity(hours)) for level in levels]
    relaxed = [(relax(level.items, room), level, room) for level, room in open_levels if room >= 0]
    relaxed.sort(key=lambda entry: -entry[0].bound)
    best = Packing((), 0)
    for bound, level, room in relaxed:
        if bound.bound <= best.value:
            break
        best = pack(level.items, room, exact=exact, more_than=best.value) or best
    top, level, _ = relaxed[0]
    price = Fraction(0)
    if top.cut is not None:
        price = Fraction(level.items.values[top.cut] * MINUTES, level.items.weights[top.cut])
    return best, top.bound, price


def _step(levels: Sequence[_Level], hours: Fraction, now: Packing, longest: Fraction) -> Step | None:
    """Find the fewest half hours more with which the best set is worth more; None if `longest` does not do."""

    def with_more(halves: int) -> Packing:
        return _best(levels, hours + Fraction(halves, 2), exact=True)[0]

    none, some = 0, 1
    while (after := with_more(some)).value <= now.value:
        none, some = some, 2 * some
        if hours + Fraction(some, 2) > longest:
            return None
    while some - none > 1:
        middle = (none + some) // 2
        found = with_more(middle)
        if found.value > now.value:
            some, after = middle, found
        else:
            none = middle
    return Step(
        hours=Fraction(some, 2),
        gain=after.value - now.value,
        added=tuple(i for i in after.chosen if i not in now.chosen),
        dropped=tuple(i for i in now.chosen if i not in after.chosen),
    )


def _up(value: Fraction) -> int:
    """Count in millionths, rounded up."""
    return -(-value.numerator * MICRO // value.denominator)


def _root(variance: int) -> int:
    """Deviation of a variance, both in millionths, rounded up."""
    square = variance * MICRO
    root = isqrt(square)
    return root if root * root == square else root + 1
