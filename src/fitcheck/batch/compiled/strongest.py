"""The reasons that tell most, row by row; `fitcheck.batch.columnar` says the same with arrays."""

import numpy as np

from fitcheck.batch.arrays import Flags, Whole
from fitcheck.batch.compiled.jit import compiled
from fitcheck.batch.loops import NONE
from fitcheck.batch.packed import EFFECT_STEP, GATED, KEY_STEP, PLACE_STEP, TEXT, Packed
from fitcheck.decision.principal import REASONS

KEY_BITS, EFFECT_BITS = KEY_STEP.bit_length() - 1, EFFECT_STEP.bit_length() - 1
"""Both steps are powers of two: to shift is quicker than to divide."""

QUESTION, PLACE, FIRST_TEXT, LAST_TEXT = range(4)
"""What stands where in a member of a group; all its texts count where there is none between first and last."""


class Strongest:
    """
    Finds reasons.

    Args:
        packed: the scorecard.
    """

    def __init__(self, packed: Packed) -> None:
        members, starts = list[tuple[int, int, int, int]](), [0]
        texts: list[int] = []
        for group in packed.groups:
            for question, of_question in group:
                place = packed.sheet.lines[question] or 0
                members.append((question, place, len(texts), len(texts) + len(of_question or ())))
                texts += of_question or ()
            starts.append(len(members))
        self._members = np.array(members, dtype=np.int64).reshape(-1, 4)
        self._texts, self._starts = np.array(texts, dtype=np.int64), np.array(starts, dtype=np.int64)

    def strongest(self, answers: Whole, pursued: Flags, one_sided: Whole) -> Whole:
        """Find the reasons that tell most; see `fitcheck.batch.loops.Loops`."""
        found = np.full((REASONS, answers.shape[1]), NONE, dtype=np.int64)
        room = np.empty((3, len(pursued)), dtype=np.int64)
        _strongest(answers, pursued, one_sided, self._members, self._texts, self._starts, room, found)
        return found


def _take_in(keys: Whole, found: Whole) -> None:
    """Take those keys in among the smallest that are reasons."""
    for row in range(len(keys)):
        key = keys[row]
        if key >= 0 or key & GATED > 0:
            continue
        for place in range(REASONS):
            kept = found[place, row]
            found[place, row] = min(kept, key)
            key = max(kept, key)


@compiled(
    "void(int64[:, ::1], boolean[::1], int64[::1], int64[:, ::1], int64[::1], int64[::1], int64[:, ::1], int64[:, ::1])"
)
def _strongest(
    answers: Whole, pursued: Flags, one_sided: Whole, members: Whole, texts: Whole, starts: Whole, room: Whole,
    found: Whole,
) -> None:  # fmt: skip
    """
    Find reasons, as `Loops.strongest` says.

    `members` has those of all groups [members, 4], `texts` the texts that count, `starts` where each group of members
    begins, and the last one ends; `room` [3, rows] is written over.
    """
    count, height = answers.shape
    effect, present, smallest = room[0], room[1], room[2]
    for group in range(len(starts) - 1):
        first, stop = starts[group], starts[group + 1]
        effect[:], present[:], smallest[:] = 0, count, NONE
        for member in range(first, stop):
            answer, place = answers[members[member, QUESTION]], members[member, PLACE]
            first_text, last_text = members[member, FIRST_TEXT], members[member, LAST_TEXT]
            for row in range(height):
                key = answer[row] >> KEY_BITS
                if first_text < last_text:
                    counts = False
                    for text in range(first_text, last_text):
                        counts = counts or key & TEXT == texts[text]
                    if not counts:
                        key = place * PLACE_STEP
                if pursued[row]:
                    key = (key & (EFFECT_STEP - 1)) * 2 - key
                effect[row] += key >> EFFECT_BITS
                if key & TEXT > 0:
                    present[row] = min(present[row], place)
                smallest[row] = min(smallest[row], key)
        if stop - first > 1:
            for row in range(height):
                smallest[row] = effect[row] * EFFECT_STEP + present[row] * PLACE_STEP + (smallest[row] & TEXT)
        _take_in(smallest, found)
    for row in range(height):
        smallest[row] = NONE if pursued[row] else one_sided[row]
    _take_in(smallest, found)
