"""
Small screens, cost models and prospects to test laws with.

Small enough that every completion of what is unknown can be enumerated, and coarse enough that ties,
points exactly on a floor or the threshold, and answers of equal points come up often. They keep the rules of lint
that laws rest on: an option that fails a gate has no more points than any other, and options of a cost question
stand in the order of their cost, the cheapest first.

`types_after`, `shares_of` and `completions` are an oracle of their own for what is not known: verdict, §2.

A situation takes some two hundred choices. Each is one byte of a single drawn string instead of a draw
of its own, which is many times faster and still shrinks: towards the first of what can be chosen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, product, repeat
from math import prod
from typing import Any, TypeVar, get_args

from hypothesis import strategies as st

from fitcheck.decision.content.answers import UNKNOWN, Answer, Prospect
from fitcheck.decision.content.cost_model import (
    Activity,
    Band,
    Basis,
    Company,
    CostModel,
    CostOption,
    CostQuestion,
    Cycles,
    Deal,
    MarginShare,
    Rate,
    ThreePoint,
    Trigger,
)
from fitcheck.decision.content.rubric import (
    SIDES,
    STAGES,
    Actor,
    Change,
    Floor,
    MoneyGate,
    Option,
    ProspectType,
    Question,
    Rubric,
    Screen,
    Side,
    Stage,
    StageRules,
)
from fitcheck.decision.score.scorecard import Scorecard

T = TypeVar("T")
NOT_APPLICABLE = Answer(None, "n/a")
LAMBDAS = tuple(map(Fraction, ("0", "1/4", "1/3", "1/2", "3/4", "1")))
MOST_COMPLETIONS = 81
CHOICES = st.binary(min_size=320, max_size=320)
"""Enough for almost every situation; what is left then takes the first choice."""
ACTORS: tuple[Actor, ...] = get_args(Actor)
TYPES: tuple[ProspectType, ...] = get_args(ProspectType)
ASSUMED = Basis("assumption")
POINTS = tuple(map(Fraction, ("0", "0.2", "0.5", "0.8", "1", "1/3", "2/3")))
PERCENTS = tuple(map(Fraction, ("0", "20", "35", "50", "60", "80", "100", "33.335", "200/3")))


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that one call of `assess` takes."""

    screen: Screen
    stage: Stage
    prospect: Prospect
    company: Company | None = None

    def answering(self, answers: Mapping[str, Answer]) -> "Situation":
        """Return the same situation with these answers beside, or instead of, its own."""
        return replace(self, prospect=replace(self.prospect, answers={**self.prospect.answers, **answers}))


def given(option: str) -> Answer:
    """Answer with this option."""
    return Answer(option)


def asked(screen: Screen) -> tuple[Question | CostQuestion, ...]:
    """Every question of the screen, scored ones and those of its cost model."""
    return (*screen.questions, *(screen.cost.questions if screen.cost else ()))


def option_ids(question: Question | CostQuestion) -> list[str]:
    """Ids of the options of a question, in order."""
    return [option.id for option in question.options]


def base_rates_of(situation: Situation, question: Question | CostQuestion) -> list[int]:
    """How often an ordinary prospect gives each answer: as screen or cost model say, else 10, or 3 for a fatal one."""
    screen = situation.screen
    if isinstance(question, CostQuestion):
        named = (screen.cost.priors if screen.cost else {}).get(question.id) or {}
        return [named[option] if any(named.values()) else 10 for option in option_ids(question)]
    usual = {option.id: 3 if situation.stage in option.gate else 10 for option in question.options}
    return list((screen.priors.get(question.id) or usual).values())


def tilts_of(situation: Situation, question: Question | CostQuestion, of_type: ProspectType) -> list[Fraction]:
    """How much more often than an ordinary prospect this type gives each answer."""
    if isinstance(question, CostQuestion):
        last = len(question.options) - 1
        strength, merits = 2, [Fraction(last - k, last) for k in range(last + 1)]
    else:
        strength, at = 6, STAGES.index(situation.stage)
        rubric = next(rubric for rubric in situation.screen.rubrics if question in rubric.questions)
        points = [option.points[at] for option in question.options]
        counts = max(points) > 0 and situation.screen.stages[situation.stage].weights[rubric.id] > 0
        merits = [each / max(points) if counts else Fraction(1) for each in points]
    if of_type == "ordinary":
        return [Fraction(1)] * len(merits)
    return [1 + strength * (merit if of_type == "good" else 1 - merit) for merit in merits]


