"""The dialogue that confirms the answers of an assistant, one by one."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from fitcheck.cli.dialogue import Dialogue
from fitcheck.cli.interview_file import InterviewFile
from fitcheck.cli.replies import BACK, KEEP, NOT_APPLICABLE, UNKNOWN

if TYPE_CHECKING:
    from fitcheck.decision.content.cost_model import CostQuestion
    from fitcheck.decision.content.rubric import Question


def review_answers(work: InterviewFile, talk: Dialogue) -> None:
    """
    Ask about each answer that nobody has confirmed, and save each reply at once.

    Args:
        work: the file; answers to questions of other screens stay as they are.
        talk: asks.
    """
    from fitcheck.documents.reading.editing import with_parts
    from fitcheck.documents.reading.source import parse
    from fitcheck.report.review_text import review_lines

    file, asked = str(work.file), {question.id: question for question in work.screen.asked}
    written = parse(work.text.encode(), file).parts("answers")
    waiting = [question for question, answer in written if answer.get("review") and question in asked]
    if not waiting:
        talk.say(f"{file} has no answers to confirm.")
    before: list[str] = []
    while len(before) < len(waiting):
        question = asked[waiting[len(before)]]
        answer = parse(work.text.encode(), file).mapping("answers", question.id)
        talk.pose(review_lines(question, answer, len(before) + 1, len(waiting), talk.layout))
        replies = _replies(question)
        while (reply := talk.hear("Answer:").lower().rstrip(".)")) not in {*replies, BACK}:
            talk.say(f"Press Enter to keep it, type a number from 1 to {len(question.options)}, or ? if it is unknown.")
        if reply != BACK:
            before.append(work.text)
            work.save(with_parts(work.text, file, question.id, {**replies[reply], "review": None}))
        elif before:
            work.save(before.pop())
        else:
            talk.say("This is the first answer.")


def _replies(question: "Question | CostQuestion") -> dict[str, Mapping[str, str]]:
    """What each reply changes in an answer."""
    options = [option.id for option in question.options]
    numbered = {str(number): {"answer": option} for number, option in enumerate(options, start=1)}
    not_applicable = {NOT_APPLICABLE: {"answer": "n/a"}} if question.not_applicable else {}
    return {KEEP: {}, UNKNOWN: {"answer": "unknown"}, **numbered, **not_applicable}
