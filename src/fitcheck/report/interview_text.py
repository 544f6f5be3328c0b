"""An interview on the screen: a question with its options by number and no points, and the verdict in three lines."""

import re
from collections.abc import Iterator, Sequence

from fitcheck.decision.assessment import Assessment
from fitcheck.decision.content.answers import Answer
from fitcheck.decision.content.cost_model import CostOption, CostQuestion
from fitcheck.decision.content.rubric import Option, Question
from fitcheck.report import words
from fitcheck.report.document import Span
from fitcheck.report.figures import whole_points
from fitcheck.report.layout import Line, TextOptions, flow
from fitcheck.report.prospect.short import shortened

ROWS = 15
"""Lines that a question may take, so that it and the verdict before it fit on a terminal of 24."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")

_FOR_WHY = re.compile(
    r"If (one of )?the last|Take the (first|last) option that applies|Not mentioned is unknown\.|.*[a-z]_[a-z]"
)
"""Sentences of a rule that only `w` shows: which option goes first, what nobody mentioned, and other questions' ids."""


def question_lines(
    question: Question | CostQuestion, now: Answer, part: str, progress: str, options: TextOptions
) -> Iterator[Line]:
    """
    A question with what is answered now, else how to answer it; with its options and the keys that can be typed.

    Args:
        question: to be asked.
        now: its answer so far.
        part: title of its rubric or cost model.
        progress: how far the interview is.
        options: layout; a question that would be too tall at this width leaves out the title, then the rule.
    """
    title = [*flow([Span(f"{part} · {progress}", "faint")], options.width)]
    rule = [*(_now(question, now, options) or _short_rule(question, options))]
    ask = [*flow([Span(question.ask, "strong")], options.width)]
    offered = [*_offered(question, now, options)]
    spare = ROWS - 1 - len(ask) - len(offered)
    yield ()
    yield from title if len(title) + len(rule) <= spare else ()
    yield from ask
    yield from rule if len(rule) <= spare or now.state != "unknown" else ()
    yield from offered


def explained_lines(question: Question | CostQuestion, now: Answer, options: TextOptions) -> Iterator[Line]:
    """Why a question is asked, how to answer it and how to ask the customer; then the question once more."""
    yield from why_lines(question, options)
    yield from flow([Span(question.ask, "strong")], options.width)
    yield from _offered(question, now, options)


def progress(at_core: int | None, core: int, scored: int, costing: int) -> str:
    """
    How far an interview is.

    Args:
        at_core: place of the question in the core, from 0; None after it.
        core: number of core questions.
        scored: open questions that touch the score.
        costing: open questions that touch what closing will cost.
    """
    return f"{_left(scored, costing)} left" if at_core is None else f"question {at_core + 1} of {core}"


def _left(scored: int, costing: int) -> str:
    parts = [f"{words.counted(scored, 'question')} about the fit"] if scored else []
    if costing:
        parts.append(f"{costing if scored else words.counted(costing, 'question')} about the cost")
    return " and ".join(parts) or "no questions"


def _short_rule(question: Question | CostQuestion, options: TextOptions) -> list[Line]:
    """The first sentence of the rule that tells about this question alone."""
    sentences = (told for told in _SENTENCE_END.split(question.rule) if told and not _FOR_WHY.match(told))
    return [line for told in [*sentences][:1] for line in flow([Span(told, "faint")], options.width)]


def _key(question: Question | CostQuestion, now: Answer) -> str:
    """What is typed for the present answer; empty if it is unknown."""
    if now.state == "n/a":
        return "n"
    options: Sequence[Option | CostOption] = question.options
    return next((str(at) for at, option in enumerate(options, start=1) if option.id == now.option), "")


def _now(question: Question | CostQuestion, now: Answer, options: TextOptions) -> list[Line]:
    """The present answer and its evidence; nothing if it is unknown."""
    if not (key := _key(question, now)):
        return []
    offered: Sequence[Option | CostOption] = question.options
    says = next((option.says for option in offered if option.id == now.option), "Not applicable")
    quote = f" {shortened(words.in_quotes(now.evidence), options.width)}" if now.evidence else ""
    return [*flow([Span(f"{key} {says}"), Span(quote, "faint")], options.width, lead=[Span("  now: ", "strong")])]


def _offered(question: Question | CostQuestion, now: Answer, options: TextOptions) -> Iterator[Line]:
    offered: Sequence[Option | CostOption] = question.options
    for number, option in enumerate(offered, start=1):
        yield from flow([Span(option.says)], options.width, lead=[Span(f"  {number}  ")])
    if question.not_applicable:
        yield from flow([Span(f"Not applicable: {question.not_applicable}")], options.width, lead=[Span("  n  ")])
    key = _key(question, now)
    keys = f"unknown{f' · Enter keeps {key}' if key else ', or Enter'} · w why · b back · q save and quit"
    yield from flow([Span(keys, "faint")], options.width, lead=[Span("  ?  ", "faint")])


def why_lines(question: Question | CostQuestion, options: TextOptions) -> Iterator[Line]:
    """Why a question is asked, how to answer it, and how to ask the customer."""
    yield from flow([Span(question.why)], options.width, lead=[Span("  ")])
    for label, text in (("To answer it: ", question.rule), ("To ask them: ", question.ask_customer)):
        if text:
            yield from flow([Span(label, "faint"), Span(text)], options.width, lead=[Span("  ")])


def verdict_lines(told: Assessment, options: TextOptions) -> Iterator[Line]:
    """The verdict so far in three lines: how sure it is, the score, and what speaks most for it or is to be asked."""
    yield ()
    verdict = Span(told.verdict.upper(), "good" if told.verdict == "pursue" else "bad")
    yield from flow(
        [Span(words.state(told), "plain" if told.settled else "open")], options.width, lead=[verdict, Span("  ")]
    )
    score = "Score {} of 100, needs {}".format(*whole_points(told.score, told.threshold))
    yield from flow([Span(score)], options.width)
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
    told = f"{_left(scored, costing)} left, most telling first."
    if settled:
        told = f"No remaining question can change the verdict ({_left(scored, costing)} left)."
    yield from flow([Span(told)], options.width)
