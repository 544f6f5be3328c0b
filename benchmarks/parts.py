"""
How long each part of a verdict takes for one prospect, next to the naive method in the same run.

    python benchmarks/parts.py [prospects]

Every prospect has 30 scored questions of five answers, 15 of them unknown, and the cost model and money gate of the
built-in screen `pilot`. Part and naive method take turns, prospect by prospect; what both can finish is compared.
Where the naive method would take hours, its time is that of one step times the number of steps, marked with ≈.
"""

import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import count, islice
from math import comb, prod
from random import Random  # noqa: TID251 - seeded
from typing import NamedTuple

from fitcheck.api import load_screen
from fitcheck.decision.answers import Answer, Prospect
from fitcheck.decision.chances import line_chances, pursue_probability
from fitcheck.decision.costmodel import CostModel, Deal
from fitcheck.decision.money import MoneySide
from fitcheck.decision.paths import path_to_decline, paths_to_pursue
from fitcheck.decision.rubric import (
    SIDES,
    STAGES,
    Actor,
    Change,
    Floor,
    Option,
    Question,
    Rubric,
    Screen,
    Side,
    StageRules,
)
from fitcheck.decision.scorecard import RANGE, Scorecard, compile_scorecard, largest_remainder
from fitcheck.decision.unknowns import MoneyOdds
from fitcheck.decision.verdict import Scorer, money_odds
from fitcheck.decision.weights import CONCENTRATION, firmness

LEVELS = tuple(map(Fraction, ("1", "0.7", "0.4", "0.2", "0")))
ACTORS: tuple[Actor, ...] = ("them", "us", "time")
RUBRICS = ("stage-fit", "patience", "mutual-trust", "interest", "readiness")
TWO_WAY = "mutual-trust"
UNKNOWN = 15
WEIGHTINGS = 20_000


class Case(NamedTuple):
    """One prospect, compiled."""

    card: Scorecard
    chosen: tuple[int | None, ...]
    money: MoneySide | None
    odds: MoneyOdds

    def sides(self) -> list[tuple[int, ...]]:
        """Points of each side, with the expected ones where an answer is unknown."""
        lines = zip(self.card.lines, self.chosen, strict=True)
        return self.card.side_points([line.expected if o is None else line.points[o] for line, o in lines])

    def dimensions(self) -> list[int]:
        """Points of each dimension."""
        return [self.card.join(sides) for sides in self.sides()]


def question(number: int, side: Side | None) -> Question:
    """Five levels; in every eighth question the worst one fails a gate."""
    options = tuple(
        Option(
            f"o{k}",
            f"level {k}",
            (level,) * len(STAGES),
            f"it is level {k}",
            gate=frozenset(STAGES if not level and number % 8 == 0 else ()),
        )
        for k, level in enumerate(LEVELS)
    )
    change = Change(ACTORS[number % 3], "Do it.", effort=1 + number % 3)
    return Question(f"q{number}", "?", "", Fraction(1 + number % 4), f"q{number}", options, change, side)