def shares_of(situation: Situation, question: Question | CostQuestion, of_type: ProspectType) -> list[Fraction]:
    """Probability of each answer under one type of prospect: base rate times tilt, in proportion."""
    rates = base_rates_of(situation, question)
    weights = [b * t for b, t in zip(rates, tilts_of(situation, question, of_type), strict=True)]
    return [weight / sum(weights) for weight in weights]


def types_after(situation: Situation) -> dict[ProspectType, Fraction]:
    """Probability of each type once the answers are known: Bayes' rule, with the base rate of each answer left out."""
    screen = situation.screen
    odds = {h: Fraction((screen.types or {"hard": 1, "ordinary": 2, "good": 1})[h]) for h in TYPES}
    for question in asked(screen):
        answer = situation.prospect.answer(question.id)
        if answer.option is not None:
            given_at = option_ids(question).index(answer.option)
            rates = base_rates_of(situation, question)
            for h in TYPES:
                tilts = tilts_of(situation, question, h)
                odds[h] *= tilts[given_at] / sum(b * t for b, t in zip(rates, tilts, strict=True))
    whole = sum(odds.values())
    return {h: each / whole for h, each in odds.items()}


def completions(situation: Situation) -> list[tuple[Situation, Fraction]]:
    """Every way in which the unknown answers could turn out, with its probability after the answers that are known."""
    screen, prospect = situation.screen, situation.prospect
    unknown = [question for question in asked(screen) if prospect.answer(question.id).state == "unknown"]
    types = types_after(situation)
    shares = {h: [shares_of(situation, question, h) for question in unknown] for h in TYPES}
    return [
        (
            situation.answering({q.id: given(q.options[k].id) for q, k in zip(unknown, picked, strict=True)}),
            sum(
                (
                    types[h] * prod((of[k] for of, k in zip(shares[h], picked, strict=True)), start=Fraction(1))
                    for h in TYPES
                ),
                Fraction(0),
            ),
        )
        for picked in product(*(range(len(question.options)) for question in unknown))
    ]


class Picker:
    """Chooses, one byte for each choice; always the first when the bytes have run out."""

    def __init__(self, choices: bytes) -> None:
        self._choices = chain(choices, repeat(0))

    def of(self, *values: T) -> T:
        """One of these values."""
        return values[next(self._choices) % len(values)]

    def some(self, values: Sequence[T]) -> list[T]:
        """Those values for which a coin says so, in their order."""
        return [value for value in values if self.of(False, True)]

    def many(self, count: int, *values: T) -> list[T]:
        """`count` of these values, with repetition."""
        return [self.of(*values) for _ in range(count)]

    def ordered(self, values: Sequence[T]) -> list[T]:
        """All of these values in some order."""
        left = list(values)
        return [left.pop(next(self._choices) % len(left)) for _ in values]


def _options(pick: Picker, stages: Sequence[Stage]) -> tuple[Option, ...]:
    """Two or three options, best first or in any order, now and then with a gate at some of `stages`."""
    count = pick.of(2, 3)
    rows = [pick.many(count, *POINTS) for _ in stages]
    if pick.of(True, False):
        rows = [sorted(row, reverse=True) for row in rows]
    by_stage = dict(zip(stages, rows, strict=True))
    is_gated = pick.of(*[False] * 7, True)
    gates = [frozenset(pick.some(stages)) if is_gated else frozenset() for _ in range(count)]
    for stage, row in by_stage.items():
        by_stage[stage] = [min(row) if stage in gate else share for share, gate in zip(row, gates, strict=True)]
    return tuple(
        Option(
            id=f"o{i}",
            says=f"level {i}",
            points=tuple(by_stage.get(stage, rows[0])[i] for stage in STAGES),
            because=f"it is level {i}",
            gate=gate,
            gate_because=f"level {i} rules it out" if gate else "",
            reason=pick.of(None, None, None, "shared"),
        )
        for i, gate in enumerate(gates)
    )


