"""An interview on the screen: a question with its options by number and no points, and the verdict in three lines."""

import re
from collections.abc import Iterator, Sequence

from fitcheck.decision.assessment import Assessment
from fitcheck.decision.content.cost_model import CostOption, CostQuestion
from fitcheck.decision.content.rubric import Option, Question
from fitcheck.report import words
from fitcheck.report.document import Span
from fitcheck.report.figures import whole_points
from fitcheck.report.layout import Line, TextOptions, flow

ROWS = 15
"""Lines that a question may take, so that it and the verdict before it fit on a terminal of 24."""

KEYS = "unknown · w why · b back · q save and quit"

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")


def question_lines(
    question: Question | CostQuestion, part: str, answered: int, left: int, options: TextOptions
) -> Iterator[Line]:
    """
    A question with its options, the first sentence of its rule, and the keys that can be typed.

    Args:
        question: to be asked.
        part: title of its rubric or cost model.
        answered: number of answered questions.
        left: number of open questions, this one included.
        options: layout; a question that would be too tall at this width leaves out the title, then the rule.
    """
    title = [*flow([Span(f"{part} · {answered} answered, up to {left} left", "faint")], options.width)]
    rule = [*_short_rule(question, options)]
    ask = [*flow([Span(question.ask, "strong")], options.width)]
    offered = [*_offered(question, options)]
    spare = ROWS - 1 - len(ask) - len(offered)
    yield ()
    yield from title if len(title) + len(rule) <= spare else ()
    yield from ask
    yield from rule if len(rule) <= spare else ()
    yield from offered


def explained_lines(question: Question | CostQuestion, options: TextOptions) -> Iterator[Line]:
    """Why a question is asked, how to answer it and how to ask the customer; then the question once more."""
    yield from why_lines(question, options)
    yield from flow([Span(question.ask, "strong")], options.width)
    yield from _offered(question, options)


def _short_rule(question: Question | CostQuestion, options: TextOptions) -> Iterator[Line]:
    if question.rule:
        yield from flow([Span(_SENTENCE_END.split(question.rule, maxsplit=1)[0], "faint")], options.width)


def _offered(question: Question | CostQuestion, options: TextOptions) -> Iterator[Line]:
    offered: Sequence[Option | CostOption] = question.options
    for number, option in enumerate(offered, start=1):
        yield from flow([Span(option.says)], options.width, lead=[Span(f"  {number}  ")])
    if question.not_applicable:
        yield from flow([Span(f"Not applicable: {question.not_applicable}")], options.width, lead=[Span("  n  ")])
    yield from flow([Span(KEYS, "faint")], options.width, lead=[Span("  ?  ", "faint")])


def why_lines(question: Question | CostQuestion, options: TextOptions) -> Iterator[Line]:
    """Why a question is asked, how to answer it, and how to ask the customer."""
    yield from flow([Span(question.why)], options.width, lead=[Span("  ")])
    for label, text in (("To answer it: ", question.rule), ("To ask them: ", question.ask_customer)):
        if text:
            yield from flow([Span(label, "faint"), Span(text)], options.width, lead=[Span("  ")])


def verdict_lines(told: Assessment, options: TextOptions) -> Iterator[Line]:
    """The verdict so far in three lines: how firm it is, the score, and what speaks most for it or is to be asked."""
    yield ()
    verdict = Span(told.verdict.upper(), "good" if told.verdict == "pursue" else "bad")
    yield from flow(
        [Span(words.state(told), "plain" if told.settled else "open")], options.width, lead=[verdict, Span("  ")]
    )
    score = "Score {} of 100, needs {}".format(*whole_points(told.score, told.threshold))
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
        parts.append(f"{costing if scored else words.counted(costing, 'question')} about the cost")
    told = f"Left: {' and '.join(parts)}, most telling first."
    if settled:
        told = f"No remaining question can change the verdict ({' and '.join(parts)} left)."
    yield from flow([Span(told)], options.width)
