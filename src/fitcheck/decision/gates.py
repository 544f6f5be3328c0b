"""What no amount of other merit makes up for: option gates and floors, three-valued."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from fitcheck.decision.answers import UNKNOWN, Answer
from fitcheck.decision.results import Gate, GateState
from fitcheck.decision.rounding import apart
from fitcheck.decision.scorecard import FloorGate, Line, Scorecard


def option_gates(card: Scorecard, chosen: Sequence[int | None], answers: Mapping[str, Answer]) -> Iterator[Gate]:
    """One gate for each question with an answer that fails at this stage, in rubric order."""
    for line, option in zip(card.lines, chosen, strict=True):
        if any(line.gated):
            yield option_gate(line, option, answers.get(line.question.id, UNKNOWN))


def option_gate(line: Line, option: int | None, answer: Answer) -> Gate:
    """
    Report the gate of a question with an answer that fails at this stage.

    Args:
        line: of the question.
        option: index of the chosen option, None if unknown.
        answer: for evidence and place.
    """
    question = line.question
    fatal = [picked for picked, gated in zip(question.options, line.gated, strict=True) if gated]
    why = fatal[0].gate_because
    if option is None:
        because = f"not known; it fails at: {' / '.join(f'“{picked.says}”' for picked in fatal)}"
        return Gate(question.id, question.ask, "fail" if all(line.gated) else "unknown", because, why)
    picked = question.options[option]
    failed = line.gated[option]
    return Gate(
        question.id,
        question.ask,
        "fail" if failed else "pass",
        picked.because,
        picked.gate_because if failed else why,
        answer.evidence,
        answer.where,
    )


def floor_gates(card: Scorecard, low: Sequence[Sequence[int]], high: Sequence[Sequence[int]]) -> Iterator[Gate]:
    """
    One gate for each floor.

    Args:
        card: the compiled screen.
        low: least points of each side of each dimension over what is unknown [points].
        high: most points, likewise [points].
    """
    for gate in card.floors:
        yield floor_gate(card, gate, low[gate.dimension][gate.side], high[gate.dimension][gate.side])


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
        f"{reached} % of its points, at least {max(least, least_too, key=len)} % needed",
        floor.because,
    )
