"""Lint content: parts that cannot do what they say, and unclear wording."""

from collections.abc import Iterator
from itertools import pairwise

from fitcheck.decision.content.cost_model import CostModel, CostOption, CostQuestion
from fitcheck.decision.content.rubric import STAGES, Option, Question, Rubric, Screen, Stage
from fitcheck.decision.cost.compiled_cost import CompiledCost, compile_cost
from fitcheck.decision.cost.prices import prices
from fitcheck.nearest import quoted
from fitcheck.proof.findings import Finding, Kind
from fitcheck.proof.screenlint import is_flat, screen_findings
from fitcheck.proof.wording import is_placeholder, is_whole_sentence, repeated, vague_words

FEWEST_OPTIONS, MOST_OPTIONS = 3, 5
"""Two hide the middle; of more than five, two readers seldom choose the same."""


def lint(thing: Screen | Rubric | CostModel) -> tuple[Finding, ...]:
    """Lint content; a screen includes its rubrics and cost model."""
    match thing:
        case Rubric():
            return (*_rubric(thing), *repeated([thing], None))
        case CostModel():
            return (*_cost(thing), *repeated([], thing))
        case Screen():
            parts = [finding for rubric in thing.rubrics for finding in _rubric(rubric)]
            costly = _cost(thing.cost) if thing.cost else ()
            return (*screen_findings(thing), *parts, *costly, *repeated(thing.rubrics, thing.cost))


def _rubric(rubric: Rubric) -> Iterator[Finding]:
    for question in rubric.questions:
        path = ("questions", question.id)
        for code, more, message, hint in _question(question, rubric.source):
            yield Finding(code, "rubric", rubric.id, (*path, *more), message, hint)
        for option in question.options:
            at = (*path, "options", option.id)
            yield from _judgement("rubric", rubric.id, (*at, "says"), option.says)
            yield from _whole_sentence("rubric", rubric.id, (*at, "because"), option.because)


def _question(question: Question, source: str) -> Iterator[tuple[str, tuple[str, ...], str, str]]:
    """Yield code, path inside the question, message and hint."""
    for better, above in _out_of_order(question):
        message = f'"{better.id}" gives more points than "{above.id}" above it'
        yield "option-order", ("options", better.id), message, "write the best option first"
    for gated, other, stages in _points_despite_a_gate(question):
        message = (
            f'"{gated.id}" is a deal-breaker at {", ".join(stages)}, and gives more points there than "{other.id}"'
        )
        hint = "give it the fewest points: a better answer must never lower the odds"
        yield "gated-points", ("options", gated.id, "points"), message, hint
    if is_flat(question):
        message = f"no answer to {question.id} makes a difference: all give the same points, and none is a deal-breaker"
        yield "question-cannot-matter", (), message, "give the options different points, or delete the question"
    if not FEWEST_OPTIONS <= len(question.options) <= MOST_OPTIONS:
        message = f"{question.id} has {len(question.options)} options; {FEWEST_OPTIONS} to {MOST_OPTIONS} work best"
        hint = "with two there is no middle, and with many two readers of the same notes choose differently"
        yield "options-count", ("options",), message, hint
    if is_placeholder(question.source or source):
        yield "missing-source", (), f"{question.id} has no source", "say where the question comes from"
    if is_placeholder(question.change.advice):
        hint = "say what they or we can do for a better answer"
        yield "missing-advice", ("change", "advice"), f"{question.id} has no advice", hint


def _out_of_order(question: Question) -> Iterator[tuple[Option, Option]]:
    """Yield every option that is never worse, and at some stage better, than one above it, and that one."""
    for position, option in enumerate(question.options):
        for above in question.options[:position]:
            pairs = list(zip(above.points, option.points, strict=True))
            if all(a <= b for a, b in pairs) and any(a < b for a, b in pairs):
                yield option, above
                break


def _points_despite_a_gate(question: Question) -> Iterator[tuple[Option, Option, list[Stage]]]:
    """Yield every option that gives more points than another where it fails a gate, with the other and the stages."""
    for gated in question.options:
        for other in question.options:
            more = [
                stage
                for stage, own, least in zip(STAGES, gated.points, other.points, strict=True)
                if stage in gated.gate and stage not in other.gate and own > least
            ]
            if more:
                yield gated, other, more
                break


def _cost(model: CostModel) -> Iterator[Finding]:
    compiled = compile_cost(model, prices(model, None))
    for question in model.questions:
        path = ("questions", question.id)
        first, *others = compiled.options[question.id].values()
        if all(part == first for part in others):
            message = f"every answer to {question.id} costs the same"
            hint = "let an activity depend on some of its options, or delete the question"
            yield Finding("question-cannot-matter", "cost", model.id, path, message, hint)
        for dear, cheap in _out_of_cost_order(compiled, question):
            message = f'"{cheap.id}" costs less than "{dear.id}" above it'
            hint = "write the cheapest option first: people who are good to work with tend to ask for little"
            yield Finding("cost-order", "cost", model.id, (*path, "options", cheap.id), message, hint)
        for option in question.options:
            yield from _judgement("cost", model.id, (*path, "options", option.id), option.says)
    for activity in model.activities:
        yield from _whole_sentence("cost", model.id, ("activities", activity.id, "because"), activity.because)
    for band in model.cycles.bands:
        yield from _whole_sentence("cost", model.id, ("cycles", "bands"), band.because)


def _out_of_cost_order(compiled: CompiledCost, question: CostQuestion) -> Iterator[tuple[CostOption, CostOption]]:
    """Yield neighbouring options of which the second takes less money, in some band of trust."""
    for above, option in pairwise(question.options):
        costs = [band.options[question.id] for band in compiled.money.bands]
        if any(of_band[option.id] < of_band[above.id] for of_band in costs):
            yield above, option


def _judgement(kind: Kind, file: str, path: tuple[str, ...], says: str) -> Iterator[Finding]:
    if words := vague_words(says):
        named = " and ".join(f'"{word}"' for word in words)
        message = f"{named} in {path[1]}.{path[3]} {'is' if len(words) == 1 else 'are'} a matter of opinion"
        hint = "say what was done or said, so that two readers of the same notes choose the same option"
        yield Finding("judgement", kind, file, path, message, hint)


def _whole_sentence(kind: Kind, file: str, path: tuple[str, ...], because: str) -> Iterator[Finding]:
    if is_whole_sentence(because):
        hint = "start in lower case (unless it is a name), without a full stop: reports join these together"
        yield Finding("whole-sentence", kind, file, path, f"{quoted(because)} is written as a full sentence", hint)
