"""Every line of the scorecard and the sum, exact, so that the score can be redone by hand."""

from collections.abc import Iterator

from fitcheck.decision.assessment import Assessment
from fitcheck.decision.score.results import Gate, OpenLine, Reason
from fitcheck.report import words
from fitcheck.report.document import Block, Item, Span, items, para, section, text


def arithmetic(assessment: Assessment) -> Iterator[Block]:
    """
    Every answer, every open question, every deal-breaker and the arithmetic.

    Args:
        assessment: exact, not rounded.
    """
    answers: list[Block] = []
    for dim in assessment.dimensions:
        lines = [_answered(reason) for reason in assessment.reasons if reason.dimension == dim.id]
        lines += [_open(line) for line in assessment.still_open if line.dimension == dim.id]
        lines += [
            Item(Span(""), text(Span(f"{question}: not applicable, its points went to the others", "faint")))
            for question in assessment.not_applicable(dim.id)
        ]
        answers += [para(Span(dim.title, "strong")), *items(lines, 10, "right")]
    yield from section("Every answer", answers, "effect on score − threshold · points out of maximum")
    yield from section("The sum", _sum(assessment))
    yield from section("Every deal-breaker", items(map(_gate, assessment.gates)))


def _sum(assessment: Assessment) -> Iterator[Block]:
    score, threshold = words.exact(assessment.score), words.exact(assessment.threshold)
    margin = words.exact_effect(assessment.score - assessment.threshold)
    yield para(f"score {score} − threshold {threshold} = {margin}")
    parts = [f"answers {words.exact_effect(assessment.effect_of_reasons)}"]
    if assessment.still_open:
        parts.append(f"{words.EXPECTED} {words.exact_effect(assessment.effect_of_open)}")
    yield para(f"{', '.join(parts)}, together {margin}")


def _answered(reason: Reason) -> Item:
    told = f"{reason.question}: {reason.says}" if reason.question else reason.text
    notes = [f"{words.exact(reason.points)} of {words.exact(reason.most)}"] if reason.question else []
    notes += [reason.where.short] if reason.where else []
    told_of = Span("".join(f" · {note}" for note in notes), "faint")
    return Item(Span(words.exact_effect(reason.effect)), text(told, told_of))


def _open(line: OpenLine) -> Item:
    could = f"not known, {words.effect(line.low)} to {words.effect(line.high)}"
    told = f"{line.question or line.text}: {could}"
    return Item(Span(words.exact_effect(line.effect), "open"), text(Span(told, "open")))


def _gate(gate: Gate) -> Item:
    where = Span(f" · {gate.where.short}" if gate.where else "", "faint")
    title = gate.title if gate.title.endswith("?") else f"{gate.title}:"
    return Item(Span(words.GATE_STATE[gate.state]), text(f"{title} {gate.because}", where))
