"""Judges of many and of few prospects, who see the same thing with a bias and slips of their own."""

from collections.abc import Callable

from fitcheck.api import load_screen
from fitcheck.decision.content.answers import UNKNOWN, Answer, Prospect
from fitcheck.decision.content.cost_model import CostQuestion
from fitcheck.decision.content.rubric import Question
from fitcheck.decision.several.agreement import Agreement, agreement

JUDGES = {"founder": 0, "presales": 3, "support": 1}
"""Judges, and how strict each is."""


def panel(prospects: int) -> Agreement:
    screen = load_screen("pilot")
    costly = screen.cost.questions if screen.cost else ()
    asked: list[Question | CostQuestion] = [*screen.questions, *costly]
    judged: dict[str, dict[str, Prospect]] = {}
    for p in range(prospects):
        for j, (judge, strict) in enumerate(JUDGES.items()):
            answers = {}
            for q, question in enumerate(asked):
                # One question is answered alike by nearly all, the others by quality, strictness and a slip.
                slip = (p * 7 + q * 5 + j * 11) % 13
                level = 0 if q == 1 and slip else ((p * 5) % 12 + strict + slip // 4) * len(question.options) // 18
                answers[question.id] = Answer(question.options[min(level, len(question.options) - 1)].id)
                if slip == 6:
                    answers[question.id] = Answer(None, "n/a") if question.not_applicable else UNKNOWN
            if (p + j) % 9:
                judged.setdefault(f"p{p:02}", {})[judge] = Prospect(f"p{p:02}", f"Prospect {p}", answers)
    judged["p99"] = {"founder": Prospect("p99", "Prospect 99")}
    return agreement(screen, judged, "pilot", stage_from="screen")


PANELS: dict[str, Callable[[], Agreement]] = {"panel": lambda: panel(24), "panel-too-small": lambda: panel(4)}
"""By the name of their goldens."""
