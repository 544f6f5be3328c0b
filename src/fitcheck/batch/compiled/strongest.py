"""The reasons that tell most, row by row; `fitcheck.batch.columnar` says the same with arrays."""

import numpy as np

from fitcheck.batch.arrays import Flags, Whole
from fitcheck.batch.compiled.jit import compiled
from fitcheck.batch.loops import NONE
from fitcheck.batch.packed import EFFECT_STEP, GATED, KEY_STEP, PLACE_STEP, TEXT, Packed
from fitcheck.decision.principal import REASONS

QUESTION, PLACE, FIRST_TEXT, LAST_TEXT = range(4)
"""What stands where in a member of a group; all its texts count where there is none between first and last."""


class Strongest:
    """
    Finds reasons.

    Args:
        packed: the scorecard.
    """

    def __init__(self, packed: Packed) -> None:
        members, texts, starts = [], [], [0]
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
        _strongest(answers, pursued, one_sided, self._members, self._texts, self._starts, found)
        return found


@compiled(
    "void(int64[:, ::1], boolean[::1], int64[::1], int64[:, ::1], int64[::1], int64[::1], int64[:, ::1])"
)
def _strongest(
    answers: Whole, pursued: Flags, one_sided: Whole, members: Whole, texts: Whole, starts: Whole, found: Whole
) -> None:
    """
    Find reasons.

    Args:
        members: of all groups [members, 4].
        texts: keys' texts that count.
        starts: where each group of members begins, and the last one ends.
        found: takes the keys [`REASONS`, rows].
    """
    count, height = answers.shape
    groups = len(starts) - 1
    for row in range(height):
        for group in range(groups + 1):
            if group == groups:
                if pursued[row]:
                    break
                key = one_sided[row]
            else:
                first, stop = starts[group], starts[group + 1]
                effect, present, smallest = np.int64(0), np.int64(count), np.int64(NONE)
                for member in range(first, stop):
                    place = members[member, PLACE]
                    key = answers[members[member, QUESTION], row] // KEY_STEP
                    counts = members[member, FIRST_TEXT] == members[member, LAST_TEXT]
                    for text in range(members[member, FIRST_TEXT], members[member, LAST_TEXT]):
                        counts = counts or key & TEXT == texts[text]
                    if not counts:
                        key = place * PLACE_STEP
                    if pursued[row]:
                        key = (key & (EFFECT_STEP - 1)) * 2 - key
                    effect += key // EFFECT_STEP
                    if key & TEXT > 0:
                        present = min(present, place)
                    smallest = min(smallest, key)
                key = smallest
                if stop - first > 1:
                    key = effect * EFFECT_STEP + present * PLACE_STEP + (smallest & TEXT)
            if key >= 0 or key & GATED > 0:
                continue
            at = REASONS
            while at > 0 and key < found[at - 1, row]:
                if at < REASONS:
                    found[at, row] = found[at - 1, row]
                at -= 1
            if at < REASONS:
                found[at, row] = key
