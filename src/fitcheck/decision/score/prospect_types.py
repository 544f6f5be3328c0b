"""
Three types of prospect: unknown answers are guessed from the known ones.

Answers are correlated: a prospect that sends test data unasked rarely hides bad news. So an open question is not
guessed in isolation. A prospect is hard, ordinary or good to work with; each answer shifts the odds of the types, and
the types imply how likely the other answers are.

Source: latent class analysis (Lazarsfeld & Henry 1968); with the answers given it is a mixture of naive Bayes models.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm, prod
from operator import mul
from typing import get_args

from fitcheck.decision.content.rubric import ProspectType

TYPES: tuple[ProspectType, ...] = get_args(ProspectType)

ORDINARY = TYPES.index("ordinary")
"""Answers by the base rates alone."""

USUAL: Mapping[ProspectType, int] = {"hard": 1, "ordinary": 2, "good": 1}
"""Odds of the types before anything is known, where the screen names none."""

BASE_RATE, GATED_BASE_RATE = 10, 3
"""How often an ordinary prospect gives an answer, relative to others; less often one that is a deal-breaker."""

SCORED_TILT, COST_TILT = 6, 2
"""How much more often than an ordinary prospect a good one gives the best answer, beyond once; a hard one the worst."""

TypeOdds = tuple[int, ...]
"""Relative weight of each of `TYPES`."""

NO_EVIDENCE: TypeOdds = (1,) * len(TYPES)
"""Unknown answers are equally likely under every type."""


@dataclass(frozen=True, slots=True)
class Guess:
    """
    How each type of prospect answers one question.

    Attributes:
        weights: for each type the relative weight of each option.
        totals: for each type the sum of its weights.
        evidence: for each option how likely each type is to give it, relative to the option's base rate.
    """

    weights: tuple[tuple[int, ...], ...]
    totals: tuple[int, ...]
    evidence: tuple[TypeOdds, ...]

    @property
    def likeliest(self) -> int:
        """Index of the option with the largest base rate, the first of them."""
        usual = self.weights[ORDINARY]
        return usual.index(max(usual))

    def means(self, points: Sequence[int]) -> tuple[TypeOdds, int]:
        """Return what each type gives on average, from the points of each option, and the common divisor of it."""
        common = lcm(*self.totals)
        pairs = zip(self.weights, self.totals, strict=True)
        return tuple([sum(map(mul, weights, points)) * (common // total) for weights, total in pairs]), common

    def shares(self, odds: TypeOdds) -> list[Fraction]:
        """Probability of each option, 0..1, for these odds of the types."""
        whole = sum(odds)
        parts = [
            [Fraction(weight * of_type, total * whole) for weight in weights]
            for weights, total, of_type in zip(self.weights, self.totals, odds, strict=True)
        ]
        return [sum(shares, Fraction(0)) for shares in zip(*parts, strict=True)]


def guess(merits: Sequence[Fraction], base: Sequence[int], tilt: int = SCORED_TILT) -> Guess:
    """
    Say how each type of prospect answers a question.

    Args:
        merits: of each option, 0 (the worst answer) to 1 (the best).
        base: base rate of each option, >= 0, at least one above 0; an ordinary prospect answers like this.
        tilt: >= 0; a good prospect gives an option 1 + tilt × merit times as often, a hard one 1 + tilt × (1 − merit).

    >>> guess([Fraction(1), Fraction(0)], [10, 10], tilt=6).weights
    ((1, 7), (1, 1), (7, 1))
    """
    unit = lcm(*(merit.denominator for merit in merits))
    whole = [int(merit * unit) for merit in merits]
    tilts = (
        [unit + tilt * (unit - merit) for merit in whole],
        [unit for _ in whole],
        [unit + tilt * merit for merit in whole],
    )
    weights = [[rate * each for rate, each in zip(base, of_type, strict=True)] for of_type in tilts]
    divisors = [gcd(*row) for row in weights]
    totals = [sum(row) for row in weights]
    common = lcm(*totals)
    evidence = [[each * (common // total) for each in of_type] for of_type, total in zip(tilts, totals, strict=True)]
    return Guess(
        weights=tuple(tuple(w // divisor for w in row) for row, divisor in zip(weights, divisors, strict=True)),
        totals=tuple(total // divisor for total, divisor in zip(totals, divisors, strict=True)),
        evidence=tuple(_reduced(of_option) for of_option in zip(*evidence, strict=True)),
    )


def after(odds: TypeOdds, evidence: Iterable[TypeOdds]) -> TypeOdds:
    """Odds of the types once these answers are known, in lowest terms; Bayes' rule."""
    return _reduced([*map(prod, zip(odds, *evidence, strict=True))])


def _reduced(odds: Sequence[int]) -> TypeOdds:
    divisor = gcd(*odds) or 1
    return tuple([each // divisor for each in odds])
