"""How far judges agree → Markdown: headings, bold, lists; no tables."""

from collections.abc import Iterator

from fitcheck.decision.several.agreement import Agreement
from fitcheck.report import words
from fitcheck.report.markdown import escape
from fitcheck.report.scorers import agreement_words


def agreement_markdown(found: Agreement) -> str:
    """The whole report; ends with a line feed."""
    return "".join(f"{line}\n" for line in _lines(found))


def _lines(found: Agreement) -> Iterator[str]:
    yield "## Agreement of judges"
    yield ""
    yield f"{escape(agreement_words.head(found))}."
    for sentence in agreement_words.left_out(found):
        yield escape(sentence)
    if told := agreement_words.too_few(found):
        yield told
    yield ""
    yield "**Noise**"
    yield ""
    for label, figure, meaning in agreement_words.noise_rows(found):
        yield f"- {label}: {figure}, {meaning}"
    if found.noise:
        yield f"- judges against the mean: {escape(agreement_words.offsets(found.noise))}"
    yield ""
    yield escape(agreement_words.table(found))
    if told := agreement_words.remedy(found):
        yield told
    yield ""
    for title, questions in agreement_words.parts(found):
        yield f"**{title}**, least raw agreement first"
        yield ""
        for question in questions:
            yield f"- {agreement_words.raw(question)}: {escape(question.ask)}"
            if not agreement_words.too_few(found):
                alpha = agreement_words.alpha(question)
                reading = agreement_words.READINGS[question.reading]
                units = words.counted(question.units, "prospect")
                yield f"  - {f'alpha {alpha}: ' if alpha else ''}{reading}; {units}"
            yield f"  - {escape(agreement_words.counts(question))}"
        yield ""
    yield agreement_words.LEGEND
    yield ""
    stage = f"our stage {found.stage} ({words.STAGE_FROM[found.stage_from]})"
    yield f"Screen {escape(found.screen.id)} {found.screen.version}, {stage}."