def _question(pick: Picker, name: str, stages: Sequence[Stage], side: Side | None, *, skippable: bool) -> Question:
    return Question(
        id=name,
        ask=f"What of {name}?",
        why="It matters.",
        weight=pick.of(Fraction(1), Fraction(1), Fraction(2), Fraction(3), Fraction(1, 3)),
        reason=pick.of(name, "shared"),
        options=_options(pick, stages),
        change=Change(pick.of(*ACTORS), f"Improve {name}.", weeks=pick.of(None, 4, 26)),
        side=side,
        not_applicable=pick.of(None, "Only if it can't be said.") if skippable else None,
    )


def _rubric(pick: Picker, name: str, stages: Sequence[Stage]) -> Rubric:
    """One-way or two-way, with one or two questions a side."""
    sides: tuple[Side | None, ...] = pick.of((None,), SIDES)
    questions = tuple(
        _question(pick, f"{name}_{side or 'q'}{k}", stages, side, skippable=k > 0)
        for side in sides
        for k in range(pick.of(1, 2))
    )
    titles: dict[Side, str] = {side: f"trust of {side}" for side in sides if side}
    return Rubric(name, 1, name.title(), "About it.", "An essay", questions, titles)


def _stage_rules(pick: Picker, dimensions: Sequence[Rubric]) -> StageRules:
    """Weights, some of them zero, a threshold and floors."""
    weights = [pick.of(1, 2, 3, 5), *pick.many(len(dimensions) - 1, 0, 1, 1, 2, 3, 5)]
    floors = [
        Floor(rubric.id, side, pick.of(*PERCENTS, *PERCENTS[:5]), f"{rubric.id} needs it")
        for rubric in dimensions
        for side in (rubric.sides or (None,))
        if pick.of(*[False] * 5, True)
    ]
    return StageRules(
        {rubric.id: Fraction(weight) for rubric, weight in zip(dimensions, pick.ordered(weights), strict=True)},
        pick.of(*map(Fraction, ("50", "40", "60", "50", "30", "66.665", "80", "0", "100"))),
        tuple(floors),
    )


def _priors(pick: Picker, questions: Sequence[Question | CostQuestion]) -> dict[str, dict[str, int]]:
    """Weights of the options of some questions, zero among them."""
    return {
        question.id: dict(zip(option_ids(question), pick.ordered(weights), strict=True))
        for question in pick.some(questions)
        for weights in [[pick.of(1, 2, 300), *pick.many(len(question.options) - 1, 0, 1, 2, 3, 300)]]
    }


def _activity(pick: Picker, name: str, trigger: Trigger | None) -> Activity:
    low, likely, high = sorted(pick.many(3, *((8, 0, 20, 40) if trigger else (0, 1, 2, 4, 8, 20))))
    return Activity(
        id=name,
        title=f"Activity {name}",
        hours=ThreePoint(Fraction(low), Fraction(likely), Fraction(high)),
        role=pick.of("presales", "sales"),
        per=pick.of("deal", "cycle"),
        because="it is needed",
        basis=ASSUMED,
        when=trigger,
        expenses=pick.of(Fraction(0), Fraction(0), Fraction(250)),
    )


def _cycles(pick: Picker, two_way: Sequence[str]) -> Cycles:
    rubric = pick.of(None, *two_way, *two_way)
    extras = sorted(pick.some([Fraction(0), Fraction(1), Fraction(3)]), reverse=True)
    bounds = pick.ordered(PERCENTS[1:])[: len(extras)]
    bands = [
        *(Band(below, 2 + extra, "less trust") for below, extra in zip(sorted(bounds), extras, strict=True)),
        Band(None, pick.of(Fraction(0), Fraction(3, 2)), "as it is"),
    ]
    return Cycles(
        tuple(bands) if rubric else (bands[-1],), ASSUMED, rubric, pick.of(1, 2, 4), pick.of("geometric", "poisson")
    )


