"""
How much the answer to a question can be expected to tell, from counts of completions.

With n of N·W weighted completions good and n_o of them with option o of a question of prior w_o / w, the expected
drop of p(1 − p) is (Σ n_o² w / w_o − n²) / (N·W)². The bracket alone ranks the questions, so nothing but integers is
compared.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import lcm

Told = tuple[int, int, str]
"""What a question is worth, as numerator and denominator > 0; its id."""


def dot(weights: Sequence[int], ways: Sequence[int]) -> int:
    """
    Weighted sum.

    >>> dot([1, 0, 2], [5, 7, 1])
    7
    """
    return sum([weight * count for weight, count in zip(weights, ways, strict=True) if weight])


def told(ways: Sequence[int], prior: tuple[int, ...], good: int, ask_cost: int, question: str) -> Told:
    """
    What a question is worth for the effort of asking it.

    Args:
        ways: good completions by option.
        prior: relative weight of each option.
        good: all good completions.
        ask_cost: relative effort of asking.
        question: its id.
    """
    scale, factors = _factors(prior)
    squares = sum([count * count * factor for count, factor in zip(ways, factors, strict=True) if factor])
    return squares - good * good * scale, scale * ask_cost, question


@lru_cache(maxsize=1024)
def _factors(prior: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
    """The least common multiple of the weights, and for each option that times w / w_o."""
    scale, whole = lcm(*(weight for weight in prior if weight)), sum(prior)
    return scale, tuple(whole * (scale // weight) if weight else 0 for weight in prior)


def most_telling(values: Sequence[Told]) -> Told:
    """Return the question that is worth most; of equals the first."""
    best = values[0]
    for value in values[1:]:
        if value[0] * best[1] > best[0] * value[1]:
            best = value
    return best
