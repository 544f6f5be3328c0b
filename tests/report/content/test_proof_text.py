from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from strategies import given, worked_example

from fitcheck.decision.content.rubric import Floor
from fitcheck.problems import Place, Problem
from fitcheck.proof.cases import Case, Expectation, Outcome, run
from fitcheck.proof.coverage import Coverage, coverage
from fitcheck.proof.moves import moves
from fitcheck.report.content.proof_text import move_lines, proof_lines, sound_lines
from fitcheck.report.layout import Line, TextOptions, cells, plain, to_ascii

EXAMPLE = worked_example()
WIDTHS = (20, 40, 60, 80, 100)


def outcome(name: str = "first", file: str = "some", **expected: Any) -> Outcome:
    """What became of the worked example with these expectations."""
    told = {key: expected.pop(key) for key in ("story", "lesson", "guesses") if key in expected}
    expect = Expectation(**{"verdict": "pursue", **expected})
    where = Place("some.yaml", 7, 3)
    return run(Case(name, file, EXAMPLE.screen, "pilot", EXAMPLE.prospect, expect, where=where, **told))


GUESSED = {"goal": "the notes say it twice and not in the same way"}
OUTCOMES = [
    outcome(),
    outcome("second", verdict="not now", against=("candour",)),
    outcome("third", "stories", story="They called.", lesson="so", guesses=GUESSED),
    outcome("fourth", "stories", story="They wrote.", lesson="so", guesses=GUESSED),
]
COVERED = coverage([EXAMPLE.screen], OUTCOMES)
RULES = EXAMPLE.screen.stages["pilot"]
STRICTER = replace(
    EXAMPLE.screen,
    stages={"pilot": replace(RULES, threshold=Fraction(70), floors=(Floor("trust", "ours", Fraction(41), "so"),))},
)
NINE_TO_ONE = replace(RULES, threshold=Fraction(64), weights={"need": Fraction(1), "trust": Fraction(9)})
HEAVIER = replace(
    STRICTER,
    stages={"pilot": replace(RULES, threshold=Fraction(64), weights={"need": Fraction(1), "trust": Fraction(9)})},
)
MOVES = moves(EXAMPLE.screen, STRICTER, [(EXAMPLE.prospect, "pilot", "pilot")])
REMARKS = [Problem("judgement", "a word is a matter of opinion", Place("some.yaml", 12, 3), hint="say what was done")]

SCREENS: dict[str, Callable[[TextOptions], Iterable[Line]]] = {
    "cases": lambda options: proof_lines(OUTCOMES, COVERED, options),
    "moves": lambda options: move_lines(MOVES, 3, ("screen worked 1 (worked)", "screen worked 2 (new.yaml)"), options),
    "remarks": lambda options: sound_lines("some.yaml", "rubric some 1", REMARKS, options),
}


def text(screen: str, width: int = 80) -> str:
    """A screen as text."""
    return plain(SCREENS[screen](TextOptions(width)))


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_terminal(screen: str, width: int) -> None:
    assert all(cells(line) <= width for line in text(screen, width).splitlines())


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_is_lost_on_a_narrow_terminal(screen: str) -> None:
    narrow, wide = (sorted("".join(text(screen, width).split())) for width in (20, 100))
    assert narrow == wide


@pytest.mark.parametrize("screen", SCREENS)
def test_what_is_drawn_has_another_form_in_ascii(screen: str) -> None:
    assert plain(to_ascii(SCREENS[screen](TextOptions(80)))).isascii()


def test_files_failures_guesses_gaps_and_the_sum_are_told() -> None:
    told = text("cases", 100)
    for expected in (
        "some     1 of 2 as expected",
        "stories  2 of 2 as expected · 2 stories",
        "second · screen worked at pilot · some.yaml:7:3",
        "verdict: expected not now, found pursue (score 63.3, needs 60.0)",
        "against: expected candour, found goal",
        "goal 2×",
        "the notes say it twice and not in the same way · third",
        "5 of 14    options chosen",
        "rubric need\n    pain.some chosen",
        "screen worked\n    floor:trust:theirs at 30 % failing",
        "    not now at pilot",
        "FAILED  4 cases, 1 not as expected · ",
    ):
        assert expected in told, told
    assert told.endswith(f"{len(COVERED.gaps)} of {len(COVERED.demands)} parts not covered\n")


def test_where_all_is_well_one_line_says_so() -> None:
    whole = Coverage(COVERED.demands, ())
    assert plain(proof_lines([outcome()], whole, TextOptions())).endswith(
        "PASSED  1 case, all as expected · everything is covered\n"
    )
    bare = plain(proof_lines([outcome()], None, TextOptions()))
    assert "overed" not in bare
    assert bare.endswith("PASSED  1 case, all as expected\n")


def test_a_gap_fails_even_if_every_case_is_as_expected() -> None:
    assert "FAILED" in plain(proof_lines([outcome()], COVERED, TextOptions()))


def test_a_move_tells_verdicts_scores_gates_and_lines() -> None:
    told = text("moves")
    for expected in (
        "screen worked 1 (worked) → screen worked 2 (new.yaml)",
        "pursue → not now  Acme · acme · at pilot",
        "score 63.3 → 63.3, needs 60.0 → 70.0",
        "deal-breaker floor:trust:ours: passes → fails",
        "deal-breaker floor:trust:theirs: passes → none",
        "1 of 3 verdicts change",
    ):
        assert expected in told, told
    names = ("screen worked 1", "screen worked 2")
    found = moves(EXAMPLE.screen, HEAVIER, [(EXAMPLE.prospect, "pilot", "pilot")])
    assert "promises: kept · trust" in plain(move_lines(found, 1, names, TextOptions()))


def test_no_move_is_said_too() -> None:
    assert plain(move_lines((), 5, ("a", "b"), TextOptions())) == "a → b\n\n0 of 5 verdicts change\n"


def test_remarks_stand_with_their_place_and_what_to_do() -> None:
    assert text("remarks") == (
        "some.yaml: rubric some 1 is sound, with 1 remark\n"
        "  remark[judgement]: a word is a matter of opinion\n"
        "    some.yaml:12:3: say what was done\n"
    )
    assert plain(sound_lines("pilot", "screen pilot 1", [], TextOptions())) == "pilot: screen pilot 1 is sound\n"


def test_what_a_user_wrote_can_not_move_the_cursor() -> None:
    told = plain(sound_lines("a\x1b[31m.yaml", "rubric some 1", REMARKS, TextOptions()))
    assert "\x1b" not in told


def test_an_answer_that_differs_is_told_as_before_and_after() -> None:
    answers = {**EXAMPLE.prospect.answers, "goal": given("sharp")}
    need = HEAVIER.rubrics[0]
    goal = need.questions[1]
    sharper = replace(goal, options=(replace(goal.options[0], id="sharp"), goal.options[1]))
    new = replace(
        HEAVIER, rubrics=(replace(need, questions=(need.questions[0], sharper, need.questions[2])), HEAVIER.rubrics[1])
    )
    new = replace(new, stages={"pilot": replace(RULES, threshold=Fraction(90))})
    found = moves(EXAMPLE.screen, new, [(replace(EXAMPLE.prospect, answers=answers), "pilot", "pilot")])
    told = plain(move_lines(found, 1, ("a", "b"), TextOptions(100)))
    assert len(found) == 1
    assert "goal: unknown → sharp" in told
