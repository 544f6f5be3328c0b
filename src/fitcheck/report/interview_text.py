"""An interview on the screen: a question with its options by number and no points, and the verdict in three lines."""

import re
from collections.abc import Iterator, Sequence

from fitcheck.decision.assessment import Assessment
from fitcheck.decision.content.cost_model import CostOption, CostQuestion
from fitcheck.decision.content.rubric import Option, Question
from fitcheck.report import words
from fitcheck.report.document import Span
from fitcheck.report.layout import Line, TextOptions, flow
from fitcheck.report.printed import printed

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")


def question_lines(
    question: Question | CostQuestion, part: str, answered: int, left: int, options: TextOptions
) -> Iterator[Line]:
    """
    A question with what can be typed, and the first sentence of its rule.

    Args:
        question: to be asked.
        part: title of the rubric or cost model that it is of.
        answered: how many questions have an answer.
        left: how many have none, this one among them.
        options: layout.
    """
    yield ()
    yield from flow([Span(f"{part} · {answered} answered, up to {left} left", "faint")], options.width)
    yield from flow([Span(question.ask, "strong")], options.width)
    if question.rule:
        yield from flow([Span(_SENTENCE_END.split(question.rule, maxsplit=1)[0], "faint")], options.width)
    offered: Sequence[Option | CostOption] = question.options
    for number, option in enumerate(offered, start=1):
        yield from flow([Span(option.says)], options.width, lead=[Span(f"  {number}  ")])
    if question.not_applicable:
        yield from flow([Span(f"Not applicable: {question.not_applicable}")], options.width, lead=[Span("  n  ")])
    keys = "unknown · w why, and how to answer · b back · q save and quit"
    yield from flow([Span(keys, "faint")], options.width, lead=[Span("  ?  ", "faint")])


def why_lines(question: Question | CostQuestion, options: TextOptions) -> Iterator[Line]:
    """Why a question is asked, how to answer it, and how to ask the customer."""
    yield from flow([Span(question.why)], options.width, lead=[Span("  ")])
    for label, text in (("To answer it: ", question.rule), ("To ask them: ", question.ask_customer)):
        if text:
            yield from flow([Span(label, "faint"), Span(text)], options.width, lead=[Span("  ")])


def verdict_lines(exact: Assessment, options: TextOptions) -> Iterator[Line]:
    """The verdict so far in three lines: how firm it is, the score, and what speaks most for it or is to be asked."""
    told = printed(exact)
    yield ()
    verdict = Span(told.verdict.upper(), "good" if told.verdict == "pursue" else "bad")
    yield from flow(
        [Span(words.state(told), "plain" if told.settled else "open")], options.width, lead=[verdict, Span("  ")]
    )
    score = f"Score {words.points(told.score)} of 100, needs {words.points(told.threshold)}"
    yield from flow([Span(f"{score} · {words.answered(told.known)}")], options.width)
    label, text = _most_telling(told)
    if text:
        yield from flow([Span(f"{label}: ", "faint"), Span(text)], options.width)


def _most_telling(told: Assessment) -> tuple[str, str]:
    """What the verdict rests on most, with a label; while too little is known, what to ask next."""
    asked = ("Ask next", told.ask_next[0].ask) if told.ask_next else ("", "")
    if told.failed_gates:
        return "Deal-breaker", told.failed_gates[0].because
    label, groups = ("For", told.speaks_for) if told.verdict == "pursue" else ("Against", told.against)
    return (label, groups[0].members[0].text) if groups and not told.too_little_known else asked


def rest_lines(scored: int, costing: int, options: TextOptions, *, settled: bool) -> Iterator[Line]:
    """
    What is left to ask.

    Args:
        scored: questions that touch the score.
        costing: questions that touch what closing will cost.
        options: layout.
        settled: whether none of them can change the verdict.
    """
    parts = []
    if scored:
        parts.append(f"{words.counted(scored, 'question')} about the fit")
    if costing:
        parts.append(f"{words.counted(costing, 'question')} about the cost of closing")
    remain = "remains" if scored + costing == 1 else "remain"
    told = f"{' and '.join(parts)} {remain}, most telling first."
    if settled:
        what = " and ".join(name for name, count in (("score", scored), ("cost", costing)) if count)
        told = f"No remaining question can change the verdict. {' and '.join(parts)} would make the {what} more exact."
    yield ()
    yield from flow([Span(told)], options.width)