def _cost_model(pick: Picker, two_way: Sequence[str]) -> CostModel:
    """Up to two cost questions, activities for the deal and for each cycle, up to four bands of trust."""
    questions = tuple(
        CostQuestion(
            id=f"c{i}",
            ask=f"What of c{i}?",
            why="It costs.",
            options=tuple(CostOption(f"o{k}", f"level {k}") for k in range(pick.of(2, 3))),
            not_applicable=pick.of(None, "Only if it can't be said."),
        )
        for i in range(pick.of(0, 1, 2))
    )
    # What happens with one answer happens with all dearer ones.
    triggers = [
        Trigger(q.id, frozenset(option_ids(q)[pick.of(1, 1, 2, 0) :] or option_ids(q)[-1:]))
        for q in (*questions, *questions)
    ]
    return CostModel(
        id="cost",
        version=1,
        title="Cost",
        questions=questions,
        activities=tuple(_activity(pick, f"a{i}", when) for i, when in enumerate([None, None, *triggers])),
        cycles=_cycles(pick, two_way),
        rates={"presales": Rate(Fraction(100), ASSUMED), "sales": Rate(Fraction(80), ASSUMED)},
        currency="EUR",
        spread=Fraction(3, 10),
        margin=pick.of(None, MarginShare(Fraction(1, 2), ASSUMED)),
        priors=_priors(pick, questions),
    )


def _screen(pick: Picker, *, cost: bool) -> Screen:
    """One to three rubrics at one or two stages; with `cost`, mostly with a cost model and a money gate."""
    stages = pick.ordered(STAGES)[: pick.of(1, 2)]
    dimensions = tuple(_rubric(pick, f"r{i}", stages) for i in range(pick.of(1, 2, 3)))
    two_way = [rubric.id for rubric in dimensions if rubric.is_two_way]
    model = _cost_model(pick, two_way) if cost and pick.of(False, True, True) else None
    gate = MoneyGate(
        "a dollar for a dollar",
        win_rate=pick.of(Fraction(3, 10), Fraction(1, 2), Fraction(1)),
        lost_share=pick.of(Fraction(7, 10), Fraction(1)),
        stages=pick.of(frozenset(STAGES), frozenset(STAGES), frozenset(stages[:1])),
    )
    return Screen(
        id="screen",
        version=1,
        title="Screen",
        about="About it.",
        rubrics=dimensions,
        stages={stage: _stage_rules(pick, dimensions) for stage in stages},
        default_stage=stages[0],
        least_known=pick.of(Fraction(0), Fraction(1, 5), Fraction(1, 2), Fraction(1)),
        look_again_weeks=12,
        digest="",
        trust_lambda=pick.of(*LAMBDAS),
        cost=model,
        money_gate=gate if model and pick.of(True, True, False) else None,
        priors=_priors(pick, [question for rubric in dimensions for question in rubric.questions]),
        types=dict(zip(TYPES, pick.of((), (), (3, 1, 2), (0, 1, 0), (1, 0, 4)), strict=False)),
        core=tuple(pick.some([question.id for rubric in dimensions for question in rubric.questions])),
    )


def _deal(pick: Picker) -> Deal:
    """From hopeless to generous, now and then of unknown worth."""
    return Deal(
        value=pick.of(None, *map(Fraction, (12_000, 0, 4_000, 8_000, 20_000, 40_000))),
        currency=pick.of(None, "EUR", "USD"),
        margin=pick.of(None, None, None, Fraction(2_500)),
        learning_value=pick.of(Fraction(0), Fraction(0), Fraction(700)),
        win_probability=pick.of(None, None, Fraction(3, 4), Fraction(0)),
        per=pick.of("once", "once", "year"),
        months=pick.of(None, Fraction(6)),
        hours_spent=pick.of({}, {}, {"presales": Fraction(13, 2)}, {"presales": Fraction(500), "sales": Fraction(3)}),
    )


def _company(pick: Picker) -> Company | None:
    if pick.of(True, False):
        return None
    rates = {"presales": Fraction(90), "sales": Fraction(60)}
    exchange = {"USD": Fraction(4, 5), "EUR": Fraction(5, 4)}
    return Company(
        currency=pick.of(None, "EUR", "USD"),
        margin=pick.of(None, Fraction(3, 4)),
        rates={role: rates[role] for role in pick.some(tuple(rates))},
        weekly_hours=pick.of(None, Fraction(10)),
        pilot_hours=pick.of(None, Fraction(10), Fraction(60)),
        exchange={currency: exchange[currency] for currency in pick.some(tuple(exchange))},
    )


