"""A packed scorecard with the words of its gates and reasons, for one set of questions that don't apply."""

from collections.abc import Sequence

from fitcheck.decision.answers import UNKNOWN
from fitcheck.decision.compiledcost import CompiledCost
from fitcheck.decision.gates import floor_gate, option_gate
from fitcheck.decision.memo import bounded_put
from fitcheck.decision.money import MONEY, Trust, money_because, trust_of
from fitcheck.decision.principal import gate_text
from fitcheck.decision.results import Gate
from fitcheck.decision.rowreasons import RowReasons
from fitcheck.decision.scorecard import Scorecard
from fitcheck.decision.sheet import UNKNOWN as CODE_OF_UNKNOWN, lay_out
from fitcheck.decision.terms import DealTerms

MONEY_ID = "money"
"""Id of the money gate."""

Failed = tuple[str, str]
"""Id of a gate that fails, and the words why."""


class SheetWords:
    """
    One sheet and what a row of it can be told in.

    Attributes:
        sheet: the packed scorecard.
        reasons: its reasons.
        trust: where the band of cycles comes from.
        least_known: answered weight that "pursue" needs while the verdict is open [doubled points].
        tops: the most points of each dimension [points].
        weights: relative weights of the bands of trust that were worked out, for `RowScorer.band_weights`.
    """

    def __init__(self, card: Scorecard, compiled: CompiledCost | None) -> None:
        self.sheet = lay_out(card)
        self.reasons = RowReasons(self.sheet)
        self.trust = trust_of(card, compiled.model) if compiled else Trust(None, ())
        self.least_known = -(-card.screen.least_known * self.sheet.weight // 1)
        self.tops = tuple(dimension.most for dimension in card.dimensions)
        self.weights: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._compiled = compiled
        self._options = self._option_gates()
        self._floors: dict[tuple[int, int, int], Failed] = {}
        self._costs: dict[tuple[object, ...], Failed] = {}

    def failed(self, codes: Sequence[int], low: Sequence[int], high: Sequence[int]) -> list[Failed]:
        """Tell which option gates and floors fail, for sides between `low` and `high` [points]."""
        found = [by_code[code] for j, by_code in self._options.items() if (code := codes[j]) in by_code]
        for index, (side, least) in enumerate(self.sheet.floors):
            if high[side] < least:
                found.append(self.floor(index, low[side], high[side]))
        return found

    def option(self, question: int, code: int) -> Failed:
        """Tell why an answer fails the gate of its question."""
        return self._options[question][code]

    def floor(self, index: int, low: int, high: int) -> Failed:
        """Tell why a floor fails, for points of its side between these [points]."""
        key = (index, low, high)
        found = self._floors.get(key)
        if found is None:
            gate = floor_gate(self.sheet.card, self.sheet.card.floors[index], low, high)
            found = bounded_put(self._floors, key, (gate.id, gate_text(gate)))
        return found

    def money(self, cheapest: int, dearest: int, deal: DealTerms) -> Failed:
        """Tell why the money gate fails, from the bounds of the expected money [1/`CompiledCost.unit`]."""
        gate = self.sheet.card.screen.money_gate
        if self._compiled is None or gate is None or deal.margin is None:
            raise ValueError("there is no money gate")
        key = (cheapest, dearest, deal.margin)
        found = self._costs.get(key)
        if found is None:
            because = money_because((cheapest, dearest), deal, self._compiled)
            text = gate_text(Gate(MONEY_ID, MONEY, "fail", because, gate.because))
            found = bounded_put(self._costs, key, (MONEY_ID, text))
        return found

    def _option_gates(self) -> dict[int, dict[int, Failed]]:
        """In the order of the scorecard: a question with answers that fail a gate, and by code the words for each."""
        found = {}
        questions = {i: j for j, i in enumerate(self.sheet.lines) if i is not None}
        for i, line in enumerate(self.sheet.card.lines):
            by_code = {}
            for code in (*range(len(line.points)), CODE_OF_UNKNOWN) if any(line.gated) else ():
                gate = option_gate(line, None if code < 0 else code, UNKNOWN)
                if gate.state == "fail":
                    by_code[code] = gate.id, gate_text(gate)
            if by_code:
                found[questions[i]] = by_code
        return found