def rubric(number: int, name: str) -> Rubric:
    """Six questions; three a side in the two-way one."""
    sides: list[Side | None] = [SIDES[k // 3] if name == TWO_WAY else None for k in range(6)]
    questions = tuple(question(6 * number + k, side) for k, side in enumerate(sides))
    return Rubric(name, 1, name, "", "", questions, {side: "trust" for side in sides if side})


def thirty_questions() -> tuple[Screen, CostModel]:
    """Build a screen of five rubrics, with floors on both sides of trust and the pilot's cost model."""
    pilot = load_screen("pilot")
    if pilot.cost is None:
        raise ValueError("the screen `pilot` has no cost model")
    weights = {name: Fraction(10 + 3 * i) for i, name in enumerate(RUBRICS)}
    rules = StageRules(weights, Fraction(60), tuple(Floor(TWO_WAY, side, Fraction(20), "needed") for side in SIDES))
    rubrics = tuple(rubric(i, name) for i, name in enumerate(RUBRICS))
    return replace(pilot, rubrics=rubrics, stages={"pilot": rules}, priors={}), pilot.cost


def cases(levels: Sequence[int], wanted: Callable[[Case], bool]) -> Iterator[Case]:
    """Prospects whose known answers are drawn from these levels, as long as somebody wants more."""
    screen, model = thirty_questions()
    scorer = Scorer(screen, "pilot")
    card = compile_scorecard(screen, "pilot")
    deal = Deal(Fraction(40_000), model.currency)
    for seed in count():
        random = Random(seed)  # noqa: S311 - not for secrets
        unknown = random.sample(range(len(card.lines)), UNKNOWN)
        chosen = tuple(None if i in unknown else random.choice(levels) for i in range(len(card.lines)))
        answers = {q.id: Answer(random.choice(q.options).id) for q in model.questions[::2]}
        answers |= {
            line.question.id: Answer(line.question.options[option].id)
            for line, option in zip(card.lines, chosen, strict=True)
            if option is not None
        }
        found = scorer.judge(Prospect("drawn", "Drawn", answers, deal))
        case = Case(card, chosen, found.money_side(answers), money_odds(found, found.costs))
        if wanted(case):
            yield case


def ask_one_by_one(case: Case) -> dict[int, tuple[Fraction, ...]]:
    """Probability after each answer, each asked for by itself."""
    card, chosen, odds = case.card, case.chosen, case.odds
    return {
        i: tuple(
            pursue_probability(card, (*chosen[:i], option, *chosen[i + 1 :]), odds) for option in range(len(LEVELS))
        )
        for i, known in enumerate(chosen)
        if known is None
    }


def one_check(case: Case) -> float:
    """Milliseconds to judge one combination of answers."""
    rounds = 100

    def judge() -> None:
        for _ in range(rounds):
            sides = case.sides()
            case.card.floors_hold(sides)
            sum(map(case.card.join, sides))

    return milliseconds(judge) / rounds


def try_every_combination(case: Case) -> float:
    """Milliseconds to try every combination of better answers, reckoned."""
    return one_check(case) * prod(1 + (option or 0) for option in case.chosen)


def try_every_slip(case: Case) -> float:
    """Milliseconds to try all sets of slips up to the size that is found, reckoned."""
    loss = path_to_decline(*case[:3])
    can_slip = sum(option is not None and option < len(LEVELS) - 1 for option in case.chosen)
    return one_check(case) * sum(comb(can_slip, size) for size in range(1, len(loss.steps if loss else ()) + 1))


def draw_weightings(case: Case) -> float:
    """Share of weightings that say pursue, drawn instead of worked out."""
    random = Random(1)  # noqa: S311 - not for secrets
    tops = [dimension.most for dimension in case.card.dimensions]
    levels = [RANGE * points / top - case.card.threshold for points, top in zip(case.dimensions(), tops, strict=True)]
    shapes = largest_remainder(tops, CONCENTRATION)
    drawn = ([random.gammavariate(shape, 1) for shape in shapes] for _ in range(WEIGHTINGS))
    return sum(sum(w * u for w, u in zip(weights, levels, strict=True)) >= 0 for weights in drawn) / WEIGHTINGS


def milliseconds(call: Callable[[], object]) -> float:
    """Time of one call."""
    start = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - start)


def show(part: str, found: Sequence[Case], ours: Callable[[Case], object], naive: Callable[[Case], float]) -> None:
    """Print a line of the table; `naive` says how many milliseconds it takes."""
    times = [(milliseconds(lambda case=case: ours(case)), naive(case)) for case in found]  # type: ignore[misc]
    mine, theirs = (statistics.median(each[k] for each in times) for k in (0, 1))
    print(f"{part:<44}{mine:>9.2f}{max(t for t, _ in times):>9.2f}{theirs:>24,.1f}{theirs / mine:>20,.1f}")


def is_undecided(case: Case) -> bool:
    """Whether unknown answers could still turn the verdict."""
    return 0 < pursue_probability(case.card, case.chosen, case.odds) < 1


def main() -> None:
    """Print one line for each part."""
    prospects = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    is_open = list(islice(cases(range(4), is_undecided), prospects))
    not_now = list(
        islice(cases((0, 1, 2, 3, 3), lambda case: any(s.steps for s in paths_to_pursue(*case[:3]).sets)), prospects)
    )
    pursued = list(
        islice(cases((0, 0, 0, 1), lambda case: bool((s := path_to_decline(*case[:3])) and s.steps)), prospects)
    )

    print(f"milliseconds a prospect, {prospects} prospects, 30 questions, {UNKNOWN} of them unknown")
    print(f"{'':<44}{'median':>9}{'most':>9}{'naive, median':>24}{'times as long':>20}")
    for case in is_open:
        if line_chances(case.card, case.chosen, case.odds) != ask_one_by_one(case):
            raise AssertionError("what to ask next is not what asking one by one gives")
    show(
        "what to ask next",
        is_open,
        lambda case: line_chances(case.card, case.chosen, case.odds),
        lambda case: milliseconds(lambda: ask_one_by_one(case)),
    )
    show("≈ what would change a not now", not_now, lambda case: paths_to_pursue(*case[:3]), try_every_combination)
    show("≈ what would lose a pursue", pursued, lambda case: path_to_decline(*case[:3]), try_every_slip)
    for case in is_open:
        drawn, share = draw_weightings(case), firmness(case.card, case.dimensions()).share_pursue
        if abs(drawn - share) > 0.02:  # noqa: PLR2004 - five standard errors
            raise AssertionError("the share of weightings is not the one that is drawn")
    show(
        f"how firm it is; naive: {WEIGHTINGS:,} drawn weightings",
        is_open,
        lambda case: firmness(case.card, case.dimensions()),
        lambda case: milliseconds(lambda: draw_weightings(case)),
    )


if __name__ == "__main__":
    main()
