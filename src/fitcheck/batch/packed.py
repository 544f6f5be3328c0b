"""Answers as packed integers for whole columns: what `fitcheck.decision.sheet` adds up, in words of 64 bits."""

from collections.abc import Sequence
from dataclasses import dataclass

from fitcheck.decision.reasons import ONE_SIDED, line_effect, one_sided_text
from fitcheck.decision.sheet import Sheet, option_code

FAILS, MISSING, SPECIAL, POINTS = 1, 2, 4, 0x3FFF << 3
"""Bits of a packed answer: it fails a gate, it is unknown, its row is left to the row engine; its points."""

POINT_STEP, KEY_STEP = 1 << 3, 1 << 17
"""What one point, and one unit of the key above the points, count in a packed answer."""

EFFECT_STEP, PLACE_STEP = 1 << 20, 1 << 12
"""A key orders reasons: effect, then place among the lines, then the number of its text, which decides nothing."""

TEXT, GATED = PLACE_STEP - 1, 1 << 11
"""The bits of a key that number its text; the one that is set where the text also says why a gate fails."""

MOST_QUESTIONS, MOST_PLACES = 60, 1 << 8


@dataclass(frozen=True, slots=True)
class Packed:
    """
    A sheet for whole columns.

    Attributes:
        sheet: where every question applies.
        answers: for each question the packed integer of each option, then of an unknown answer.
        texts: by number, what a reason says.
        groups: for each reason code the questions that can have it.
    """

    sheet: Sheet
    answers: tuple[tuple[int, ...], ...]
    texts: tuple[str, ...]
    groups: tuple[tuple[int, ...], ...]


def pack(sheet: Sheet) -> Packed | None:
    """
    Pack a sheet for whole columns.

    Returns:
        None where that can't be done: too many questions or texts, an option with a reason code of its own, one
        sentence for two answers, or several two-way dimensions. Such tables are scored row by row.
    """
    lines = [(j, i, sheet.card.lines[i]) for j, i in enumerate(sheet.lines) if i is not None]
    codes = [{option_code(line, o) for o in range(len(line.points))} for _, _, line in lines]
    texts = [option.because for _, _, line in lines for option in line.question.options]
    two_way = [dim.rubric for dim in sheet.card.dimensions if dim.rubric.is_two_way]
    texts += [one_sided_text(rubric, theirs, 1 - theirs) for rubric in two_way for theirs in (0, 1)]
    plain = (
        len(lines) == len(sheet.lines) <= MOST_QUESTIONS
        and len(lines) < MOST_PLACES
        and len(texts) < GATED
        and len(set(texts)) == len(texts)
        and all(len(found) == 1 for found in codes)
        and len(two_way) <= 1
        and ONE_SIDED not in sheet.codes
    )
    if not plain:
        return None
    answers: list[tuple[int, ...]] = []
    number = 0
    for _, i, line in lines:
        packed = []
        for points, gated in zip(line.points, line.gated, strict=True):
            key = line_effect(line, points) * EFFECT_STEP + i * PLACE_STEP + number + (GATED if gated else 0)
            packed.append(key * KEY_STEP + points * POINT_STEP + (FAILS if gated else 0))
            number += 1
        unknown = MISSING + (FAILS if all(line.gated) else 0)
        packed.append(i * PLACE_STEP * KEY_STEP + line.expected * POINT_STEP + unknown)
        answers.append(tuple(packed))
    return Packed(sheet, tuple(answers), tuple(texts), sheet.members)


def codes_of(mask: int, count: int) -> Sequence[int]:
    """
    Positions of the bits that are set, of the lowest `count`.

    >>> codes_of(0b1010, 4)
    [1, 3]
    """
    return [j for j in range(count) if mask >> j & 1]
