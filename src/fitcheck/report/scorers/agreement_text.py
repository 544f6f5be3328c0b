"""How far judges agree → lines of text: noise first, then question by question."""

from collections.abc import Iterator

from fitcheck.decision.several.agreement import Agreement, QuestionAgreement
from fitcheck.report import words
from fitcheck.report.layout import WIDE, Line, Span, TextOptions, flow, heading
from fitcheck.report.scorers import agreement_words


def agreement_lines(found: Agreement, options: TextOptions) -> Iterator[Line]:
    """The whole report."""
    width = options.width
    lead = [Span("AGREEMENT", "strong"), Span("  ")]
    yield from flow([Span(agreement_words.head(found))], width, lead=lead, indent=2)
    stage = f"our stage: {found.stage} ({words.STAGE_FROM[found.stage_from]})"
    yield from flow([Span(f"screen {found.screen.id} {found.screen.version} · {stage}", "faint")], width)
    for sentence in agreement_words.left_out(found):
        yield from flow([Span(sentence, "open")], width, indent=2)
    if told := agreement_words.too_few(found):
        yield from flow([Span(told, "open")], width, indent=2)
    yield from _noise(found, options)
    for title, questions in agreement_words.parts(found):
        yield from heading(title, "least raw agreement first", options)
        for question in questions:
            yield from _question(question, found, options)
    yield ()
    yield from flow([Span(agreement_words.LEGEND, "faint")], width)


def _noise(found: Agreement, options: TextOptions) -> Iterator[Line]:
    yield from heading("Noise", "standard deviations, in points of the score", options)
    for label, figure, meaning in agreement_words.noise_rows(found):
        lead = [Span(f"  {label:<7}", "strong"), Span(f"  {figure:>9}  ")]
        yield from flow([Span(meaning, "faint")], options.width, lead=lead)
    if found.noise:
        offsets = f"Judges against the mean: {agreement_words.offsets(found.noise)}"
        yield from flow([Span(offsets)], options.width, lead=[Span("  ")], indent=4)
    yield from flow([Span(agreement_words.table(found), "faint")], options.width, lead=[Span("  ")], indent=4)
    if told := agreement_words.remedy(found):
        yield from flow([Span(told)], options.width, lead=[Span("  ")], indent=4)


def _question(question: QuestionAgreement, found: Agreement, options: TextOptions) -> Iterator[Line]:
    lead = [Span(f"  {agreement_words.raw(question):>9}  ", "strong")]
    margin = [Span(" " * (13 if options.width >= WIDE else 4))]
    told = [Span(question.ask), Span(f" · {question.question}", "faint")]
    yield from flow(told, options.width, lead=lead, indent=len(margin[0].text))
    if not agreement_words.too_few(found):
        alpha = agreement_words.alpha(question)
        reading = Span(agreement_words.READINGS[question.reading], agreement_words.TONES[question.reading])
        units = Span(f" · {words.counted(question.units, 'prospect')}", "faint")
        yield from flow([Span(f"alpha {alpha}: " if alpha else ""), reading, units], options.width, lead=margin)
    yield from flow([Span(agreement_words.counts(question), "faint")], options.width, lead=margin)
