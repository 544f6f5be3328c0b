"""What next → lines of text: what to ask, what would change the verdict, how firm it is."""

from collections.abc import Collection, Iterator

from fitcheck.decision.assessment import Assessment
from fitcheck.decision.change.change_sets import ChangeSet
from fitcheck.decision.change.cost_changes import CostChanges
from fitcheck.decision.verdict.asking import NextQuestion
from fitcheck.report import cost_words, words
from fitcheck.report.layout import Line, Span, TextOptions, flow, heading


def ask_next_lines(assessment: Assessment, options: TextOptions) -> Iterator[Line]:
    """The unanswered questions, in the order in which they are worth asking."""
    asked = assessment.ask_next
    if not asked:
        return
    shown = asked if options.explain else asked[: words.ASKED]
    left_out = len(asked) - len(shown)
    order = "the core first, then most weight" if assessment.too_little_known else "most telling first"
    note = order + (f" · {left_out} more: --explain" if left_out else "")
    yield from heading("Ask next", note, options)
    for number, question in enumerate(shown, 1):
        text = [Span(question.ask), Span(f" · {question.question}", "faint")]
        yield from flow(text, options.width, lead=[Span(f"  {number} ", "open")])
        if told := words.asking(question):
            yield from flow([Span(told, "open")], options.width, lead=[Span("    ")])


def change_lines(assessment: Assessment, options: TextOptions) -> Iterator[Line]:
    """What would turn the verdict, and who would have to act."""
    change, cheaper = assessment.would_change, assessment.worth_closing_if
    if change is not None and (cheaper or words.tells_changes(assessment)):
        yield from heading("What would change it", "least effort first" if change.sets else "", options)
        if told := words.obstacles(assessment):
            yield from flow([Span(told)], options.width, lead=[Span("  ")])
        told_of: set[str] = set()
        for number, found in enumerate(change.sets, 1):
            yield from _change_set(number, found, told_of, options)
            told_of |= {step.question for step in found.steps} | {asked.question for asked in _asked_then(found)}
        if cheaper:
            yield from _cheaper(cheaper, options)
    elif assessment.would_turn:
        yield from heading("What would turn it", "", options)
        if told := words.slips(assessment.would_turn):
            yield from flow([Span(told)], options.width, lead=[Span("  ")])
            return
        for step in assessment.would_turn.steps:
            text = [Span(f"“{step.says}”"), Span(f" · {step.question}", "faint")]
            yield from flow(text, options.width, lead=[Span("  if ")])


def _asked_then(found: ChangeSet) -> tuple[NextQuestion, ...]:
    return found.then.ask[: words.ASKED] if found.then else ()


def _change_set(number: int, found: ChangeSet, told_of: Collection[str], options: TextOptions) -> Iterator[Line]:
    yield from flow([Span(words.change_head(found), "strong")], options.width, lead=[Span(f"  {number} ", "strong")])
    for step in found.steps:
        lead = [Span(f"    {words.ACTORS[step.by]:<4}  ", "strong")]
        text = [Span(f"“{step.says}”"), Span(f" · {step.question}", "faint")]
        yield from flow(text, options.width, lead=lead)
        if step.question not in told_of:
            yield from flow([Span(step.advice)], options.width, lead=[Span(" " * 10)])
    for asked in _asked_then(found):
        if asked.question not in told_of:
            text = [Span(asked.ask), Span(f" · {asked.question}", "faint")]
            yield from flow(text, options.width, lead=[Span("    ask   ", "open")])


def _cheaper(cheaper: CostChanges, options: TextOptions) -> Iterator[Line]:
    yield from flow([Span(cost_words.worth_closing(cheaper))], options.width, lead=[Span("  ")])
    for step in cheaper.steps:
        text = [Span(f"“{step.says}”"), Span(f" · {step.question}", "faint")]
        yield from flow(text, options.width, lead=[Span("    ")])


def firmness_lines(assessment: Assessment, options: TextOptions) -> Iterator[Line]:
    """How far the weights may be off, and what neighbouring stages would say."""
    yield from heading("How firm it is", "", options)
    for told in (words.firmness(assessment), words.beside(assessment)):
        if told:
            yield from flow([Span(told)], options.width, lead=[Span("  ")])
