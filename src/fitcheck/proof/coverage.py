"""Coverage: which parts of the content the worked cases exercise, and which none does."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from fitcheck.decision.content.cost_model import CostQuestion
from fitcheck.decision.content.rubric import STAGES, Floor, Option, Question, Screen, Stage
from fitcheck.decision.score.results import GateState
from fitcheck.proof.cases import Outcome

Kind = Literal["option", "question", "gate", "floor", "money gate", "verdict"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_STATES: Mapping[GateState, str] = {"fail": "failing", "at risk": "at risk", "pass": "passing", "unknown": "not known"}


@dataclass(frozen=True, slots=True)
class Demand:
    """
    One part that some case must cover.

    Attributes:
        of: the file that it belongs to, such as `rubric mutual-trust`.
        part: the question, the option (`question.option`), the floor or the stage.
        state: what the part must be seen to be: chosen, unknown, failing, passing, or one of the verdicts.

    >>> Demand("gate", "rubric shared-interest", "problem_match.another_problem", "passing").text
    'gate problem_match.another_problem passing'
    >>> Demand("verdict", "screen pilot", "growth", "not now").text
    'not now at growth'
    """

    kind: Kind
    of: str
    part: str
    state: str

    @property
    def text(self) -> str:
        """In words, without the file."""
        match self.kind:
            case "gate":
                return f"gate {self.part} {self.state}"
            case "money gate":
                return f"money gate {self.state}"
            case "verdict":
                return f"{self.state} at {self.part}"
            case _:
                return f"{self.part} {self.state}"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Everything the cases must cover, and the gaps."""

    demands: tuple[Demand, ...]
    gaps: tuple[Demand, ...]

    def counts(self) -> Iterator[tuple[Kind, int, int]]:
        """Yield for each kind that occurs: how much is shown, and how much is demanded."""
        for kind in KINDS:
            demanded = sum(demand.kind == kind for demand in self.demands)
            if demanded:
                yield kind, demanded - sum(gap.kind == kind for gap in self.gaps), demanded


def coverage(screens: Iterable[Screen], outcomes: Iterable[Outcome]) -> Coverage:
    """
    Compare what screens require with what cases cover.

    Demanded are: every option of every question chosen; every question written as unknown; every option gate
    failing, and passing at a stage where it is one; every floor and every money gate failing and passing; both
    verdicts at every stage of every screen. A rubric or a cost model that several screens share counts once.
    """
    demanded = dict.fromkeys(demand for screen in screens for demand in _demands(screen))
    shown = {demand for outcome in outcomes for demand in _shown(outcome)}
    return Coverage(tuple(demanded), tuple(demand for demand in demanded if demand not in shown))


def _demands(screen: Screen) -> Iterator[Demand]:
    for of, question in _questions(screen):
        for option in question.options:
            yield Demand("option", of, f"{question.id}.{option.id}", "chosen")
            if isinstance(option, Option) and option.gate & screen.stages.keys():
                yield from _both("gate", of, f"{question.id}.{option.id}")
        yield Demand("question", of, question.id, "unknown")
    of = f"screen {screen.id}"
    if screen.money_gate:
        yield from _both("money gate", of, "")
    for stage in STAGES:
        if stage in screen.stages:
            for floor in screen.stages[stage].floors:
                yield from _both("floor", of, _floor_part(floor))
            yield Demand("verdict", of, stage, "pursue")
            yield Demand("verdict", of, stage, "not now")


def _shown(outcome: Outcome) -> Iterator[Demand]:
    case, found = outcome.case, outcome.assessment
    for of, question in _questions(case.screen):
        answer = case.prospect.answers.get(question.id)
        if answer and answer.state == "unknown":
            yield Demand("question", of, question.id, "unknown")
        if answer and answer.option:
            yield Demand("option", of, f"{question.id}.{answer.option}", "chosen")
            if isinstance(question, Question):
                yield from _gates_shown(of, question, answer.option, case.stage)
    of, states = f"screen {case.screen.id}", {gate.id: _STATES[gate.state] for gate in found.gates}
    for floor in case.screen.stages[case.stage].floors:
        yield Demand("floor", of, _floor_part(floor), states[floor.id])
    if "money" in states:
        yield Demand("money gate", of, "", states["money"])
    yield Demand("verdict", of, case.stage, found.verdict)


def _gates_shown(of: str, question: Question, chosen: str, stage: Stage) -> Iterator[Demand]:
    fails = stage in question.option(chosen).gate
    for option in question.options:
        if stage in option.gate and (option.id == chosen or not fails):
            yield Demand("gate", of, f"{question.id}.{option.id}", "failing" if fails else "passing")


def _questions(screen: Screen) -> Iterator[tuple[str, Question | CostQuestion]]:
    for rubric in screen.rubrics:
        for question in rubric.questions:
            yield f"rubric {rubric.id}", question
    for costly in screen.cost.questions if screen.cost else ():
        yield f"cost model {screen.cost.id if screen.cost else ''}", costly


def _both(kind: Kind, of: str, part: str) -> Iterator[Demand]:
    yield Demand(kind, of, part, "failing")
    yield Demand(kind, of, part, "passing")


def _floor_part(floor: Floor) -> str:
    """Floors of one rubric and side with one percentage count as one, whatever the stage."""
    return f"{floor.id} at {float(floor.percent):g} %"
