"""The dialogue that confirms proposed answers one by one."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from fitcheck.report.layout import Line, TextOptions

if TYPE_CHECKING:
    from fitcheck.decision.content.cost_model import CostQuestion
    from fitcheck.decision.content.rubric import Question, Screen


class Talk(Protocol):
    """Shows lines and sentences, and hears what is typed."""

    layout: TextOptions

    def show(self, lines: Iterable[Line]) -> None:
        """Show lines."""

    def say(self, text: str) -> None:
        """Show a sentence."""

    def hear(self, prompt: str) -> str:
        """Return what is typed; raise the exception of its own when the user quits."""


def review(talk: Talk, screen: "Screen", text: str, file: str, keep: Callable[[str], object]) -> None:
    """
    Ask about every answer that is to be confirmed.

    Args:
        talk: shows and hears.
        screen: whose questions are asked; answers to others stay as they are.
        text: of the prospect file.
        file: its name for people.
        keep: saves the changed text; called after each answer.
    """
    from fitcheck.documents.reading.editing import with_parts
    from fitcheck.documents.reading.source import parse
    from fitcheck.report.review_text import review_lines

    asked = {question.id: question for question in screen.asked}
    written = parse(text.encode(), file).parts("answers")
    waiting = [question for question, answer in written if answer.get("review") and question in asked]
    if not waiting:
        talk.say(f"{file} has no answers to confirm.")
    before: list[str] = []
    while len(before) < len(waiting):
        question = asked[waiting[len(before)]]
        answer = parse(text.encode(), file).mapping("answers", question.id)
        talk.show(review_lines(question, answer, len(before) + 1, len(waiting), talk.layout))
        typed = talk.hear("Answer:").lower().rstrip(".)")
        parts = _parts(typed, question)
        if typed == "b" and before:
            text = before.pop()
        elif typed == "b":
            talk.say("This is the first answer.")
            continue
        elif parts is None:
            talk.say(f"Press Enter to keep it, type a number from 1 to {len(question.options)}, or ? if it is unknown.")
            continue
        else:
            before.append(text)
            text = with_parts(text, file, question.id, parts)
        keep(text)


def _parts(typed: str, question: "Question | CostQuestion") -> Mapping[str, Any] | None:
    """What changes in an answer; None for anything that is not a reply to it."""
    options = [option.id for option in question.options]
    replies: dict[str, dict[str, str]] = {"": {}, "?": {"answer": "unknown"}}
    replies |= {str(at): {"answer": option} for at, option in enumerate(options, start=1)}
    replies |= {"n": {"answer": "n/a"}} if question.not_applicable else {}
    return {**replies[typed], "review": None} if typed in replies else None
