"""
Rows of a block at once, as arrays over the integer tables of the packed scorecard.

Whatever is not a sum of integers (the words of gates, money, hours) is asked of the objects that score single rows,
once for each distinct set of integers, and looked up.
"""

from collections.abc import Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np

from fitcheck.batch.arrays import Flags, Whole
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
)
from fitcheck.decision.principal import REASONS

NONE = 1 << 62
"""Where a key would stand that is no reason."""


class Sums(NamedTuple):
    """
    What the answers of some rows add up to.

    Attributes:
        sides: points of each side, unknown answers where they stand [sides, rows].
        fails: which gates fail, `FAIL_BITS` for each of `Packed.gates`.
        missing: which questions are unknown, a bit each, from the lowest on.
        special: above 0 where the row is left to the row engine.
        bad: which questions have a cell that is no answer, a bit each; those are special too.
    """

    sides: Whole
    fails: Whole
    missing: Whole
    special: Whole
    bad: Whole


def sums(packed: Packed, answers: Whole) -> Sums:
    """Sum up packed answers [questions, rows]."""
    sheet = packed.sheet
    sides = np.zeros((sheet.sides, answers.shape[1]), dtype=np.int64)
    for answer, gap in zip(answers, sheet.gaps, strict=True):
        if gap is not None:
            sides[gap.side] += answer & POINTS
    fails, missing, bad = (np.zeros(answers.shape[1], dtype=np.int64) for _ in range(3))
    for g, (j, _) in enumerate(packed.gates):
        fails |= (answers[j] & FAILS) << FAIL_BITS * g
    for j, answer in enumerate(answers):
        missing |= ((answer & MISSING) // MISSING) << j
        bad |= (answer == NO_ANSWER).astype(np.int64) << j
    special: Whole = np.bitwise_or.reduce(answers, axis=0) & SPECIAL
    return Sums(sides // POINT_STEP, fails, missing, special, bad)


def band(points: Whole, cuts: Sequence[int]) -> Whole:
    """Band of trust for these points; the same as `Trust.band`."""
    return np.searchsorted(np.array(cuts, dtype=np.int64), points, side="right")


def strongest(packed: Packed, answers: Whole, one_sided: Whole | None, *, pursued: bool) -> Whole:
    """
    Find the reasons that tell most.

    Args:
        packed: the sheet.
        answers: packed [questions, rows].
        one_sided: from `one_sided_key`, for rows that are not pursued.
        pursued: what speaks for the rows instead of against them.

    Returns:
        The `REASONS` smallest of the keys below 0 whose text says of no gate why it fails, ascending; `NONE` where
        there are no more [`REASONS`, rows].
    """
    keys = [_group_key(packed, answers, members, pursued=pursued) for members in packed.groups]
    keys += [] if one_sided is None else [one_sided]
    keys += [np.full(answers.shape[1], NONE)] * (REASONS - len(keys))
    said = np.stack(keys)
    said[(said >= 0) | (said & GATED > 0)] = NONE
    return np.sort(np.partition(said, REASONS - 1, axis=0)[:REASONS], axis=0)


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


def one_sided_key(packed: Packed, sides: Whole, dimensions: Whole, is_open: Flags) -> Whole | None:
    """Key of one-sided trust; None without a two-way dimension, `NONE` where answers leave it open."""
    two_ways = [k for k, (_, single) in enumerate(packed.sheet.joins) if not single]
    if not two_ways:
        return None
    first = packed.sheet.joins[two_ways[0]][0]
    theirs, ours = sides[first], sides[first + 1]
    effect = dimensions[two_ways[0]] * 2 - theirs - ours
    number = len(packed.texts) - 2
    # the words for weaker trust of theirs come first
    text = np.where(theirs < ours, number, number + 1)
    return np.where(is_open, NONE, effect * EFFECT_STEP + len(packed.answers) * PLACE_STEP + text)
