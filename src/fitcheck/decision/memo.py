"""Caches of bounded size."""

from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")

MOST_KEPT = 20_000
"""Most cached values of one kind; one more clears the cache, which bounds memory."""


def bounded_put(kept: dict[K, V], key: K, value: V, most: int | None = None) -> V:
    """Store and return a value, in a cache of at most `most` others (`MOST_KEPT`)."""
    if len(kept) >= (MOST_KEPT if most is None else most):
        kept.clear()
    kept[key] = value
    return value
