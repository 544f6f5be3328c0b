"""Caches of bounded size."""

from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")

MOST_KEPT = 20_000
"""Values of one kind that are kept; at one more all are forgotten, which costs time but never memory."""


def bounded_put(kept: dict[K, V], key: K, value: V, most: int | None = None) -> V:
    """Keep a value under a key, beside at most `most` others (`MOST_KEPT`), and return it."""
    if len(kept) >= (MOST_KEPT if most is None else most):
        kept.clear()
    kept[key] = value
    return value
