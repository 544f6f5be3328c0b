"""Why plain rows come to what they do: the gates that fail and three reasons, told once for each distinct row."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from fitcheck.batch.arrays import Flags, Whole
from fitcheck.batch.loops import NONE
from fitcheck.batch.packed import EFFECT_STEP, FAIL_BITS, PLACE_STEP, TEXT, codes_of
from fitcheck.batch.plainrows import PlainRows, Rows, Sides
from fitcheck.decision.memo import bounded_put
from fitcheck.decision.principal import HELD_BACK, REASONS, too_little_text
from fitcheck.decision.sheetwords import MONEY_ID


class PlainReasons:
    """
    Tells the reasons of plain rows.

    Args:
        rows: what scored them.
    """

    def __init__(self, rows: PlainRows) -> None:
        packed, words = rows.packed, rows.words
        self._packed, self._words = packed, words
        self._loops = rows.loops
        self._gates: dict[int, tuple[tuple[str, str], ...]] = {}

    def tell(self, rows: Rows, sides: Sides) -> tuple[Whole, list[str], Whole, list[str]]:
        """
        Tell plain rows why.

        Returns:
            The number of the gates that fail for each row, and their ids by number; the numbers of three reasons
            [`REASONS`, rows], and their words by number, number 0 being none.
        """
        told = _Told(len(rows.at), self._packed.texts)
        self._tell_options(rows, told)
        failing = [rows.high[side] < least for side, least in self._packed.sheet.floors]
        for f, ((side, _), fails) in enumerate(zip(self._packed.sheet.floors, failing, strict=True)):
            at = told.waiting(fails)
            numbers, points = self._loops.numbered({"low": rows.low[side, at], "high": rows.high[side, at]})
            told.say(at, numbers, [self._words.floor(f, low, high)[1] for low, high in points])
        self._tell_money(rows, sides, told)
        at = told.waiting(rows.too_little)
        numbers, known = self._loops.numbered({"known": rows.known[at]})
        weight, least = self._packed.sheet.weight, self._words.sheet.card.screen.least_known
        told.say(at, numbers, [too_little_text(Fraction(points, weight), least) for (points,) in known])
        held_back = (
            rows.is_open & ~rows.pursue & ~rows.too_little & (rows.scores[0] >= self._packed.sheet.card.threshold)
        )
        at = told.waiting(held_back)
        told.say(at, np.zeros(len(at), dtype=np.int64), [HELD_BACK])
        self._tell_lines(rows, told)
        of_gates, gates = self._ids(rows, failing)
        return of_gates, gates, told.first, [*told.texts]

    def _ids(self, rows: Rows, failing: Sequence[Flags]) -> tuple[Whole, list[str]]:
        """The number of the gates that fail for each row, and their ids by number."""
        others = np.zeros(len(rows.at), dtype=np.int64)
        for bit, fails in enumerate([*failing, rows.money_fails]):
            others |= fails.astype(np.int64) << bit
        numbers, distinct = self._loops.numbered({"fails": rows.fails, "others": others})
        rest = [*(gate.id for gate in self._words.sheet.card.floors), MONEY_ID]
        ids = [
            [*(gate for gate, _ in self._options_of(fails)), *(rest[k] for k in codes_of(mask))]
            for fails, mask in distinct
        ]
        return numbers, ["; ".join(one) for one in ids]

    def _tell_options(self, rows: Rows, told: "_Told") -> None:
        at = np.flatnonzero(rows.fails)
        numbers, distinct = self._loops.numbered({"fails": rows.fails[at]})
        words = [[text for _, text in self._options_of(fails)] for (fails,) in distinct]
        for place in range(max(map(len, words), default=0)):
            having = np.array([len(texts) > place for texts in words], dtype=bool)[numbers]
            told.say(at[having], numbers[having], [texts[place] if len(texts) > place else "" for texts in words])

    def _tell_money(self, rows: Rows, sides: Sides, told: "_Told") -> None:
        at = told.waiting(rows.money_fails)
        columns = {"costs": rows.costs[at], "deal": rows.deals[at], "low": rows.bands[0, at], "high": rows.bands[1, at]}
        numbers, distinct = self._loops.numbered(columns)
        words = []
        for costs, deal, low, high in distinct:
            side, of = sides.costs[costs], sides.deals.listed[deal]
            words.append(self._words.money(side.cheapest[high], side.dearest[low], of)[1] if side and of else "")
        told.say(at, numbers, words)

    def _tell_lines(self, rows: Rows, told: "_Told") -> None:
        """Go on with the reasons that tell most."""
        keys = self._loops.strongest(rows.answers, rows.pursue, self._one_sided(rows))
        for place in range(REASONS):
            here = np.flatnonzero(told.said <= place)
            key = keys[place - told.said[here], here]
            told.first[place, here] = np.where(key < 0, key & (TEXT >> 1), 0)

    def _one_sided(self, rows: Rows) -> Whole:
        """Key of one-sided trust; `NONE` where answers leave it open, and without a two-way dimension."""
        packed = self._packed
        two_ways = [k for k, (_, single) in enumerate(packed.sheet.joins) if not single]
        if not two_ways:
            return np.full(len(rows.at), NONE)
        first = packed.sheet.joins[two_ways[0]][0]
        theirs, ours = rows.sides[first], rows.sides[first + 1]
        is_open = (rows.low[first] != rows.high[first]) | (rows.low[first + 1] != rows.high[first + 1])
        effect = rows.dimensions[two_ways[0]] * 2 - theirs - ours
        number = len(packed.texts) - 2
        # the words for weaker trust of theirs come first
        text = np.where(theirs < ours, number, number + 1)
        return np.where(is_open, NONE, effect * EFFECT_STEP + len(packed.answers) * PLACE_STEP + text)

    def _options_of(self, fails: int) -> tuple[tuple[str, str], ...]:
        """Id and words of each option gate that fails."""
        found = self._gates.get(fails)
        if found is None:
            found = tuple(
                self._words.option(j, code)
                for g, (j, codes) in enumerate(self._packed.gates)
                for bit, code in enumerate(codes)
                if fails >> (FAIL_BITS * g + bit) & 1
            )
            bounded_put(self._gates, fails, found)
        return found


class _Told:
    """
    The first reasons of rows.

    Attributes:
        texts: their words, with a number each.
        said: how many each row has so far.
        first: the numbers of their words [`REASONS`, rows].
    """

    def __init__(self, height: int, texts: Sequence[str]) -> None:
        self.texts = {text: number for number, text in enumerate(texts)}
        self.said = np.zeros(height, dtype=np.int64)
        self.first = np.zeros((REASONS, height), dtype=np.int64)

    def waiting(self, rows: Flags) -> Whole:
        """Which of some rows have room for another reason."""
        return np.flatnonzero(rows & (self.said < REASONS))

    def say(self, at: Whole, numbers: Whole, words: Sequence[str]) -> None:
        """Give rows one more reason, but for those that have no room for it, or have it already."""
        reasons = np.array([self.texts.setdefault(text, len(self.texts)) for text in words], dtype=np.int64)[numbers]
        fresh = (self.said[at] < REASONS) & (self.first[:, at] != reasons).all(axis=0)
        at = at[fresh]
        self.first[self.said[at], at] = reasons[fresh]
        self.said[at] += 1
