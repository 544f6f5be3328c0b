"""Every line of the scorecard and the sum, so that the score can be redone by hand."""

from collections.abc import Iterator

from fitcheck.decision.assessment import Assessment
from fitcheck.decision.score.results import Gate, OpenLine, Reason
from fitcheck.report import words
from fitcheck.report.layout import Line, Span, TextOptions, flow, heading


def arithmetic_lines(assessment: Assessment, options: TextOptions) -> Iterator[Line]:
    """Every answer, every open question, every gate and the arithmetic."""
    yield from heading("Every answer", "effect on score − threshold · points of the most possible", options)
    for dim in assessment.dimensions:
        yield from flow([Span(dim.title, "strong")], options.width, lead=[Span("  ")])
        for reason in assessment.reasons:
            if reason.dimension == dim.id:
                yield from _answered(reason, options)
        for line in assessment.still_open:
            if line.dimension == dim.id:
                yield from _open(line, options)
        for question in assessment.not_applicable(dim.id):
            told = f"{question}: n/a, its points went to the others"
            yield from flow([Span(told, "faint")], options.width, lead=[Span(" " * 12)])
    yield from heading("The sum", "", options)
    answered, still_open = assessment.effect_of_reasons, assessment.effect_of_open
    score, threshold = words.points(assessment.score), words.points(assessment.threshold)
    margin = words.effect(2 * (assessment.score - assessment.threshold))
    parts = f"answers {words.effect(answered)}, open questions {words.effect(still_open)}"
    for sentence in (f"score {score} − threshold {threshold} = {margin}", f"{parts}, together {margin}"):
        yield from flow([Span(sentence)], options.width, lead=[Span("  ")])
    if assessment.gates:
        yield from heading("Every gate", "", options)
        for gate in assessment.gates:
            yield from _gate(gate, options)


def _answered(reason: Reason, options: TextOptions) -> Iterator[Line]:
    told = f"{reason.question}: {reason.says}" if reason.question else reason.text
    points = f" · {words.points(reason.points)} of {words.points(reason.most)}" if reason.question else ""
    where = f" · {reason.where.short}" if reason.where else ""
    lead = [Span(f"  {words.column(reason.effect)}  ")]
    yield from flow([Span(told), Span(points + where, "faint")], options.width, lead=lead)


def _open(line: OpenLine, options: TextOptions) -> Iterator[Line]:
    could = f"not known, {words.effect(line.low)} to {words.effect(line.high)}"
    lead = [Span(f"  {words.column(line.effect)}  ", "open")]
    yield from flow([Span(f"{line.question or line.text}: {could}", "open")], options.width, lead=lead)


def _gate(gate: Gate, options: TextOptions) -> Iterator[Line]:
    where = f" · {gate.where.short}" if gate.where else ""
    lead = [Span(f"  {words.GATE_STATE[gate.state]:<9}  ")]
    yield from flow([Span(f"{gate.title} · {gate.because}"), Span(where, "faint")], options.width, lead=lead)
