"""A packed scorecard adds up to what the scorecard says."""

from fractions import Fraction

from hypothesis import given
from strategies import Situation, situations

from fitcheck.decision.money import trust_of
from fitcheck.decision.reasons import ONE_SIDED, explain
from fitcheck.decision.scorecard import compile_scorecard
from fitcheck.decision.sheet import NOT_APPLICABLE, UNKNOWN, ZERO, Sheet, lay_out
from fitcheck.decision.unknowns import band_weights
from fitcheck.decision.verdict import choose, complete


def packed(situation: Situation) -> tuple[Sheet, list[int]]:
    """The sheet of a situation and the codes of its answers."""
    screen, prospect = situation.screen, situation.prospect
    states = {question.id: prospect.answer(question.id) for question in screen.questions}
    skipped = frozenset(question for question, answer in states.items() if answer.state == "n/a")
    codes = [
        [option.id for option in question.options].index(answer.option)
        if (answer := states[question.id]).option is not None
        else {"unknown": UNKNOWN, "n/a": NOT_APPLICABLE}[answer.state]
        for question in screen.questions
    ]
    return lay_out(compile_scorecard(screen, situation.stage, skipped)), codes


@given(situations())
def test_fields_are_the_sums_of_the_scorecard(situation: Situation) -> None:
    sheet, codes = packed(situation)
    card, fields, n = sheet.card, sheet.add(codes), sheet.sides
    chosen = choose(card, situation.prospect)
    now = complete(card, chosen, lambda line: line.expected)
    assert list(fields[:n]) == [points for sides in now.sides for points in sides]
    assert sheet.join(fields[:n]) == list(now.dimensions)
    known = [i for i, option in enumerate(chosen) if option is not None]
    assert fields[n] == sum(card.lines[i].weight for i in known)
    assert fields[n + 2] == len(card.lines) - len(known)
    assert sheet.chosen(codes) == chosen


@given(situations())
def test_effects_are_those_of_the_reasons_by_code(situation: Situation) -> None:
    sheet, codes = packed(situation)
    reasons, _ = explain(sheet.card, choose(sheet.card, situation.prospect), situation.prospect.answers)
    effects = dict.fromkeys(sheet.codes, 0)
    for reason in reasons:
        if reason.code != ONE_SIDED or reason.question:
            effects[reason.code] += reason.effect
    assert [field - ZERO for field in sheet.add(codes)[sheet.sides + 3 :]] == list(effects.values())


@given(situations())
def test_unknown_answers_reach_as_far_as_in_an_assessment(situation: Situation) -> None:
    sheet, codes = packed(situation)
    chosen = choose(sheet.card, situation.prospect)
    low, high, _, unsafe = sheet.reach(codes, sheet.add(codes)[: sheet.sides])
    for found, of in ((low, min), (high, max)):
        exact = complete(sheet.card, chosen, lambda line, of=of: of(line.points))  # type: ignore[misc]  # a default binds
        assert found == [points for sides in exact.sides for points in sides]
    open_lines = [line for line, option in zip(sheet.card.lines, chosen, strict=True) if option is None]
    assert unsafe == any(any(line.gated) for line in open_lines)


@given(situations())
def test_bands_of_trust_are_as_likely_as_in_an_assessment(situation: Situation) -> None:
    if situation.screen.cost is None:
        return
    sheet, codes = packed(situation)
    trust = trust_of(sheet.card, situation.screen.cost)
    if trust.dimension is None:
        return
    span = sheet.spans[trust.dimension]
    unknown = [
        j for j, gap in enumerate(sheet.gaps) if gap and codes[j] == UNKNOWN and span.start <= gap.side < span.stop
    ]
    found = sheet.band_weights(trust, sheet.add(codes)[span], unknown)
    likely = band_weights(sheet.card, sheet.chosen(codes), trust.dimension, trust.cuts)
    assert tuple(Fraction(weight, sum(found)) for weight in found) == likely
