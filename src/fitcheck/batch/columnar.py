"""
Rows of a block at once, as arrays over the integer tables of the packed scorecard.

Whatever is not a sum of integers (the words of gates, money, hours) is asked of the objects that score single rows,
once for each distinct set of integers, and looked up.
"""

from collections.abc import Sequence
from functools import reduce

import numpy as np

from fitcheck.batch.arrays import Flags, Whole, joined
from fitcheck.batch.loops import NONE, Added
from fitcheck.batch.numbering import numbered
from fitcheck.batch.openarrays import OpenArrays
from fitcheck.batch.packed import (
    EFFECT_STEP,
    FAIL_BITS,
    FAILS,
    GATED,
    KEY_STEP,
    MISSING,
    NO_ANSWER,
    PLACE_STEP,
    POINT_STEP,
    POINTS,
    SPECIAL,
    TEXT,
    Packed,
    codes_of,
)
from fitcheck.decision.memo import bounded_put
from fitcheck.decision.money import Trust
from fitcheck.decision.principal import REASONS
from fitcheck.decision.sheet import UNKNOWN


class ArrayLoops:
    """
    Goes through rows with arrays; see `fitcheck.batch.loops.Loops`.

    Args:
        packed: the scorecard.
        trust: where the band of cycles comes from.
    """

    numbered = staticmethod(numbered)

    def __init__(self, packed: Packed, trust: Trust) -> None:
        self._packed, self._trust = packed, trust
        self._missing: dict[int, tuple[int, ...]] = {}
        self.opening = OpenArrays()

    def add_up(self, answers: Whole, holding: Whole, failing: Whole) -> Added:
        """Add up answers."""
        packed, sheet, trust = self._packed, self._packed.sheet, self._trust
        height = answers.shape[1]
        sides = np.zeros((sheet.sides, height), dtype=np.int64)
        for answer, gap in zip(answers, sheet.gaps, strict=True):
            if gap is not None:
                sides[gap.side] += answer & POINTS
        sides //= POINT_STEP
        fails, missing, bad = (np.zeros(height, dtype=np.int64) for _ in range(3))
        for g, (j, _) in enumerate(packed.gates):
            fails |= (answers[j] & FAILS) << FAIL_BITS * g
        for j, answer in enumerate(answers):
            missing |= ((answer & MISSING) // MISSING) << j
            bad |= (answer == NO_ANSWER).astype(np.int64) << j
        known, unsafe, gaps = self._gaps(missing)
        low, high, best = (sides + gap for gap in gaps)
        dimensions = [np.stack(joined(sheet, points)) for points in (sides, low, high, best)]
        scores = np.stack([points.sum(axis=0) for points in dimensions])
        bands = np.zeros((3, height), dtype=np.int64)
        if trust.dimension is not None:
            cuts = np.array(trust.cuts, dtype=np.int64)
            bands = np.searchsorted(cuts, np.stack([of[trust.dimension] for of in dimensions[1:]]), side="right")
        passes, money_fails, hopeless = (
            (bits >> of_band & 1).astype(bool) for bits, of_band in zip((holding, failing, failing), bands, strict=True)
        )
        may = (fails == 0) & self._hold(best) & (scores[3] >= sheet.card.threshold) & ~hopeless
        pursue = (fails == 0) & ~unsafe & self._hold(low) & passes & (scores[1] >= sheet.card.threshold)
        return Added(
            sides=sides,
            low=low,
            high=high,
            dimensions=dimensions[0],
            scores=scores[:3],
            bands=bands[:2],
            fails=fails,
            missing=missing,
            bad=bad,
            known=known,
            special=(np.bitwise_or.reduce(answers, axis=0) & SPECIAL).astype(bool),
            money_passes=passes,
            money_fails=money_fails,
            pursue=pursue,
            is_open=may & ~pursue,
        )

    def strongest(self, answers: Whole, pursued: Flags, one_sided: Whole) -> Whole:
        """Find the reasons that tell most."""
        found = np.empty((REASONS, answers.shape[1]), dtype=np.int64)
        for are_pursued in (True, False):
            at = np.flatnonzero(pursued == are_pursued)
            some = np.take(answers, at, axis=1)
            keys = [_group_key(self._packed, some, members, pursued=are_pursued) for members in self._packed.groups]
            keys += [] if are_pursued else [one_sided[at]]
            keys += [np.full(len(at), NONE)] * (REASONS - len(keys))
            said = np.stack(keys)
            said[(said >= 0) | (said & GATED > 0)] = NONE
            found[:, at] = np.sort(np.partition(said, REASONS - 1, axis=0)[:REASONS], axis=0)
        return found

    def _hold(self, sides: Whole) -> Flags:
        floors = [sides[side] >= least for side, least in self._packed.sheet.floors]
        return np.logical_and.reduce(floors) if floors else np.ones(sides.shape[1], dtype=bool)

    def _gaps(self, missing: Whole) -> tuple[Whole, Flags, Whole]:
        """What weight is answered, whether an unknown answer may fail a gate, and what it can do to each side."""
        masks, number = np.unique(missing, return_inverse=True)
        table = np.array([self._of_missing(mask) for mask in masks.tolist()], dtype=np.int64).reshape(len(masks), -1)
        found = np.ascontiguousarray(table.T)[:, number]
        return found[0], found[1] > 0, found[2:].reshape(3, self._packed.sheet.sides, -1)

    def _of_missing(self, mask: int) -> tuple[int, ...]:
        found = self._missing.get(mask)
        if found is None:
            sheet = self._packed.sheet
            unknown = codes_of(mask)
            codes = [UNKNOWN if j in unknown else 0 for j in range(len(self._packed.answers))]
            low, high, best, unsafe = sheet.reach(codes, [0] * sheet.sides)
            lost = sum(sheet.card.lines[i].weight for j in unknown if (i := sheet.lines[j]) is not None)
            found = bounded_put(self._missing, mask, (sheet.weight - lost, int(unsafe), *low, *high, *best))
        return found


def _key(answer: Whole, place: int, texts: Sequence[int] | None, *, pursued: bool) -> Whole:
    """Key of one answer in a group; that of no effect where its reason has another code."""
    key = answer // KEY_STEP
    if texts is not None:
        ours = reduce(np.logical_or, [key & TEXT == text for text in texts])
        key = np.where(ours, key, place * PLACE_STEP)
    return (key & (EFFECT_STEP - 1)) * 2 - key if pursued else key


def _group_key(
    packed: Packed, answers: Whole, members: Sequence[tuple[int, Sequence[int] | None]], *, pursued: bool
) -> Whole:
    places = [packed.sheet.lines[j] or 0 for j, _ in members]
    keys = [_key(answers[j], place, texts, pursued=pursued) for (j, texts), place in zip(members, places, strict=True)]
    if len(keys) == 1:
        return keys[0]
    effect: Whole = sum((key // EFFECT_STEP for key in keys), np.zeros_like(keys[0]))
    # no text has the number 0, so a key with it is that of no answer in this group
    present = [np.where(key & TEXT > 0, place, len(packed.answers)) for key, place in zip(keys, places, strict=True)]
    strongest_text = reduce(np.minimum, keys) & TEXT
    key: Whole = effect * EFFECT_STEP + reduce(np.minimum, present) * PLACE_STEP + strongest_text
    return key