def _situation(pick: Picker, *, unknowns: bool, cost: bool) -> Situation:
    screen = _screen(pick, cost=cost)
    answers: dict[str, Answer] = {}
    missing = 1
    for question in pick.ordered(asked(screen)):
        states = [given(option) for option in option_ids(question)]
        if question.not_applicable:
            states.append(NOT_APPLICABLE)
        if unknowns and missing * len(question.options) <= MOST_COMPLETIONS:
            states += [UNKNOWN] * len(states)
        answer = pick.of(*states)
        missing *= len(question.options) if answer is UNKNOWN else 1
        if answer is not UNKNOWN or pick.of(True, False):
            answers[question.id] = answer
    prospect = Prospect("acme", "Acme", answers, _deal(pick))
    return Situation(screen, pick.of(*screen.stages), prospect, _company(pick))


@st.composite
def situations(draw: st.DrawFn, *, unknowns: bool = True, cost: bool = True) -> Situation:
    """
    A screen at one of its stages and a prospect.

    Args:
        draw: handed in by hypothesis.
        unknowns: whether answers may be missing, with at most `MOST_COMPLETIONS` completions.
        cost: whether the screen may have a cost model.
    """
    return _situation(Picker(draw(CHOICES)), unknowns=unknowns, cost=cost)


def chosen_of(card: Scorecard, prospect: Prospect) -> tuple[int | None, ...]:
    """For each line of the scorecard the index of the chosen option, None if unknown."""
    answers = [prospect.answer(line.question.id).option for line in card.lines]
    return tuple(
        None if answer is None else option_ids(line.question).index(answer)
        for line, answer in zip(card.lines, answers, strict=True)
    )


def worked_example() -> Situation:
    """
    A situation to work through by hand, at stage `pilot`, without cost.

    Points: need and trust weigh 2 : 1, so they get 200/3 and 100/3 of 100. The three questions of need share theirs
    alike, 200/9 each; on their side of trust promises and references weigh 2 : 1 and share 100/3 as 200/9 and 100/9;
    on our side candour has all 100/3. As it stands need has 200/9 + 50/9 + 200/9 = 50 and our side of trust 40/3,
    which is the weaker one whatever the references say: 190/3 together, 60 are needed.
    """

    def question(name: str, side: Side | None, weight: int, points: Mapping[str, str], **more: Any) -> Question:
        levels = tuple(
            Option(option, f"{name} {option}", (Fraction(share),) * len(STAGES), f"{name} is {option}")
            for option, share in points.items()
        )
        fatal = more.pop("fatal", None)
        levels = tuple(
            replace(level, gate=frozenset({"pilot"}), gate_because="no merit helps") if level.id == fatal else level
            for level in levels
        )
        return Question(
            name, f"What of {name}?", "It matters.", Fraction(weight), name, levels, Change("them", "x"), side, **more
        )

    need = Rubric(
        "need",
        1,
        "Need",
        "About it.",
        "An essay",
        (
            question("pain", None, 1, {"severe": "1", "some": "0.5", "none": "0"}, fatal="none"),
            question("goal", None, 1, {"clear": "1", "vague": "0.25"}),
            question("plan", None, 1, {"agreed": "1", "none": "0"}, not_applicable="Only if there is nothing to plan."),
        ),
    )
    trust = Rubric(
        "trust",
        1,
        "Trust",
        "About it.",
        "An essay",
        (
            question("promises", "theirs", 2, {"kept": "1", "broken": "0"}),
            question("references", "theirs", 1, {"given": "1", "refused": "0"}),
            question("candour", "ours", 1, {"open": "1", "guarded": "0.4", "hostile": "0"}),
        ),
        {"theirs": "they trust us", "ours": "we trust them"},
    )
    rules = StageRules(
        {"need": Fraction(2), "trust": Fraction(1)},
        Fraction(60),
        (Floor("trust", "theirs", Fraction(30), "no trust, no deal"), Floor("trust", "ours", Fraction(35), "likewise")),
    )
    screen = Screen(
        "worked", 1, "Worked", "About it.", (need, trust), {"pilot": rules}, "pilot", Fraction(1, 2), 12, digest=""
    )
    answers = {
        "pain": given("severe"),
        "goal": given("vague"),
        "plan": given("agreed"),
        "promises": given("kept"),
        "candour": given("guarded"),
    }
    return Situation(screen, "pilot", Prospect("acme", "Acme", answers))
