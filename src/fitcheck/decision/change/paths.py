"""
Paths to another verdict: the cheapest better answers for "pursue", and the fewest slips that lose it.

Facts have to change here, not ticks in boxes. An unknown answer is not a change but a question to ask, so it stays at
its expected points, and its gate counts as open, not as failed; "pursue" means here that no gate fails and that
the score reaches the threshold on these terms. Where everything is known, that is the verdict itself. Where too much
is unknown for that, what opens a settled verdict is looked for: then unknown answers stand at the best that pass.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from operator import attrgetter

from fitcheck.decision.change.change_sets import ChangeSet, PathsToPursue, Step
from fitcheck.decision.change.frontier import Entry, Frontier, Least, Move, best_of, climbs_of, slip_of
from fitcheck.decision.cost.money import MoneySide
from fitcheck.decision.score.prospect_types import TypeOdds
from fitcheck.decision.score.scorecard import Line, Scorecard

SETS = 3
"""Sets of changes that are looked for."""

_Waiting = tuple[tuple[int, ...], bool, tuple[int, ...], int, Entry | None]
"""Rank of a set, or a bound to it; whether it is one; lines that it leaves alone; more effort to look at; the set."""


def paths_to_pursue(
    card: Scorecard,
    chosen: Sequence[int | None],
    types: TypeOdds,
    money: MoneySide | None = None,
    most: int = SETS,
    *,
    hopeful: bool = False,
) -> PathsToPursue:
    """
    Find the cheapest sets of better answers that make a prospect a "pursue", or open a settled "not now".

    An answer moves up level by level, each at the effort that its question names; what `nobody` can change stays.
    Ties go to fewer changed answers, then to the higher score, then to more points on the answers themselves (which
    differ from the score where trust is one-sided), then to the first in rubric order.

    Args:
        card: the compiled screen.
        chosen: for each line the index of the chosen option, None if unknown.
        types: odds of the types of prospect after the answers.
        money: the cost side, if the screen has one; more trust may bring the money gate to hold.
        most: sets to find at most.
        hopeful: look for what opens the verdict: unknown answers stand at the best that pass their gates.

    Source:
        Actionable recourse (Ustun, Spangher, Liu 2019) as a multiple-choice knapsack, solved exactly along the
        axis of effort.
    """
    case = _Case.of(card, chosen, types, money, hopeful=hopeful)
    climbs = [climbs_of(line, option) for line, option in zip(card.lines, chosen, strict=True)]
    obstacles = tuple(case.obstacles(_tops(climbs)))
    if obstacles:
        hoped_for = {i: best for i, o in enumerate(chosen) if o is None and (best := best_of(card.lines[i]))}
        return PathsToPursue((), obstacles, answers_may_do=not any(case.obstacles(_tops(climbs) | hoped_for)))
    if not any(case.obstacles({})):
        return PathsToPursue((case.change_set({}),))
    # A line that must not stay stands at the least that it can change to.
    base = [climbs[i][0].points if i in case.failing else points for i, points in enumerate(case.points)]
    search = Frontier(card, base, climbs, forced=case.failing, least=case.least)
    needed = card.threshold - card.score(base)
    sets: list[ChangeSet] = []
    waiting: list[_Waiting] = [((0,), False, (), 1, None)]
    while waiting and len(sets) < most:
        here = rank, _, alone, width, entry = heappop(waiting)
        if entry is None:
            ceiling = search.price(search.effort(rank[0]) + width)
            found = search.cheapest(needed, ceiling, frozenset(alone))
            after = (found.rank, True, alone, 1, found) if found else ((ceiling,), False, alone, 2 * width, None)
            heappush(waiting, after)
            continue
        changed = search.changed(entry)
        sets.append(case.change_set(changed))
        # Whatever could still include this set has to leave one of its lines alone from here on.
        free = [w for w in (here, *waiting) if not changed.keys() & set(w[2])]
        split: set[_Waiting] = {(w[0], False, tuple(sorted({*w[2], i})), 1, None) for w in free for i in changed}
        possible = {w for w in split if not any(case.obstacles(_tops(climbs, w[2])))}
        waiting = sorted(possible.union(waiting).difference(free))
    return PathsToPursue(tuple(sets))


def _tops(climbs: Sequence[Sequence[Move]], alone: Collection[int] = ()) -> dict[int, Move]:
    """Every line as high as it can go, but for those left alone."""
    return {i: climb[-1] for i, climb in enumerate(climbs) if climb and i not in alone}


def path_to_decline(
    card: Scorecard, chosen: Sequence[int | None], types: TypeOdds, money: MoneySide | None = None
) -> ChangeSet | None:
    """
    Find the fewest answers that, each one level worse, take a "pursue" away.

    Whoever could change them: a slip may as well be an answer that was too kind. Ties go to the lower score, then
    to fewer points on the answers themselves, then to the first in rubric order.

    Args:
        card: the compiled screen.
        chosen: for each line the index of the chosen option, None if unknown.
        types: odds of the types of prospect after the answers.
        money: the cost side, if the screen has one; less trust may cost more than the money gate allows.

    Returns:
        The slips; None if no number of them would do.
    """
    case = _Case.of(card, chosen, types, money)
    if any(case.obstacles({})):
        return case.change_set({})
    lines = zip(card.lines, chosen, strict=True)
    slips = {i: slip for i, (line, option) in enumerate(lines) if (slip := slip_of(line, option))}
    alone = [case.change_set({i: slip}) for i, slip in slips.items() if any(case.obstacles({i: slip}))]
    if alone:
        return min(alone, key=lambda found: (found.score, found.steps[0].gain))
    # No gate on an option is left to fail here.
    search = Frontier(card, case.points, [[slips[i]] if i in slips else [] for i in range(len(chosen))], sign=-1)
    found = min(_turned(case, search, search.price(len(slips), len(slips)) + 1), key=attrgetter("rank"), default=None)
    return case.change_set(search.changed(found)) if found else None


def _turned(case: "_Case", search: Frontier, ceiling: int) -> Iterator[Entry]:
    """For each thing that "pursue" needs the cheapest loss below a price that takes it away."""
    now = case.card.side_points(case.points)
    found = [search.cheapest(case.score - case.card.threshold + 1, ceiling)]
    for index, least in case.least.dimensions.items():
        found.append(search.cheapest_in(index, case.card.join(now[index]) - least + 1, ceiling))
    for (index, side), least in case.least.sides.items():
        found.append(search.cheapest_in(index, now[index][side] - least + 1, ceiling, side))
    return (entry for entry in found if entry)


@dataclass(frozen=True, slots=True)
class _Case:
    """
    A prospect as it stands.

    Attributes:
        points: of each line, where it is unknown the expected ones, or those hoped for [points].
        expected: the same, where it is unknown the expected ones [points].
        failing: lines whose gate has failed, or has no answer left that would pass.
        least: what floors and the money gate ask for.
        too_dear: whether the money gate fails at any trust.
    """

    card: Scorecard
    chosen: Sequence[int | None]
    points: Sequence[int]
    expected: Sequence[int]
    failing: frozenset[int]
    least: Least
    too_dear: bool

    @classmethod
    def of(
        cls,
        card: Scorecard,
        chosen: Sequence[int | None],
        types: TypeOdds,
        money: MoneySide | None,
        *,
        hopeful: bool = False,
    ) -> "_Case":
        lines = list(zip(card.lines, chosen, strict=True))
        sides: dict[tuple[int, int], int] = {}
        for gate in card.floors:
            sides[gate.dimension, gate.side] = max(gate.least, sides.get((gate.dimension, gate.side), 0))
        # More trust never costs more, so that the money gate is a floor on the points of trust.
        trusts = [trust for trust in (0, *money.cuts) if money.state(trust, trust) != "fail"] if money else [0]
        cycles = None if money is None else money.dimension
        expected = [line.expected(types) if option is None else line.points[option] for line, option in lines]
        return cls(
            card,
            chosen,
            _hoped_for(lines, expected) if hopeful else expected,
            expected,
            frozenset(i for i, (line, o) in enumerate(lines) if (all(line.gated) if o is None else line.gated[o])),
            Least(sides, {cycles: min(trusts)} if trusts and cycles is not None else {}),
            too_dear=not trusts,
        )

    @property
    def score(self) -> int:
        """As it stands [points]."""
        return self.card.score(self.points)

    def after(self, moves: Mapping[int, Move]) -> list[int]:
        """Points of each line after these moves [points]."""
        return [moves[i].points if i in moves else points for i, points in enumerate(self.points)]

    def obstacles(self, moves: Mapping[int, Move]) -> Iterator[str]:
        """What still blocks "pursue" after these moves: gates in order, then the score."""
        for i, line in enumerate(self.card.lines):
            if line.gated[moves[i].option] if i in moves else i in self.failing:
                yield line.question.id
        points = self.after(moves)
        sides = self.card.side_points(points)
        for gate in self.card.floors:
            if sides[gate.dimension][gate.side] < gate.least:
                yield gate.id
        trust = self.least.dimensions.items()
        if self.too_dear or any(self.card.join(sides[index]) < least for index, least in trust):
            yield "money"
        if sum(map(self.card.join, sides)) < self.card.threshold:
            yield "score"

    def change_set(self, moves: Mapping[int, Move]) -> ChangeSet:
        """Describe the changes."""
        steps = tuple(self._step(i, move) for i, move in sorted(moves.items()))
        after = [moves[i].points if i in moves else points for i, points in enumerate(self.expected)]
        return ChangeSet(steps, sum(step.effort for step in steps), self.card.shown(self.card.score(after)))

    def _step(self, index: int, move: Move) -> Step:
        question, before = self.card.lines[index].question, self.chosen[index]
        after = question.options[move.option]
        return Step(
            question=question.id,
            before=question.options[before].id if before is not None else "",
            after=after.id,
            says=after.says,
            by=question.change.by,
            advice=question.change.advice,
            effort=move.effort,
            weeks=question.change.weeks,
            gain=self.card.shown(move.points - self.points[index]),
        )


def _hoped_for(lines: Sequence[tuple[Line, int | None]], expected: Sequence[int]) -> list[int]:
    """Points of each line, an unknown one at its best answer that passes; as expected where none does."""
    return [
        best.points if option is None and (best := best_of(line)) else points
        for (line, option), points in zip(lines, expected, strict=True)
    ]
