"""
Rows of a block at once, as polars expressions over the integer tables of the packed scorecard.

Only what is plain is done here: rows whose verdict no unknown answer can turn, without n/a, with answers and amounts
that can be read. All others are left to `fitcheck.batch.scoring`, row by row. Whatever is not a sum of integers (the
words of gates, money, hours) is asked of the objects that score single rows, once for each distinct set of integers,
and joined back.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from operator import add, or_
from typing import NamedTuple

import polars as pl

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
    Names of the columns that `sums` computes.

    Attributes:
        sides: points of each side, unknown answers where they stand.
        fails: which gates fail, `FAIL_BITS` for each of `Packed.gates`.
        missing: which questions are unknown, a bit each, from the lowest on.
        special: above 0 where the row is left to the row engine.
        bad: which questions have a cell that is no answer, a bit each; those are special too.
    """

    sides: list[str]
    fails: str = "fails"
    missing: str = "missing"
    special: str = "special"
    bad: str = "bad"


def sums(packed: Packed) -> tuple[Sums, list[pl.Expr]]:
    """Sum up the packed answers, which stand in columns `p0`, `p1`, ..."""
    sheet = packed.sheet
    answers = [pl.col(f"p{j}") for j in range(len(packed.answers))]
    sides: list[list[pl.Expr]] = [[] for _ in range(sheet.sides)]
    for j, gap in enumerate(sheet.gaps):
        if gap is not None:
            sides[gap.side].append(answers[j] & POINTS)
    names = [f"side{k}" for k in range(len(sides))]
    fails = [(answers[j] & FAILS) * (1 << FAIL_BITS * g) for g, (j, _) in enumerate(packed.gates)]
    bad = [(answer == NO_ANSWER).cast(pl.Int64) * (1 << j) for j, answer in enumerate(answers)]
    missing = [(answer & MISSING) // MISSING * (1 << j) for j, answer in enumerate(answers)]
    return Sums(names), [
        *((reduce(add, points) // POINT_STEP).alias(name) for points, name in zip(sides, names, strict=True)),
        (reduce(add, fails) if fails else pl.lit(0, pl.Int64)).alias("fails"),
        reduce(add, missing).alias("missing"),
        (reduce(or_, answers) & SPECIAL).alias("special"),
        reduce(add, bad).alias("bad"),
    ]


def joined(packed: Packed, sides: Sequence[pl.Expr]) -> list[pl.Expr]:
    """Points of each dimension from the points of all sides; the same as `Sheet.join`."""
    part, whole = packed.sheet.card.screen.trust_lambda.as_integer_ratio()
    found = []
    for first, single in packed.sheet.joins:
        if single:
            found.append(sides[first])
            continue
        theirs, ours = sides[first], sides[first + 1]
        weaker = pl.min_horizontal(theirs, ours)
        apart = (theirs - ours).abs()
        found.append(weaker if part == whole else weaker + apart * (whole - part) // (2 * whole))
    return found


def band(points: pl.Expr | None, cuts: Iterable[int]) -> pl.Expr:
    """Band of trust for these points; the same as `Trust.band`."""
    if points is None:
        return pl.lit(0, pl.Int64)
    return reduce(add, [(points >= cut).cast(pl.Int64) for cut in cuts], pl.lit(0, pl.Int64))


def reason_keys(packed: Packed, *, pursued: bool) -> list[pl.Expr]:
    """
    For each reason code the key of its group, the more telling the smaller; 0 or more where it says nothing.

    Args:
        packed: the sheet; its packed answers stand in columns `p0`, `p1`, ...
        pursued: keys of what speaks for a row instead of against it.
    """
    return [_group_key(packed, members, pursued=pursued) for members in packed.groups]


def _key(j: int, place: int, texts: Sequence[int] | None, *, pursued: bool) -> pl.Expr:
    """Key of one answer in a group; that of no effect where its reason has another code."""
    key = pl.col(f"p{j}") // KEY_STEP
    if texts is not None:
        key = pl.when(_is_one_of(key & TEXT, texts)).then(key).otherwise(place * PLACE_STEP)
    return (key & (EFFECT_STEP - 1)) * 2 - key if pursued else key


def _is_one_of(number: pl.Expr, numbers: Sequence[int]) -> pl.Expr:
    return reduce(or_, [number == one for one in numbers])


def _group_key(packed: Packed, members: Sequence[tuple[int, Sequence[int] | None]], *, pursued: bool) -> pl.Expr:
    places = {j: packed.sheet.lines[j] or 0 for j, _ in members}
    keys = [_key(j, places[j], texts, pursued=pursued) for j, texts in members]
    if len(keys) == 1:
        return keys[0]
    effect = reduce(add, [key // EFFECT_STEP for key in keys])
    # no text has the number 0, so a key with it is that of no answer in this group
    present = [
        pl.when((key & TEXT) > 0).then(places[j]).otherwise(len(packed.answers))
        for (j, _), key in zip(members, keys, strict=True)
    ]
    strongest_text = pl.min_horizontal(keys) & TEXT
    return effect * EFFECT_STEP + pl.min_horizontal(present) * PLACE_STEP + strongest_text


def one_sided_key(packed: Packed, sides: Sequence[pl.Expr], is_open: pl.Expr) -> pl.Expr | None:
    """Key of one-sided trust; None without a two-way dimension, `NONE` where answers leave it open."""
    joins = packed.sheet.joins
    two_way = [k for k, (_, single) in enumerate(joins) if not single]
    if not two_way:
        return None
    first = joins[two_way[0]][0]
    theirs, ours = sides[first], sides[first + 1]
    effect = joined(packed, sides)[two_way[0]] * 2 - theirs - ours
    number = len(packed.texts) - 2
    # the words for weaker trust of theirs come first
    text = pl.when(theirs < ours).then(number).otherwise(number + 1)
    key = effect * EFFECT_STEP + len(packed.answers) * PLACE_STEP + text
    return pl.when(is_open).then(NONE).otherwise(key)


def strongest(keys: Sequence[pl.Expr], names: Sequence[str]) -> Callable[[pl.LazyFrame], pl.LazyFrame]:
    """Add columns with the `REASONS` smallest of the keys below 0 whose text says of no gate why it fails."""
    said = [pl.when((key >= 0) | ((key & GATED) > 0)).then(NONE).otherwise(key) for key in keys]

    def take(frame: pl.LazyFrame) -> pl.LazyFrame:
        columns = [f"k{g}" for g in range(len(said))]
        frame = frame.with_columns(key.alias(name) for key, name in zip(said, columns, strict=True))
        for nth in range(REASONS):
            least = pl.min_horizontal(columns).alias(names[nth])
            frame = frame.with_columns(least)
            if nth + 1 < REASONS:
                frame = frame.with_columns(
                    pl.when(pl.col(name) == pl.col(names[nth])).then(NONE).otherwise(pl.col(name)).alias(name)
                    for name in columns
                )
        return frame.drop(columns)

    return take
