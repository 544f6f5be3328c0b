"""
Sets of changes against trying every combination of answers.

`Judge` says by itself, from the compiled points, whether a combination is a "pursue"; where everything is known
the assessment has to agree with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, cycle, product
from math import prod

from hypothesis import assume, given as forall, settings, strategies as st
from strategies import Picker, Situation, given, option_ids, situations, worked_example

from fitcheck.decision.assess import assess
from fitcheck.decision.change.change_sets import ChangeSet, PathsToPursue, Step
from fitcheck.decision.change.paths import SETS, path_to_decline, paths_to_pursue
from fitcheck.decision.content.answers import UNKNOWN
from fitcheck.decision.content.cost_model import Activity, Band, Basis, CostModel, Cycles, Rate, ThreePoint
from fitcheck.decision.content.rubric import (
    SIDES,
    STAGES,
    Change,
    Floor,
    Option,
    Question,
    Rubric,
    Side,
    StageRules,
)
from fitcheck.decision.cost.money import MoneySide
from fitcheck.decision.score.prospect_types import TypeOdds
from fitcheck.decision.score.scorecard import Line, Scorecard
from fitcheck.decision.verdict.scorer import Scorer

Picked = Mapping[int, int]
"""Index of the new option by index of the line."""

MOST_COMBINATIONS = 600
WORKED = worked_example()


@dataclass(frozen=True)
class Judge:
    """One prospect, ready to be asked what becomes of it when answers change."""

    card: Scorecard
    chosen: tuple[int | None, ...]
    types: TypeOdds
    money: MoneySide | None

    def points(self, picked: Picked) -> list[int]:
        """Points of each line once these answers have changed."""
        points = []
        for i, (line, option) in enumerate(zip(self.card.lines, self.chosen, strict=True)):
            now = picked.get(i, option)
            points.append(line.expected(self.types) if now is None else line.points[now])
        return points

    def pursued(self, picked: Picked) -> bool:
        """Whether they make a "pursue", as far as it is known."""
        for i, (line, option) in enumerate(zip(self.card.lines, self.chosen, strict=True)):
            now = picked.get(i, option)
            if all(line.gated) if now is None else line.gated[now]:
                return False
        sides = self.card.side_points(self.points(picked))
        dimensions = [self.card.join(pair) for pair in sides]
        if any(sides[floor.dimension][floor.side] < floor.least for floor in self.card.floors):
            return False
        trust = 0
        if self.money and self.money.dimension is not None:
            trust = dimensions[self.money.dimension]
        if self.money and self.money.state(trust, trust) == "fail":
            return False
        return sum(dimensions) >= self.card.threshold

    def rank(self, picked: Picked, sign: int) -> tuple[int, int, tuple[int, ...]]:
        """Best score first (worst with sign -1), then points of the answers, then rubric order."""
        points = self.points(picked)
        order = tuple(0 if i not in picked else picked[i] - len(line.points) for i, line in enumerate(self.card.lines))
        return -sign * self.card.score(points), -sign * sum(points), order


def judge(situation: Situation) -> Judge:
    screen, prospect = situation.screen, situation.prospect
    found = Scorer(screen, situation.stage, situation.company).judge(prospect)
    return Judge(found.card, found.chosen, found.bounds.types, found.money_side(prospect.answers))


def worth(line: Line, option: int) -> tuple[bool, int]:
    return not line.gated[option], line.points[option]


def better(line: Line, option: int | None) -> dict[int, int]:
    """Options to climb to, with the number of levels; of equal ones the first."""
    if option is None or line.question.change.by == "nobody":
        return {}
    found: dict[int, int] = {}
    for target in range(len(line.points)):
        between = {
            worth(line, o)
            for o in range(len(line.points))
            if worth(line, option) < worth(line, o) <= worth(line, target)
        }
        if between and not line.gated[target] and all(worth(line, o) != worth(line, target) for o in found):
            found[target] = len(between)
    return found


def worse(line: Line, option: int | None) -> int | None:
    if option is None:
        return None
    below = [o for o in range(len(line.points)) if worth(line, o) < worth(line, option)]
    return min(below, key=lambda o: (not worth(line, o)[0], -worth(line, o)[1], o), default=None)


def best_sets(judge: Judge) -> list[tuple[int, Picked]]:
    """The best sets of changes, each without all the lines of an earlier one."""
    climbs = [better(line, option) for line, option in zip(judge.card.lines, judge.chosen, strict=True)]
    found = []
    for options in product(*([None, *climb] for climb in climbs)):
        picked = {i: option for i, option in enumerate(options) if option is not None}
        if judge.pursued(picked):
            effort = sum(judge.card.lines[i].question.change.effort * climbs[i][option] for i, option in picked.items())
            found.append((effort, len(picked), judge.rank(picked, 1), picked))
    kept: list[tuple[int, Picked]] = []
    for effort, _, _, picked in sorted(found, key=lambda each: each[:3]):
        if len(kept) < SETS and not any(earlier.keys() <= picked.keys() for _, earlier in kept):
            kept.append((effort, picked))
    return kept


def picked_in(judge: Judge, found: ChangeSet) -> Picked:
    ids = [line.question.id for line in judge.card.lines]
    lines = [ids.index(step.question) for step in found.steps]
    assert lines == sorted(lines)
    options = [
        [option.id for option in judge.card.lines[i].question.options].index(step.after)
        for i, step in zip(lines, found.steps, strict=True)
    ]
    return dict(zip(lines, options, strict=True))


def with_efforts(situation: Situation, efforts: Sequence[int]) -> Situation:
    """Return the same situation with these efforts, one question after the other."""
    left = cycle(efforts)

    def dearer(question: Question) -> Question:
        return replace(question, change=replace(question.change, effort=next(left)))

    def harder(rubric: Rubric) -> Rubric:
        return replace(rubric, questions=tuple(map(dearer, rubric.questions)))

    return replace(situation, screen=replace(situation.screen, rubrics=tuple(map(harder, situation.screen.rubrics))))


def how_many(judge: Judge) -> int:
    return prod(1 + len(better(line, option)) for line, option in zip(judge.card.lines, judge.chosen, strict=True))


WORKED_JUDGE = judge(WORKED)

efforts = st.lists(st.integers(1, 4), min_size=1, max_size=5)


@st.composite
def wide(draw: st.DrawFn) -> Situation:
    """Two rubrics with up to four questions a side, so that one set of changes can be had in many ways."""
    pick = Picker(draw(st.binary(min_size=260, max_size=260)))
    rubrics = tuple(_wide_rubric(pick, name) for name in ("first", "second")[: pick.of(1, 2)])
    floors = tuple(
        Floor(rubric.id, side, Fraction(pick.of(0, 0, 20, 40)), "needed")
        for rubric in rubrics
        for side in rubric.sides or (None,)
    )
    rules = StageRules(
        {rubric.id: Fraction(pick.of(1, 2)) for rubric in rubrics}, Fraction(pick.of(50, 60, 40, 45)), floors
    )
    trust_lambda = Fraction(pick.of(4, 4, 2, 1, 0), 4)
    screen = replace(WORKED.screen, rubrics=rubrics, stages={"pilot": rules}, trust_lambda=trust_lambda)
    answers = {q.id: pick.of(UNKNOWN, *map(given, [*option_ids(q)[1:], *option_ids(q) * 2])) for q in screen.questions}
    return replace(WORKED, screen=screen, prospect=replace(WORKED.prospect, answers=answers))


def _wide_rubric(pick: Picker, name: str) -> Rubric:
    sides: tuple[Side | None, ...] = pick.of((None,), SIDES)
    questions = []
    for side in sides:
        for k in range(pick.of(4, 3, 2) if side else pick.of(5, 4)):
            shares = [Fraction(pick.of(0, 4, 2, 1, 3), 4) for _ in range(pick.of(3, 2))]
            change = Change(
                pick.of("them", "us", "time", "them", "us", "time", "nobody"), "Do it.", effort=pick.of(1, 2, 1, 3)
            )
            options = tuple(
                Option(f"o{i}", f"level {i}", (share,) * len(STAGES), "so it is")
                for i, share in enumerate(sorted(shares, reverse=True))
            )
            if pick.of(*[False] * 5, True):
                options = (*options[:-1], replace(options[-1], gate=frozenset({"pilot"}), gate_because="no"))
            question = WORKED.screen.questions[0]
            weight = Fraction(pick.of(1, 1, 2))
            questions.append(
                replace(question, id=f"{name}_{side}_{k}", weight=weight, options=options, change=change, side=side)
            )
    return Rubric(
        name, 1, name.title(), "About it.", "An essay", tuple(questions), dict.fromkeys(filter(None, sides), "")
    )


@settings(max_examples=100)
@forall(situations(), efforts)
def test_no_other_combination_of_better_answers_is_cheaper(situation: Situation, levels: list[int]) -> None:
    check_changes(judge(with_efforts(situation, levels)))


@settings(max_examples=100)
@forall(wide())
def test_nor_where_many_combinations_come_to_the_same(situation: Situation) -> None:
    check_changes(judge(situation))


def check_changes(asked: Judge) -> None:
    assume(how_many(asked) <= MOST_COMBINATIONS)
    found = paths_to_pursue(asked.card, asked.chosen, asked.types, asked.money)
    expected = best_sets(asked)
    assert [(each.effort, picked_in(asked, each)) for each in found.sets] == expected
    assert bool(found.obstacles) == (not expected)
    hopes = [
        {*range(len(line.points))} if o is None else {o} for line, o in zip(asked.card.lines, asked.chosen, strict=True)
    ]
    best = {
        i: max(options | {*better(asked.card.lines[i], asked.chosen[i])}, key=lambda o: worth(asked.card.lines[i], o))
        for i, options in enumerate(hopes)
    }
    assert found.cannot_change == (not expected and not asked.pursued(best))
    for each in found.sets:
        assert each.score == asked.card.shown(asked.card.score(asked.points(picked_in(asked, each))))


@settings(max_examples=100)
@forall(situations())
def test_no_fewer_slips_take_a_pursue_away(situation: Situation) -> None:
    check_loss(judge(situation))


@settings(max_examples=100)
@forall(wide())
def test_nor_where_many_slips_come_to_the_same(situation: Situation) -> None:
    check_loss(judge(situation))


def check_loss(asked: Judge) -> None:
    slips = [worse(line, option) for line, option in zip(asked.card.lines, asked.chosen, strict=True)]
    can_slip = [i for i, option in enumerate(slips) if option is not None]
    found = path_to_decline(asked.card, asked.chosen, asked.types, asked.money)
    for count in range(len(can_slip) + 1):
        sets = [{i: o for i in lines if (o := slips[i]) is not None} for lines in combinations(can_slip, count)]
        turned = [picked for picked in sets if not asked.pursued(picked)]
        if turned:
            assert found is not None
            assert picked_in(asked, found) == min(turned, key=lambda picked: asked.rank(picked, -1))
            assert found.effort == count
            assert found.score == asked.card.shown(asked.card.score(asked.points(picked_in(asked, found))))
            return
    assert found is None


@settings(max_examples=80)
@forall(situations(unknowns=False), efforts)
def test_where_everything_is_known_the_assessment_agrees(situation: Situation, levels: list[int]) -> None:
    told = with_efforts(situation, levels)
    asked = judge(told)
    found = paths_to_pursue(asked.card, asked.chosen, asked.types, asked.money)
    loss = path_to_decline(asked.card, asked.chosen, asked.types, asked.money)
    assert (verdict(told) == "pursue") == bool(found.sets and not found.sets[0].steps)
    assert (verdict(told) == "not now") == (loss is not None and not loss.steps)
    for each in found.sets:
        assert verdict(after(told, each.steps)) == "pursue"
        for left_out in range(len(each.steps)):
            assert verdict(after(told, [*each.steps[:left_out], *each.steps[left_out + 1 :]])) == "not now"
    if loss and loss.steps:
        assert verdict(after(told, loss.steps)) == "not now"
        for left_out in range(len(loss.steps)):
            assert verdict(after(told, [*loss.steps[:left_out], *loss.steps[left_out + 1 :]])) == "pursue"


def verdict(situation: Situation) -> str:
    return assess(situation.screen, situation.prospect, situation.stage, company=situation.company).verdict


def after(situation: Situation, steps: Sequence[Step]) -> Situation:
    return situation.answering({step.question: given(step.after) for step in steps})


# By hand, from the points in `worked_example`: as it stands 50 points of need and 40/3 of trust make 190/3.


def asking(**answers: str) -> Judge:
    return judge(WORKED.answering({question: given(option) for question, option in answers.items()}))


def changed(question: str, change: Change) -> Judge:
    """Return the worked example with that question at its worst answer and another way to change it."""
    rubrics = tuple(
        replace(rubric, questions=tuple(replace(q, change=change) if q.id == question else q for q in rubric.questions))
        for rubric in WORKED.screen.rubrics
    )
    worst = next(q.options[-1].id for q in WORKED.screen.questions if q.id == question)
    situation = replace(WORKED, screen=replace(WORKED.screen, rubrics=rubrics))
    return judge(situation.answering({question: given(worst)}))


def steps(found: ChangeSet | None) -> list[tuple[str, str, str]]:
    return [(step.question, step.before, step.after) for step in found.steps] if found else []


def test_each_further_set_does_without_something_of_the_ones_before() -> None:
    # As it stands 370/9. A plan brings 200/9; a clear goal 50/3; candour 20, of which trust gets the 80/9 up to theirs,
    # and all 20 with the references.
    asked = asking(plan="none", references="refused")
    found = paths_to_pursue(asked.card, asked.chosen, asked.types)
    assert [steps(each) for each in found.sets] == [
        [("plan", "none", "agreed")],
        [("goal", "vague", "clear"), ("candour", "guarded", "open")],
        [("references", "refused", "given"), ("candour", "guarded", "open")],
    ]
    assert [each.effort for each in found.sets] == [1, 2, 2]
    assert [each.score for each in found.sets] == [Fraction(190, 3), Fraction(600, 9), Fraction(550, 9)]
    assert [step.gain for step in found.sets[1].steps] == [Fraction(50, 3), Fraction(20)]


def test_a_failed_floor_has_to_be_mended_whatever_else_changes() -> None:
    asked = asking(candour="hostile")
    found = paths_to_pursue(asked.card, asked.chosen, asked.types)
    assert [steps(each) for each in found.sets] == [[("candour", "hostile", "guarded")]]


def test_the_slip_that_costs_most_comes_first() -> None:
    # Any one slip would do: some pain loses 100/9, no plan 200/9, hostility 40/3, and broken promises what the
    # references, which are unknown, leave theirs below ours.
    loss = path_to_decline(WORKED_JUDGE.card, WORKED_JUDGE.chosen, WORKED_JUDGE.types)
    assert steps(loss) == [("plan", "agreed", "none")]
    assert loss is not None
    assert loss.score == Fraction(370, 9)


def test_what_is_unknown_is_no_change_but_may_do() -> None:
    # Without the references, which are unknown and stay below all their points, the threshold of 100 is out of reach.
    rules = replace(WORKED.screen.stages["pilot"], threshold=Fraction(100))
    asked = judge(replace(WORKED, screen=replace(WORKED.screen, stages={"pilot": rules})))
    assert paths_to_pursue(asked.card, asked.chosen, asked.types) == PathsToPursue((), ("score",), answers_may_do=True)
    # Once they are refused, their being given is a change like any other.
    refused = tuple(1 if option is None else option for option in asked.chosen)
    assert [
        ("references", "refused", "given") in steps(each)
        for each in paths_to_pursue(asked.card, refused, asked.types).sets
    ] == [True]


def test_what_nobody_can_change_stays_in_the_way() -> None:
    for question, obstacle in (("pain", "pain"), ("candour", "floor:trust:ours")):
        asked = changed(question, Change("nobody", ""))
        assert paths_to_pursue(asked.card, asked.chosen, asked.types).obstacles == (obstacle,)


def test_a_set_says_who_acts_and_how_long_it_takes() -> None:
    asked = changed("candour", Change("time", "Wait for the merger.", effort=3, weeks=26))
    found = paths_to_pursue(asked.card, asked.chosen, asked.types)
    assert [each.weeks for each in found.sets] == [26]
    assert [each.effort for each in found.sets] == [3]
    assert [step.advice for step in found.sets[0].by("time")] == ["Wait for the merger."]
    assert found.sets[0].by("us") == ()


def test_nothing_to_change_is_a_set_without_steps() -> None:
    found = paths_to_pursue(WORKED_JUDGE.card, WORKED_JUDGE.chosen, WORKED_JUDGE.types)
    assert [(each.steps, each.effort, each.score) for each in found.sets] == [((), 0, Fraction(190, 3))]
    assert not found.cannot_change


def dear(limit: int) -> Judge:
    """Closing costs 3000 from 60 % of trust on; below, where a second cycle comes half as often as one, 4000."""
    basis = Basis("own")
    hours = ThreePoint(*[Fraction(30)] * 3)
    bands = (Band(Fraction(60), Fraction(1), "less"), Band(None, Fraction(0), "more"))
    model = CostModel(
        id="cost",
        version=1,
        title="Cost",
        questions=(),
        activities=(Activity("demo", "Demo", hours, "presales", "cycle", "it is needed", basis),),
        cycles=Cycles(bands, basis, "trust", most=2),
        rates={"presales": Rate(Fraction(100), basis)},
        currency="EUR",
        spread=Fraction(0),
    )
    asked = judge(replace(WORKED, screen=replace(WORKED.screen, cost=model)))
    assert asked.money is not None
    return replace(asked, money=replace(asked.money, terms=replace(asked.money.terms, limit=Fraction(limit))))


def test_more_trust_may_mend_the_money_gate() -> None:
    # Five quarters of 3199 are a little below 4000.
    asked = dear(limit=3_199)
    found = paths_to_pursue(asked.card, asked.chosen, asked.types, asked.money)
    assert [steps(each) for each in found.sets] == [[("candour", "guarded", "open")]]
    asked = dear(limit=3_200)
    assert paths_to_pursue(asked.card, asked.chosen, asked.types, asked.money).sets[0].steps == ()


def test_no_answer_about_fit_mends_a_cost_that_is_too_high_in_any_case() -> None:
    asked = dear(limit=2_399)
    found = paths_to_pursue(asked.card, asked.chosen, asked.types, asked.money)
    assert (found.sets, found.obstacles, found.only_cost) == ((), ("money",), True)
