"""Which question comes next in an interview, and which are left when no further one can turn the verdict."""

from collections.abc import Container

from fitcheck.decision.assessment import Assessment
from fitcheck.decision.content.answers import Prospect
from fitcheck.decision.content.rubric import Screen


def parts_by_question(screen: Screen) -> dict[str, str]:
    """For each question the title of the rubric or cost model that it is of."""
    parts = {question.id: rubric.title for rubric in screen.rubrics for question in rubric.questions}
    costing = {question.id: screen.cost.title for question in screen.cost.questions} if screen.cost else {}
    return parts | costing


def most_telling(told: Assessment, passed: Container[str]) -> str | None:
    """
    Return the question of an open verdict that is worth most for the effort of asking it.

    Args:
        told: of what is known so far.
        passed: questions that nobody could answer.

    Returns:
        Its id; None if the verdict is settled, or nothing that is left can turn it.
    """
    return next((asked.question for asked in told.ask_next if asked.question not in passed), None)


def left(screen: Screen, prospect: Prospect, passed: Container[str]) -> list[str]:
    """Ids of the questions that are unknown and were not passed over, in the order of the screen."""
    asked = (question.id for question in screen.asked)
    return [question for question in asked if question not in passed and prospect.answer(question).state == "unknown"]
