"""The strongest reasons of a row, from the sums of its sheet; `fitcheck.decision.principal` says the same."""

from collections.abc import Iterator, Sequence

from fitcheck.decision.principal import REASONS, few
from fitcheck.decision.reasons import ONE_SIDED, line_effect, one_sided_text
from fitcheck.decision.sheet import ZERO, Sheet, option_code


class RowReasons:
    """The words of one sheet's reasons."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._first = sheet.sides + 3
        lines = [None if i is None else sheet.card.lines[i] for i in sheet.lines]
        self._texts = [[o.because for o in line.question.options] if line else [] for line in lines]
        self._effects = [[line_effect(line, p) for p in line.points] if line else [] for line in lines]
        self._codes = [[option_code(line, o) for o in range(len(line.points))] if line else [] for line in lines]
        # A group that one question alone can have stands where that question stands.
        self._only = [members[0] if len(members) == 1 else None for members in sheet.members]
        self._two_way = [(k, span.start) for k, span in enumerate(sheet.spans) if span.stop - span.start > 1]
        self._mixed = len(self._two_way) > 1 or ONE_SIDED in sheet.codes

    def strongest(
        self,
        codes: Sequence[int],
        fields: Sequence[int],
        reach: tuple[Sequence[int], Sequence[int]],
        failed: Sequence[str],
        *,
        pursued: bool,
    ) -> tuple[str, ...]:
        """
        Say what speaks for a row that is pursued, or against one that is not, strongest first.

        Args:
            codes: for each question of the screen.
            fields: their sum, from `Sheet.add`.
            reach: points of each side, everything unknown at its worst and at its best [points].
            failed: why gates fail, which is told first.
            pursued: which way the verdict went.

        Returns:
            At most `REASONS` sentences, each once.
        """
        told = list(dict.fromkeys(failed))
        if len(told) >= REASONS:
            return tuple(told[:REASONS])
        effects = fields[self._first :]
        if pursued:
            found = [(ZERO - effect, k) for k, effect in enumerate(effects) if effect > ZERO]
        else:
            found = [(effect - ZERO, k) for k, effect in enumerate(effects) if effect < ZERO]
        one_sided = [*self._one_sided(fields, *reach)] if self._two_way else []
        if one_sided and self._mixed:
            return few([*told, *self._mix(codes, effects, one_sided, pursued=pursued)])
        last = len(effects)
        if one_sided and not pursued:
            found.append((one_sided[0][0], last))
        found.sort()
        for k in self._in_order(found, codes):
            text = one_sided[0][1] if k == last else self._text(k, codes, pursued=pursued)
            if text not in told:
                told.append(text)
                if len(told) == REASONS:
                    break
        return tuple(told)

    def _in_order(self, found: Sequence[tuple[int, int]], codes: Sequence[int]) -> Iterator[int]:
        """Yield groups by effect; of equals the one whose first answer stands first, which is rarely looked up."""
        last = len(self._sheet.codes)
        at = 0
        while at < len(found):
            effect, k = found[at]
            at += 1
            if at == len(found) or found[at][0] != effect:
                yield k
                continue
            equals = [k]
            while at < len(found) and found[at][0] == effect:
                equals.append(found[at][1])
                at += 1
            yield from sorted(equals, key=lambda k: len(codes) if k == last else self._place(k, codes))

    def _place(self, k: int, codes: Sequence[int]) -> int:
        """Position of the first answer of a group among the lines of the scorecard."""
        only = self._only[k]
        lines = self._sheet.lines
        places = (lines[j] for j in ((only,) if only is not None else self._members(k, codes)))
        return min((place for place in places if place is not None), default=len(lines))

    def _members(self, k: int, codes: Sequence[int]) -> list[int]:
        code = self._sheet.codes[k]
        return [j for j in self._sheet.members[k] if codes[j] >= 0 and self._codes[j][codes[j]] == code]

    def _text(self, k: int, codes: Sequence[int], *, pursued: bool) -> str:
        only = self._only[k]
        if only is not None:
            return self._texts[only][codes[only]]
        sign = -1 if pursued else 1
        lines = self._sheet.lines
        best = min(self._members(k, codes), key=lambda j: (sign * self._effects[j][codes[j]], lines[j] or 0))
        return self._texts[best][codes[best]]

    def _one_sided(self, fields: Sequence[int], low: Sequence[int], high: Sequence[int]) -> Iterator[tuple[int, str]]:
        """Effect and words of each two-way dimension of which nothing is open."""
        for k, side in self._two_way:
            if low[side] == high[side] and low[side + 1] == high[side + 1]:
                theirs, ours = fields[side], fields[side + 1]
                effect = 2 * self._sheet.card.join((theirs, ours)) - theirs - ours
                if effect:
                    rubric = self._sheet.card.dimensions[k].rubric
                    yield effect, one_sided_text(rubric, theirs, ours)

    def _mix(
        self, codes: Sequence[int], effects: Sequence[int], one_sided: Sequence[tuple[int, str]], *, pursued: bool
    ) -> list[str]:
        """Reasons where one-sided trust is a group of several: of two dimensions, or with answers of the same code."""
        sign = -1 if pursued else 1
        found = []
        for k, effect in enumerate(effects):
            members = [
                (sign * self._effects[j][codes[j]], self._sheet.lines[j] or 0, self._texts[j][codes[j]])
                for j in self._members(k, codes)
            ]
            total = effect - ZERO
            if self._sheet.codes[k] == ONE_SIDED:
                total += sum(gap for gap, _ in one_sided)
                members += [(sign * gap, len(codes) + i, text) for i, (gap, text) in enumerate(one_sided)]
            if sign * total < 0:
                found.append((sign * total, min(place for _, place, _ in members), min(members)[2]))
        total = sum(gap for gap, _ in one_sided)
        if ONE_SIDED not in self._sheet.codes and sign * total < 0:
            first = min((sign * gap, i, text) for i, (gap, text) in enumerate(one_sided))
            found.append((sign * total, len(codes), first[2]))
        found.sort()
        return [text for _, _, text in found]
