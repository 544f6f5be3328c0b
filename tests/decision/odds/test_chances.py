from fractions import Fraction

from hypothesis import given as forall, settings
from strategies import Situation, chosen_of, completions, situations, worked_example

from fitcheck.decision.assess import assess
from fitcheck.decision.odds.chances import band_chances, line_chances, pursue_probability
from fitcheck.decision.odds.unknowns import MoneyOdds
from fitcheck.decision.score.scorecard import Scorecard, compile_scorecard
from fitcheck.decision.verdict.scorer import Scorer, money_odds


def compiled(situation: Situation) -> tuple[Scorecard, tuple[int | None, ...], MoneyOdds]:
    found = Scorer(situation.screen, situation.stage, situation.company).judge(situation.prospect)
    return found.card, found.chosen, money_odds(found, found.costs)


@settings(max_examples=200)
@forall(situations())
def test_the_chance_after_each_answer_is_what_asking_for_it_alone_gives(situation: Situation) -> None:
    card, chosen, odds = compiled(situation)
    assert line_chances(card, chosen, odds) == {
        i: tuple(
            pursue_probability(card, (*chosen[:i], option, *chosen[i + 1 :]), odds)
            for option in range(len(line.points))
        )
        for i, line in enumerate(card.lines)
        if chosen[i] is None
    }


@settings(max_examples=60)
@forall(situations())
def test_the_chance_after_each_answer_is_what_every_completion_says(situation: Situation) -> None:
    card, chosen, odds = compiled(situation)
    found = line_chances(card, chosen, odds)
    pursued: dict[tuple[str, str | None], Fraction] = {}
    for each, chance in completions(situation):
        if assess(each.screen, each.prospect, each.stage, company=each.company).verdict == "pursue":
            for question, answer in each.prospect.answers.items():
                key = question, answer.option
                pursued[key] = pursued.get(key, Fraction(0)) + chance
    for i, chances in found.items():
        line = card.lines[i]
        for option, weight, after in zip(line.question.options, line.prior, chances, strict=True):
            if weight:
                assert after * Fraction(weight, sum(line.prior)) == pursued.get((line.question.id, option.id), 0)


@settings(max_examples=150)
@forall(situations())
def test_the_bands_of_trust_add_up_to_the_whole(situation: Situation) -> None:
    card, chosen, odds = compiled(situation)
    bands = band_chances(card, chosen, odds)
    whole = pursue_probability(card, chosen, odds)
    assert sum(chance * holds for chance, holds in zip(bands, odds.holds, strict=True)) == whole


def test_by_hand() -> None:
    # Need has 5001 points and the threshold is 6000. Candour leaves trust at 1333 at most; with the promises
    # broken the references make it 1111, and without either it falls below its floor.
    situation = worked_example()
    answers = {q: a for q, a in situation.prospect.answers.items() if q != "promises"}
    prospect = type(situation.prospect)("acme", "Acme", answers)
    card = compile_scorecard(situation.screen, "pilot")
    chances = line_chances(card, chosen_of(card, prospect))
    ids = [line.question.id for line in card.lines]
    assert {ids[i]: found for i, found in chances.items()} == {
        "promises": (Fraction(1), Fraction(1, 2)),
        "references": (Fraction(1), Fraction(1, 2)),
    }


def test_trust_odds_count_by_the_points_of_the_answer() -> None:
    # Their side has 3333, 2222, 1111 or 0 points, ours 1333: trust is 1333 or, without promises, at most 1111.
    situation = worked_example()
    card = compile_scorecard(situation.screen, "pilot")
    chosen = chosen_of(card, situation.prospect)
    money = MoneyOdds(1, (1_334,), (Fraction(1, 3), Fraction(1)))
    assert line_chances(card, chosen, money) == {4: (Fraction(1, 3), Fraction(1, 3))}
