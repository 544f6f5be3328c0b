"""What the money gate says of many rows: in which bands of trust it surely holds, and in which it surely fails."""

from collections.abc import Sequence
from itertools import chain

import numpy as np

from fitcheck.batch.arrays import CLOSE, Whole, floats
from fitcheck.batch.deals import Deals
from fitcheck.decision.costanswers import CostAnswers


def money_bands(
    costs: Sequence[CostAnswers | None], of_costs: Whole, deals: Deals, of_deals: Whole, bands: int
) -> Whole:
    """
    Hold what closing costs against what the deal allows.

    Costs and limits are whole numbers of more than 64 bits. Floats compare them, but for those that lie too close.

    Args:
        costs: every set of cost answers that there is; None without a cost model.
        of_costs: number of each row's [k].
        deals: every deal that there is.
        of_deals: number of each row's [k].
        bands: of trust.

    Returns:
        Where the gate holds whatever the unknown cost answers are, and where it fails, a bit for each band [2, k].
    """
    limits = deals.figures.limits[of_deals]
    bits = np.where(np.isnan(limits), [[-1], [0]], 0)
    sides = [side for side in costs if side]  # all of them, or none
    if not sides:
        return bits
    bounds = floats(chain.from_iterable((*side.dearest, *side.cheapest) for side in sides)).reshape(len(sides), 2, -1)
    close = np.zeros(len(limits), dtype=bool)
    for band in range(bands):
        dearest, cheapest = bounds[of_costs, :, band].T
        bits |= np.stack([dearest <= limits, cheapest > limits]).astype(np.int64) << band
        with np.errstate(invalid="ignore"):  # where both are beyond all floats, which is close too
            for bound in (dearest, cheapest):
                close |= ~(np.abs(bound - limits) > CLOSE * limits)
    for row in np.flatnonzero(close & ~np.isnan(limits)).tolist():
        side, limit = sides[of_costs[row]], deals.limit(of_deals[row])
        if limit is not None:
            bits[0, row] = sum(1 << band for band in range(bands) if side.dearest[band] <= limit)
            bits[1, row] = sum(1 << band for band in range(bands) if side.cheapest[band] > limit)
    return bits
