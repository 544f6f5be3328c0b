"""Odds that the fit passes, against counting completions on the grid."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, product
from math import floor, prod

from hypothesis import given, settings, strategies as st
from strategies import Situation, chosen_of, situations, worked_example

from fitcheck.decision.content.answers import Prospect
from fitcheck.decision.odds.fit_odds import FitOdds
from fitcheck.decision.score.prospect_types import TYPES, TypeOdds
from fitcheck.decision.score.scorecard import Scorecard, compile_scorecard

Chosen = tuple[int | None, ...]


def compiled(situation: Situation) -> tuple[Scorecard, Chosen]:
    skipped = frozenset(id_ for id_, answer in situation.prospect.answers.items() if answer.state == "n/a")
    card = compile_scorecard(situation.screen, situation.stage, skipped)
    return card, chosen_of(card, situation.prospect)


def exact_points(card: Scorecard, index: int, option: int) -> Fraction:
    """Points of an answer on the scale 0..100."""
    return Fraction(100 * card.lines[index].points[option], card.whole)


def rounded(points: Fraction) -> Fraction:
    """To tenths of a point, half up."""
    return Fraction(floor(points * 10 + Fraction(1, 2)), 10)


def passes(card: Scorecard, chosen: Chosen, picked: Sequence[int]) -> bool:
    """Whether no answer is a deal-breaker, floors hold and the score suffices, on the scale 0..100."""
    points = [
        exact_points(card, i, o) if chosen[i] is not None else rounded(exact_points(card, i, o))
        for i, o in enumerate(picked)
    ]
    sides = [[sum((points[i] for i in side), Fraction(0)) for side in dim.sides] for dim in card.dimensions]
    if any(card.lines[i].gated[o] for i, o in enumerate(picked)):
        return False
    for gate in card.floors:
        of_all = gate.floor.percent / 100 * Fraction(100 * card.dimensions[gate.dimension].most, card.whole)
        if sides[gate.dimension][gate.side] < of_all:
            return False
    trust = card.screen.trust_lambda
    joined = [s[0] if len(s) == 1 else (s[0] + s[1]) / 2 - trust / 2 * abs(s[0] - s[1]) for s in sides]
    return sum(joined) >= card.screen.stages[card.stage].threshold


def enumerated(card: Scorecard, chosen: Chosen, of_type: int) -> Iterator[tuple[list[int], Fraction]]:
    """Every completion, with its probability under one type."""
    ranges = [range(len(line.points)) if o is None else [o] for line, o in zip(card.lines, chosen, strict=True)]
    for picked in product(*ranges):
        guesses = [(card.lines[i].guess, o) for i, o in enumerate(picked) if chosen[i] is None]
        yield (
            list(picked),
            prod((Fraction(g.weights[of_type][o], g.totals[of_type]) for g, o in guesses), start=Fraction(1)),
        )


def known_points(card: Scorecard, chosen: Chosen) -> list[tuple[int, ...]]:
    return card.side_points([0 if o is None else card.lines[i].points[o] for i, o in enumerate(chosen)])


type_odds = st.tuples(*[st.integers(0, 9)] * len(TYPES)).filter(any)


@settings(max_examples=120)
@given(situations(cost=False), type_odds)
def test_odds_equal_the_share_of_completions_that_pass(situation: Situation, types: TypeOdds) -> None:
    card, chosen = compiled(situation)
    if any(o is not None and card.lines[i].gated[o] for i, o in enumerate(chosen)):
        return
    expected = sum(
        Fraction(types[h], sum(types)) * weight
        for h in range(len(TYPES))
        for picked, weight in enumerated(card, chosen, h)
        if passes(card, chosen, picked)
    )
    assert FitOdds(card).probability(open_in(chosen), known_points(card, chosen), types) == expected


def open_in(chosen: Chosen) -> tuple[int, ...]:
    return tuple(i for i, o in enumerate(chosen) if o is None)


@settings(max_examples=150)
@given(situations(cost=False), type_odds)
def test_a_better_type_passes_no_less_often(situation: Situation, types: TypeOdds) -> None:
    """Hard, ordinary, good: the odds rise with the type, and with every shift of weight towards a better one."""
    card, chosen = compiled(situation)
    if any(o is not None and card.lines[i].gated[o] for i, o in enumerate(chosen)):
        return
    odds = FitOdds(card)
    of_type = [odds.probability(open_in(chosen), known_points(card, chosen), alone) for alone in ALONE]
    assert of_type == sorted(of_type)
    for worse, better in pairwise(range(len(TYPES))):
        shifted = [*types]
        shifted[worse], shifted[better] = 0, types[worse] + types[better]
        before, after = (
            odds.probability(open_in(chosen), known_points(card, chosen), tuple(each)) for each in (types, shifted)
        )
        assert after >= before


ALONE = [tuple(int(h == each) for each in range(len(TYPES))) for h in range(len(TYPES))]


@settings(max_examples=120)
@given(situations(cost=False), st.lists(st.integers(1, 999), max_size=3, unique=True), st.integers(0, 2))
def test_bands_weigh_what_a_type_of_prospect_gives_whatever_the_gates_say(
    situation: Situation, per_mille: list[int], of_type: int
) -> None:
    card, chosen = compiled(situation)
    for d, dimension in enumerate(card.dimensions):
        cuts = tuple(sorted(dimension.most * each // 1000 for each in per_mille))
        expected = [Fraction(0)] * (len(cuts) + 1)
        for picked, weight in enumerated(card, chosen, of_type):
            points = [
                card.lines[i].points[o] if chosen[i] is not None else card.lines[i].tenths[o] * card.tenth
                for i, o in enumerate(picked)
            ]
            expected[bisect_right(cuts, card.join(card.side_points(points)[d]))] += weight
        known = known_points(card, chosen)[d]
        found = FitOdds(card).band_weights(open_in(chosen), known, d, cuts, ALONE[of_type])
        assert found == tuple(expected)


def test_bands_take_the_odds_of_the_types_in_quarters() -> None:
    situation = worked_example()
    card, chosen = compiled(Situation(situation.screen, "pilot", Prospect("a", "A", {})))
    known, cuts = known_points(card, chosen)[1], (card.dimensions[1].most // 2,)
    odds = FitOdds(card)
    hard, ordinary, good = (odds.band_weights(open_in(chosen), known, 1, cuts, alone) for alone in ALONE)
    # 3 : 6 : 11 in twenty parts is 0.6 : 1.2 : 2.2 quarters: none, one and two, and the fourth to the largest rest
    expected = tuple((h + o + 2 * g) / 4 for h, o, g in zip(hard, ordinary, good, strict=True))
    assert odds.band_weights(open_in(chosen), known, 1, cuts, (3, 6, 11)) == expected


def test_odds_of_a_worked_example() -> None:
    """
    Candour is open, everything else as in the example: 66.67 of need but for a vague goal, 22.22 of trust by them.

    Need gives 22.22 (severe) + 5.56 (vague) + 22.22 (agreed) = 50; 60 are needed, so trust must give 10. Theirs give
    22.22. Candour gives 33.33, 13.33 or 0: only the last is too little (and below its floor), so under an ordinary
    prospect, whose three options are equally likely, the odds are two thirds.
    """
    situation = worked_example()
    answers = dict(situation.prospect.answers)
    del answers["candour"]
    card, chosen = compiled(Situation(situation.screen, "pilot", type(situation.prospect)("a", "A", answers)))
    still_open = tuple(i for i, o in enumerate(chosen) if o is None and card.lines[i].question.id == "candour")
    refs = next(i for i, line in enumerate(card.lines) if line.question.id == "references")
    done = tuple(1 if i == refs else o for i, o in enumerate(chosen))
    assert FitOdds(card).probability(still_open, known_points(card, done), (0, 1, 0)) == Fraction(2, 3)
