"""Lint a screen as a whole: verdicts, gates and weights that can't do what they say, over every possible answer."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from fitcheck.decision.content.rubric import STAGES, Question, Rubric, Screen, Stage
from fitcheck.proof.findings import Finding
from fitcheck.proof.reach import MOST_OPTIONAL, StageReach, optional, reach

MOST_QUESTIONS = 24
"""Scored questions of one screen; the answers to further ones get careless."""

SMALLEST_CORE, LARGEST_CORE = 5, 10
"""Questions that a first call of five minutes answers."""

MOST_LOPSIDED = 10
"""Beyond that hardly any answer changes what type of prospect is expected."""

HALF = Fraction(1, 2)


def screen_findings(screen: Screen) -> Iterator[Finding]:
    """Lint a screen beyond its single questions."""
    by_stage = {stage: reach(screen, stage) for stage in STAGES if stage in screen.stages}
    for code, path, message, hint in _of_screen(screen, by_stage):
        yield Finding(code, "screen", screen.id, path, message, hint)
    for rubric in screen.rubrics:
        for code, path, message, hint in _of_rubric(screen, rubric, by_stage):
            yield Finding(code, "rubric", rubric.id, ("questions", *path), message, hint)


def is_flat(question: Question) -> bool:
    """Whether all options give the same points at every stage and none has a gate."""
    return len({option.points for option in question.options}) == 1 and not any(o.gate for o in question.options)


_Odd = tuple[str, tuple[str, ...], str, str]
"""Code, path, message and hint of a finding."""


def _of_screen(screen: Screen, by_stage: Mapping[Stage, StageReach]) -> Iterator[_Odd]:
    if len(screen.questions) > MOST_QUESTIONS:
        message = f"{screen.id} asks {len(screen.questions)} scored questions; keep to {MOST_QUESTIONS}"
        yield "too-many-questions", ("rubrics",), message, "delete those that rarely change a verdict"
    yield from _first_call(screen)
    for stage, found in by_stage.items():
        yield from _verdicts(stage, found)
        yield from _floors(stage, found)
    for rubric in screen.rubrics:
        yield from _weights(screen, rubric, by_stage)
    if screen.money_gate and not any(found.money_can_fail for found in by_stage.values()):
        message = "the cost limit cannot be exceeded: nothing in the cost model costs anything"
        yield "dead-gate", ("money_gate",), message, "give the activities hours, or delete money_gate"


def _first_call(screen: Screen) -> Iterator[_Odd]:
    """What an interview begins with: the core, and what is expected of a prospect before anything is known."""
    least = min(SMALLEST_CORE, len(screen.questions))
    if screen.core and not least <= len(screen.core) <= LARGEST_CORE:
        message = f"the core has {len(screen.core)} questions; {least} to {LARGEST_CORE} fit a first call"
        yield "core-size", ("core",), message, "keep those that a first call answers and that tell you most"
    odds = screen.types
    if odds and max(odds.values()) > MOST_LOPSIDED * min(odds.values()):
        rare, often = min(odds, key=odds.__getitem__), max(odds, key=odds.__getitem__)
        message = f"{often} prospects are more than {MOST_LOPSIDED} times as common as {rare} ones"
        yield "lopsided-types", ("types",), message, "answers then hardly change the guess"


def _verdicts(stage: Stage, found: StageReach) -> Iterator[_Odd]:
    for verdict, can_be_reached in (("pursue", found.can_pursue), ("not now", found.can_decline)):
        if not can_be_reached:
            message = f'no set of answers gives "{verdict}" at {stage}'
            yield (
                "unreachable-verdict",
                ("stages", stage),
                message,
                "check this stage's threshold, floors and deal-breakers",
            )


def _floors(stage: Stage, found: StageReach) -> Iterator[_Odd]:
    for dimension in found.dimensions:
        for floor in dimension.dead:
            side = f" ({floor.side})" if floor.side else ""
            message = f"the floor of {floor.rubric}{side} cannot fail at {stage}: even the worst answers reach it"
            yield "dead-gate", ("stages", stage, "floors", floor.rubric), message, "raise it or delete it"


def _weights(screen: Screen, rubric: Rubric, by_stage: Mapping[Stage, StageReach]) -> Iterator[_Odd]:
    """Too little or too much weight for one rubric."""
    weights = {stage: _share(screen, rubric, stage) for stage in by_stage}
    turning = {stage: found.can_turn(rubric.id) for stage, found in by_stage.items() if found.has_both_verdicts}
    hidden = [stage for stage, turns in turning.items() if not turns]
    if hidden and len(hidden) == len(turning):
        message = f"no answers to {rubric.id} can change the verdict at any stage"
        yield "hidden-rubric", ("stages",), message, "give it more weight or a floor, or leave it out"
    else:
        for stage in hidden:
            if weights[stage]:
                message = f"no answers to {rubric.id} can change the verdict at {stage}"
                path = ("stages", stage, "weights", rubric.id)
                yield "hidden-at-stage", path, message, "write 0 if it should not count"
    for stage, share in weights.items():
        if share > HALF and len(screen.rubrics) > 1:
            message = f"{rubric.id} weighs more than all others together at {stage}"
            yield "heavy-rubric", ("stages", stage, "weights", rubric.id), message, "give the others more weight"


def _share(screen: Screen, rubric: Rubric, stage: Stage) -> Fraction:
    weights = screen.stages[stage].weights
    return weights[rubric.id] / sum(weights.values())


def _of_rubric(screen: Screen, rubric: Rubric, by_stage: Mapping[Stage, StageReach]) -> Iterator[_Odd]:
    dimensions = [d for found in by_stage.values() for d in found.dimensions if d.rubric.id == rubric.id]
    telling = frozenset[str]().union(*(dimension.telling for dimension in dimensions))
    for question in rubric.questions:
        if telling and question.id not in telling and not is_flat(question):
            message = f"no answer to {question.id} makes a difference at any stage of {screen.id}"
            hint = "give its options different points at a stage of the screen, or delete the question"
            yield "question-cannot-matter", (question.id,), message, hint
        for option in question.options:
            if option.gate and not option.gate & screen.stages.keys():
                message = f"{question.id}.{option.id} is never a deal-breaker in {screen.id}"
                path = (question.id, "options", option.id, "gate")
                yield "gate-elsewhere", path, message, "the screen has none of its stages"
    if len(optional(rubric)) > MOST_OPTIONAL:
        message = f"the reach of {rubric.id} is worked out with every question answered"
        yield "not-judged", (), message, f"allow n/a for at most {MOST_OPTIONAL} of its questions"
