"""One question of an interview on the screen: its options by number, and no points, so that nobody steers by them."""

from collections.abc import Iterator, Sequence

from fitcheck.decision.content.cost_model import CostOption, CostQuestion
from fitcheck.decision.content.rubric import Option, Question
from fitcheck.report import words
from fitcheck.report.layout import Line, Span, TextOptions, flow


def question_lines(
    question: Question | CostQuestion, part: str, answered: int, left: int, options: TextOptions
) -> Iterator[Line]:
    """
    A question with what can be typed.

    Args:
        question: to be asked.
        part: title of the rubric or cost model that it is of.
        answered: how many questions have an answer.
        left: how many have none, this one among them.
        options: layout.
    """
    yield ()
    yield from flow([Span(f"{part} · {answered} answered, {left} left at most", "faint")], options.width)
    yield from flow([Span(question.ask, "strong")], options.width)
    offered: Sequence[Option | CostOption] = question.options
    for number, option in enumerate(offered, start=1):
        yield from flow([Span(option.says)], options.width, lead=[Span(f"  {number}  ")])
    if question.not_applicable:
        yield from flow([Span(question.not_applicable)], options.width, lead=[Span("  n  ")])
    keys = "not known · w why this is asked · b back · q stop"
    yield from flow([Span(keys, "faint")], options.width, lead=[Span("  ?  ", "faint")])


def why_lines(question: Question | CostQuestion, options: TextOptions) -> Iterator[Line]:
    """Why a question is asked, and how to ask the customer."""
    yield from flow([Span(question.why)], options.width, lead=[Span("  ")])
    if question.ask_customer:
        told = [Span("To ask them: ", "faint"), Span(question.ask_customer)]
        yield from flow(told, options.width, lead=[Span("  ")])


def settled_lines(scored: int, costing: int, options: TextOptions) -> Iterator[Line]:
    """
    What is left when no further answer can turn the verdict.

    Args:
        scored: questions that touch the score.
        costing: questions that touch what closing will cost.
        options: layout.
    """
    parts = []
    if scored:
        parts.append(f"{words.counted(scored, 'question')} about the fit")
    if costing:
        parts.append(f"{words.counted(costing, 'question')} about what closing will take")
    makes = "It makes" if scored + costing == 1 else "They make"
    what = " and ".join(name for name, count in (("score", scored), ("cost", costing)) if count)
    told = f"None of what is left can turn the verdict: {' and '.join(parts)}. {makes} the {what} more exact."
    yield ()
    yield from flow([Span(told)], options.width)
