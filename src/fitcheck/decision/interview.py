"""The order of an interview: core questions, then the most informative about fit, then about cost."""

from collections.abc import Container, Sequence

from fitcheck.decision.assessment import Assessment
from fitcheck.decision.content.answers import Prospect
from fitcheck.decision.content.cost_model import CostQuestion
from fitcheck.decision.content.rubric import Screen


def parts_by_question(screen: Screen) -> dict[str, str]:
    """Title of the rubric or cost model of each question."""
    parts = {question.id: rubric.title for rubric in screen.rubrics for question in rubric.questions}
    costing = {question.id: screen.cost.title for question in screen.cost.questions} if screen.cost else {}
    return parts | costing


def in_order(screen: Screen) -> list[str]:
    """Ids of all questions: the core, then the others as the screen has them; cost questions last in each."""
    asked = {question.id: isinstance(question, CostQuestion) for question in screen.asked}
    core = sorted(screen.core, key=asked.__getitem__)
    return [*core, *(question for question in asked if question not in core)]


def answered(screen: Screen, prospect: Prospect) -> list[str]:
    """Ids of the answered questions, in the order of asking."""
    return [question for question in in_order(screen) if prospect.answer(question).state != "unknown"]


def left(screen: Screen, prospect: Prospect, passed: Container[str]) -> list[str]:
    """
    Ids of the open questions that were not passed over, in the order of asking.

    The core goes on after its last answer, and then returns to what was left open before it: whoever said "unknown"
    and quit is not asked the same again first.
    """
    order = in_order(screen)
    answered = [at for at, question in enumerate(screen.core) if prospect.answer(question).state != "unknown"]
    later = screen.core[max(answered, default=-1) + 1 :]
    order.sort(key=lambda question: (question not in screen.core, question not in later))
    return [question for question in order if question not in passed and prospect.answer(question).state == "unknown"]


def core_left(screen: Screen, rest: Sequence[str]) -> list[str]:
    """Ids of the core questions left, in order."""
    return [question for question in rest if question in screen.core]


def to_ask(found: Assessment, rest: Sequence[str]) -> str | None:
    """
    Choose the next question of an open verdict.

    Args:
        found: the assessment so far.
        rest: ids of the questions that can be asked, from `left`.

    Returns:
        Its id: of the core in its order, then the most telling one about the fit for the effort of asking, then of the
        cost; None if nothing in `rest` can change the verdict.
    """
    if found.settled:
        return None
    telling = sorted((asked for asked in found.ask_next if asked.question in rest), key=lambda asked: asked.costs_hours)
    return next(iter([*core_left(found.screen, rest), *(asked.question for asked in telling)]), None)
