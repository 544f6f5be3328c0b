"""A proposed answer on the screen, to be confirmed: the quote with its place, and the options by number."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fitcheck.decision.content.cost_model import CostOption, CostQuestion
from fitcheck.decision.content.rubric import Option, Question
from fitcheck.problems import printable
from fitcheck.report import words
from fitcheck.report.document import Span
from fitcheck.report.layout import Line, TextOptions, flow


def review_lines(
    question: Question | CostQuestion, answer: Mapping[str, Any], number: int, count: int, options: TextOptions
) -> Iterator[Line]:
    """
    A question with the answer that was proposed.

    Args:
        question: of the answer.
        answer: its parts, as the file has them.
        number: of the answer, from 1.
        count: how many answers are to be confirmed.
        options: layout.
    """
    chosen = answer.get("answer")
    yield ()
    yield from flow([Span(f"{number} of {count} to confirm", "faint")], options.width)
    yield from flow([Span(question.ask, "strong")], options.width)
    if evidence := answer.get("evidence"):
        told = [printable(str(answer[key])) for key in ("at", "by", "kind") if answer.get(key)]
        quote = [Span(words.in_quotes(printable(str(evidence)))), Span(f" {', '.join(told)}", "faint")]
        yield from flow(quote, options.width, lead=[Span("  ")])
    offered: Sequence[Option | CostOption] = question.options
    lines = [(str(at), option.id, option.says) for at, option in enumerate(offered, start=1)]
    lines += [("n", "n/a", f"Not applicable: {question.not_applicable}")] if question.not_applicable else []
    for key, option, says in lines:
        is_chosen = option == chosen
        lead = Span(f"{'>' if is_chosen else ' '} {key}  ")
        yield from flow([Span(says, "strong" if is_chosen else "plain")], options.width, lead=[lead])
    keys = "Enter keeps it · a number changes it · ? unknown · b back · q save and quit"
    yield from flow([Span(keys, "faint")], options.width)
