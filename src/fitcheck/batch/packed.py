"""Answers as packed integers for whole columns: what `fitcheck.decision.sheet` adds up, in words of 64 bits."""

from dataclasses import dataclass

from fitcheck.decision.reasons import ONE_SIDED, line_effect, one_sided_text
from fitcheck.decision.scorecard import Line
from fitcheck.decision.sheet import UNKNOWN, Sheet, option_code

FAIL_BITS = 3
"""Answers of one question that can fail a gate, at most; each has a bit of its own."""

FAILS, MISSING, SPECIAL, POINTS = 7, 8, 16, 0x3FFF << 5
"""Bits of a packed answer: which gate it fails, that it is unknown, that single rows are scored instead; its points."""

NO_ANSWER = SPECIAL | 1 << 5
"""A cell that is no answer; another one that single rows are scored for has the bit `SPECIAL` alone."""

POINT_STEP, KEY_STEP = 1 << 5, 1 << 19
"""What one point, and one unit of the key above the points, count in a packed answer."""

EFFECT_STEP, PLACE_STEP = 1 << 20, 1 << 12
"""A key orders reasons: effect, then place among the lines, then the number of its text, which decides nothing."""

TEXT, GATED = PLACE_STEP - 1, 1 << 11
"""The bits of a key that number its text; the one that is set where the text also says why a gate fails."""

MOST_QUESTIONS, MOST_GATES = 60, 20


@dataclass(frozen=True, slots=True)
class Packed:
    """
    A sheet for whole columns.

    Attributes:
        sheet: where every question applies.
        answers: for each question the packed integer of each option, then of an unknown answer.
        gates: each question that can fail one, in the order of the scorecard, with the codes of the answers that do.
        texts: by number, what a reason says; number 0 is that of no answer.
        groups: for each reason code the questions that can have it, with the keys' texts that do; None for all.
    """

    sheet: Sheet
    answers: tuple[tuple[int, ...], ...]
    gates: tuple[tuple[int, tuple[int, ...]], ...]
    texts: tuple[str, ...]
    groups: tuple[tuple[tuple[int, tuple[int, ...] | None], ...], ...]


def pack(sheet: Sheet) -> Packed | None:
    """
    Pack a sheet for whole columns.

    Returns:
        None where that can't be done: too many questions or texts, one sentence for two answers, or one-sided trust
        that is a group of several reasons. Such tables are scored row by row.
    """
    lines = [(j, i, sheet.card.lines[i]) for j, i in enumerate(sheet.lines) if i is not None]
    failing = {j: _failing(line) for j, _, line in sorted(lines, key=lambda found: found[1]) if any(line.gated)}
    texts = ["", *(option.because for _, _, line in lines for option in line.question.options)]
    two_way = [dim.rubric for dim in sheet.card.dimensions if dim.rubric.is_two_way]
    texts += [one_sided_text(rubric, theirs, 1 - theirs) for rubric in two_way for theirs in (0, 1)]
    plain = (
        len(lines) == len(sheet.lines) <= MOST_QUESTIONS
        and len(failing) <= MOST_GATES
        and all(len(found) <= FAIL_BITS for found in failing.values())
        and len(texts) < GATED
        and len(set(texts)) == len(texts)
        and len(two_way) <= 1
        and ONE_SIDED not in sheet.codes
    )
    if not plain:
        return None
    answers: list[tuple[int, ...]] = []
    by_code: dict[str, dict[int, list[int]]] = {}
    number = 1
    for j, i, line in lines:
        fails = {code: 1 << bit for bit, code in enumerate(failing.get(j, ()))}
        packed = []
        for o, (points, gated) in enumerate(zip(line.points, line.gated, strict=True)):
            text = number + (GATED if gated else 0)
            key = line_effect(line, points) * EFFECT_STEP + i * PLACE_STEP + text
            by_code.setdefault(option_code(line, o), {}).setdefault(j, []).append(text)
            packed.append(key * KEY_STEP + points * POINT_STEP + fails.get(o, 0))
            number += 1
        packed.append(i * PLACE_STEP * KEY_STEP + line.expected * POINT_STEP + MISSING + fails.get(UNKNOWN, 0))
        answers.append(tuple(packed))
    groups = tuple(
        tuple((j, None if len(found) == len(answers[j]) - 1 else tuple(found)) for j, found in by_code[code].items())
        for code in sheet.codes
    )
    return Packed(sheet, tuple(answers), tuple(failing.items()), tuple(texts), groups)


def _failing(line: Line) -> tuple[int, ...]:
    """Codes of the answers that fail the question's gate."""
    return (*(o for o, gated in enumerate(line.gated) if gated), *((UNKNOWN,) if all(line.gated) else ()))


def codes_of(mask: int) -> list[int]:
    """
    Positions of the bits that are set, ascending.

    >>> codes_of(0b1010)
    [1, 3]
    """
    found = []
    while mask:
        lowest = mask & -mask
        found.append(lowest.bit_length() - 1)
        mask ^= lowest
    return found
