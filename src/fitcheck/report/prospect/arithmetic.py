"""Every line of the scorecard and the sum, so that the score can be redone by hand."""

from collections.abc import Iterator

from fitcheck.decision.assessment import Assessment
from fitcheck.decision.score.results import Gate, OpenLine, Reason
from fitcheck.report import words
from fitcheck.report.layout import Line, Span, TextOptions, flow, heading


def arithmetic_lines(assessment: Assessment, exact: Assessment, options: TextOptions) -> Iterator[Line]:
    """
    Every answer, every open question, every gate and the arithmetic.

    Args:
        assessment: as it is printed: its lines add up to the margin.
        exact: the same before it was rounded.
        options: layout.
    """
    note = "effect on score − threshold, rounded so that all add up · points of the most possible"
    yield from heading("Every answer", note, options)
    for dim in assessment.dimensions:
        yield from flow([Span(dim.title, "strong")], options.width, lead=[Span("  ")])
        for reason, unrounded in zip(assessment.reasons, exact.reasons, strict=True):
            if reason.dimension == dim.id:
                yield from _answered(reason, unrounded, options)
        for line in assessment.still_open:
            if line.dimension == dim.id:
                yield from _open(line, options)
        for question in assessment.not_applicable(dim.id):
            told = f"{question}: n/a, its points went to the others"
            yield from flow([Span(told, "faint")], options.width, lead=[Span(" " * 12)])
    yield from _sum(assessment, options)
    if assessment.gates:
        yield from heading("Every gate", "", options)
        for gate in assessment.gates:
            yield from _gate(gate, options)


def _sum(assessment: Assessment, options: TextOptions) -> Iterator[Line]:
    yield from heading("The sum", "", options)
    score, threshold = words.points(assessment.score), words.points(assessment.threshold)
    margin = words.effect(assessment.score - assessment.threshold)
    yield from flow([Span(f"score {score} − threshold {threshold} = {margin}")], options.width, lead=[Span("  ")])
    parts = [f"answers {words.effect(assessment.effect_of_reasons)}"]
    if assessment.still_open:
        parts.append(f"{words.EXPECTED} {words.effect(assessment.effect_of_open)}")
    yield from flow([Span(f"{', '.join(parts)}, together {margin}")], options.width, lead=[Span("  ")])


def _answered(reason: Reason, exact: Reason, options: TextOptions) -> Iterator[Line]:
    told = f"{reason.question}: {reason.says}" if reason.question else reason.text
    notes = [f"{words.exact(exact.points)} of {words.exact(exact.most)}"] if reason.question else []
    notes += [f"exactly {words.exact(exact.effect)}"] if exact.effect != reason.effect else []
    notes += [reason.where.short] if reason.where else []
    lead = [Span(f"  {words.column(reason.effect)}  ")]
    told_of = Span("".join(f" · {note}" for note in notes), "faint")
    yield from flow([Span(told), told_of], options.width, lead=lead)


def _open(line: OpenLine, options: TextOptions) -> Iterator[Line]:
    could = f"not known, {words.effect(line.low)} to {words.effect(line.high)}"
    lead = [Span(f"  {words.column(line.effect)}  ", "open")]
    yield from flow([Span(f"{line.question or line.text}: {could}", "open")], options.width, lead=lead)


def _gate(gate: Gate, options: TextOptions) -> Iterator[Line]:
    where = f" · {gate.where.short}" if gate.where else ""
    lead = [Span(f"  {words.GATE_STATE[gate.state]:<9}  ")]
    yield from flow([Span(f"{gate.title} · {gate.because}"), Span(where, "faint")], options.width, lead=lead)
