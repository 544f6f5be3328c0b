"""What two halves of the cost questions cost; `fitcheck.batch.limits.pair_up` says the same with arrays."""

import numpy as np

from fitcheck.batch.arrays import Flags, Whole
from fitcheck.batch.compiled.jit import compiled
from fitcheck.batch.limits import Side, Within


def pair_up(mine: Side, theirs: Side, rests: Whole, options: int) -> Within:
    """Weigh what costs at most so much."""
    whole, sure = np.empty(len(rests), dtype=np.int64), np.empty(len(rests), dtype=np.bool_)
    by = np.zeros((len(rests), len(mine.options), options), dtype=np.int64)
    _pair_up(mine.costs, mine.weights, mine.options, theirs.costs, theirs.up_to, rests, whole, by, sure)
    return Within(whole, by, sure)


@compiled(
    "void(int64[::1], int64[::1], int64[:, ::1], int64[::1], int64[::1], int64[::1], int64[::1], int64[:, :, ::1],"
    " boolean[::1])"
)
def _pair_up(
    mine: Whole, weights: Whole, options: Whole, theirs: Whole, up_to: Whole, rests: Whole, whole: Whole, by: Whole,
    sure: Flags,
) -> None:  # fmt: skip
    """Of mine ever more costs leave ever less for theirs: one pass over both, for each of the rests."""
    for k in range(len(rests)):
        rest = rests[k]
        surely = perhaps = len(theirs)
        total = 0
        is_sure = True
        for at in range(len(mine)):
            left = rest - mine[at]
            while perhaps > 0 and theirs[perhaps - 1] > left:
                perhaps -= 1
            while surely > 0 and theirs[surely - 1] > left - 2:
                surely -= 1
            is_sure = is_sure and surely == perhaps
            ways = weights[at] * up_to[surely]
            total += ways
            for question in range(len(options)):
                by[k, question, options[question, at]] += ways
        whole[k], sure[k] = total, is_sure
