"""Rounds of the sales loop: exact probabilities of 1, 2, ... cycles."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import zip_longest

from fitcheck.decision.content.cost_model import Shape

ZERO = Fraction(0)


def cycle_pmf(extra: Fraction, most: int, shape: Shape) -> tuple[Fraction, ...]:
    """
    Probability of 1, 2, ..., `most` cycles.

    Args:
        extra: mean number of cycles beyond the first, before truncation, >= 0.
        most: we walk away after this many cycles, >= 1.
        shape: geometric: after every cycle they ask for another with probability extra / (1 + extra);
            poisson: the extra cycles are planned.

    Returns:
        Exact probabilities that add up to 1; only the first where there are no extra cycles.

    Source:
        Truncated geometric p_n ∝ q^(n−1) with q = e/(1+e); truncated Poisson p_n ∝ e^(n−1)/(n−1)!,
        whose exp(−e) cancels.

    >>> cycle_pmf(Fraction(1), 3, "geometric")
    (Fraction(4, 7), Fraction(2, 7), Fraction(1, 7))
    >>> cycle_pmf(Fraction(1), 3, "poisson")
    (Fraction(2, 5), Fraction(2, 5), Fraction(1, 5))
    """
    if extra == 0:
        return (Fraction(1),)
    weights = [Fraction(1)]
    for extra_cycles in range(1, most):
        ratio = extra / (1 + extra) if shape == "geometric" else extra / extra_cycles
        weights.append(weights[-1] * ratio)
    total = sum(weights)
    return tuple(weight / total for weight in weights)


def mix_cycles(pmfs: Sequence[Sequence[Fraction]], weights: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """Mix distributions of the number of cycles; `weights` add up to 1, those of weight 0 leave no trace."""
    scaled = [[weight * p for p in pmf] for pmf, weight in zip(pmfs, weights, strict=True) if weight]
    return tuple(sum(column, ZERO) for column in zip_longest(*scaled, fillvalue=ZERO))


def mean_cycles(pmf: Sequence[Fraction]) -> Fraction:
    """Mean number of cycles; `pmf` holds the probabilities of 1, 2, ... cycles."""
    return sum((n * p for n, p in enumerate(pmf, start=1)), ZERO)
