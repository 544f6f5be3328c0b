"""What several loops have in common."""

import numpy as np

from fitcheck.batch.arrays import Whole

SEED, _PRIME, _32 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93), np.uint64(32)


def mixed(value: np.uint64, more: np.uint64) -> np.uint64:
    """Take eight more bytes into a hash, which begins with `SEED`."""
    value = (value ^ more) * _PRIME
    return value ^ (value >> _32)


def two_way(theirs: int, ours: int, share: int, whole: int) -> int:
    """Points of a two-way dimension where `share` of `whole` is its λ; see `fitcheck.decision.scorecard.two_way`."""
    return min(theirs, ours) + abs(theirs - ours) * (whole - share) // (2 * whole)


def band_of(points: int, cuts: Whole) -> int:
    """Band of trust for these points; the same as `Trust.band`."""
    band = 0
    while band < len(cuts) and points >= cuts[band]:
        band += 1
    return band
