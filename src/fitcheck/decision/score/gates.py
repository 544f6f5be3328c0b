"""Deal-breakers: option gates, floors and the money gate, three-valued."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from fitcheck.decision.content.answers import Answer
from fitcheck.decision.memo import bounded_put
from fitcheck.decision.score.bounds import ScoreBounds
from fitcheck.decision.score.results import Gate, GateState
from fitcheck.decision.score.rounding import apart
from fitcheck.decision.score.score_tables import UNKNOWN, ScoreTables
from fitcheck.decision.score.scorecard import FloorGate, Line, Scorecard


class Gates:
    """
    The option gates and floors of one scorecard; what a gate says is put into words once.

    Args:
        tables: of the scorecard.
    """

    def __init__(self, tables: ScoreTables) -> None:
        self._tables = tables
        self._gated = [i for i, line in enumerate(tables.card.lines) if any(line.gated)]
        self._options: dict[tuple[int, int], Gate] = {}
        self._floors: dict[tuple[int, int, int], Gate] = {}

    def every(self, codes: Sequence[int], bounds: ScoreBounds, answers: Mapping[str, Answer]) -> Iterator[Gate]:
        """
        Yield every gate, in the order of the scorecard.

        Args:
            codes: one for each line.
            bounds: of these codes.
            answers: by question id, for evidence and places.
        """
        for i in self._gated:
            gate = self._option(i, codes[i])
            answer = answers.get(gate.id) if codes[i] != UNKNOWN else None
            yield replace(gate, evidence=answer.evidence, where=answer.where) if answer else gate
        for index, (side, _) in enumerate(self._tables.floors):
            yield self._floor(index, bounds.low.sides[side], bounds.high.sides[side])

    def failing(self, codes: Sequence[int], bounds: ScoreBounds) -> Iterator[Gate]:
        """Yield those that fail, in the same order, without evidence and places."""
        if bounds.fails:
            for i in self._gated:
                if self._tables.fails[i][codes[i]]:
                    yield self._option(i, codes[i])
        high = bounds.high.sides
        for index, (side, least) in enumerate(self._tables.floors):
            if high[side] < least:
                yield self._floor(index, bounds.low.sides[side], high[side])

    def _option(self, line: int, code: int) -> Gate:
        key = (line, code)
        found = self._options.get(key)
        if found is None:
            found = self._options[key] = option_gate(self._tables.card.lines[line], code)
        return found

    def _floor(self, index: int, low: int, high: int) -> Gate:
        key = (index, low, high)
        card = self._tables.card
        return self._floors.get(key) or bounded_put(self._floors, key, floor_gate(card, card.floors[index], low, high))


def option_gate(line: Line, code: int) -> Gate:
    """
    Report the gate of a question that has a deal-breaker at this stage.

    Args:
        line: of the question.
        code: index of the chosen option, or `UNKNOWN`.
    """
    question = line.question
    fatal = [picked for picked, gated in zip(question.options, line.gated, strict=True) if gated]
    why = fatal[0].gate_because
    if code == UNKNOWN:
        because = f"not known yet; deal-breaker if {' / '.join(f'“{picked.says}”' for picked in fatal)}"
        return Gate(question.id, question.ask, "fail" if all(line.gated) else "unknown", because, why)
    picked = question.options[code]
    if line.gated[code]:
        return Gate(question.id, question.ask, "fail", picked.because, picked.gate_because)
    return Gate(question.id, question.ask, "pass", picked.because, why)


def floor_gate(card: Scorecard, gate: FloorGate, low: int, high: int) -> Gate:
    """Report one floor, for points of its side between `low` and `high` [points]."""
    dimension = card.dimensions[gate.dimension]
    floor, rubric = gate.floor, dimension.rubric
    title = f"{rubric.title}: {rubric.sides[floor.side]}" if floor.side else rubric.title
    state: GateState = "pass" if low >= gate.least else "fail" if high < gate.least else "unknown"
    whole = dimension.most or 1
    now, least = apart(Fraction(100 * low, whole), Fraction(100 * gate.least, whole))
    best, least_too = apart(Fraction(100 * high, whole), Fraction(100 * gate.least, whole))
    reached = now if low == high else f"{now} to {best}"
    return Gate(
        gate.id,
        title,
        state,
        f"{reached} % of its points, needs {max(least, least_too, key=len)} %",
        floor.because,
    )
