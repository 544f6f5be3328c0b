from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from math import ceil

import pytest
from dealing import deal

from fitcheck.decision.score.rounding import half_up
from fitcheck.decision.several import portfolio
from fitcheck.decision.several.ranking import rank
from fitcheck.decision.several.rankings import Ranking
from fitcheck.report.layout import TextOptions, cells, plain, to_ascii
from fitcheck.report.several.rank_markdown import rank_markdown
from fitcheck.report.several.rank_text import rank_lines
from fitcheck.report.several.rank_words import names

WORK = {"proof_of_concept": "unpaid_short", "people_to_convince": "three_to_five"}
LIKELY = deal("Aldermoor", cost=WORK, margin="60000", win_probability="0.75")
UNLIKELY = deal("Birch & Vale", cost=WORK, margin="90000", win_probability="0.4")
HOPELESS = deal("Corran", margin="50000", win_probability="0.01")
OPEN = deal("Dunmere", "open", WORK, margin="80000", win_probability="0.5")
REFUSED = deal("Easterby", "fatal", margin="90000")
UNKNOWN = deal("Fallowfield")
USUAL = deal("Garrowby", cost=WORK, margin="60000")
MANY = [deal(f"Number {i}", cost=WORK, margin=str(60_000 + i)) for i in range(40)]
ALL = [LIKELY, UNLIKELY, HOPELESS, OPEN, REFUSED]
RANKINGS: dict[str, Callable[[], Ranking]] = {
    "expected value": lambda: rank(ALL, Fraction(90)),
    "usual chance": lambda: rank([*ALL, UNKNOWN, USUAL], Fraction(90)),
    "role": lambda: rank(ALL, Fraction("37.5"), "engineering"),
    "room for all": lambda: rank(ALL, Fraction(2000)),
    "no hours": lambda: rank(ALL, Fraction(0)),
    "no pursue": lambda: rank([REFUSED], Fraction(40)),
    "many": lambda: rank(MANY, Fraction(90)),
}


def text(ranking: Ranking, width: int = 80) -> str:
    return plain(rank_lines(ranking, TextOptions(width)))


def flat(ranking: Ranking) -> str:
    return " ".join(text(ranking).split())


def test_the_chosen_stand_first_and_last() -> None:
    lines = text(RANKINGS["expected value"]()).splitlines()
    assert lines[0].startswith("TAKE ON  ")
    assert lines[-1].startswith("TAKE ON  Aldermoor")


@pytest.mark.parametrize("case", RANKINGS)
@pytest.mark.parametrize("width", [20, 40, 60, 80, 100])
def test_no_line_is_wider_than_the_terminal(case: str, width: int) -> None:
    told = text(RANKINGS[case](), width)
    assert max(map(cells, told.splitlines())) <= width
    assert "\n\n\n" not in told
    assert all(line == line.rstrip() for line in told.splitlines())


@pytest.mark.parametrize("case", RANKINGS)
def test_every_prospect_is_named_or_counted(case: str) -> None:
    ranking = RANKINGS[case]()
    told = flat(ranking)
    shown = (*ranking.chosen, *ranking.no_room[:10], *ranking.no_gain, *ranking.not_now)
    assert all(entry.name in told for entry in shown)
    assert (f"{len(ranking.no_room) - 10} more: --format json" in told) == (len(ranking.no_room) > 10)


def test_what_it_goes_by_is_said_aloud() -> None:
    rule = "win probability × margin, less what closing costs, won or lost."
    assert f"{rule} Pursue in these hours" in flat(RANKINGS["expected value"]())
    usual = f"{rule} The win probability is 30 % where the file names none: Garrowby."
    assert usual in flat(RANKINGS["usual chance"]())
    assert "No prospect is a pursue" in flat(RANKINGS["no pursue"]())


def test_the_hours_say_what_is_expected_what_is_reserved_and_what_more_would_bring() -> None:
    ranking = RANKINGS["expected value"]()
    told = flat(ranking)
    assert "which suffice in 8 cases of 10" in told
    assert "No other set that fits brings more, with hours counted to the minute." in told
    assert ranking.step is not None
    more = ceil(ranking.step.hours)
    assert f"You would need {more} more hours to add {names(ranking.step.added)}" in told
    assert f"(+EUR {half_up(ranking.step.gain):,})." in told
    assert "has room; more hours would bring nothing" in flat(RANKINGS["room for all"]())


def test_a_role_is_named() -> None:
    assert flat(RANKINGS["role"]()).split(" screen ")[0].endswith("in 37.5 hours of engineering")


def test_who_may_cost_more_than_it_returns_stands_last_of_the_pursued() -> None:
    told = flat(RANKINGS["usual chance"]())
    risky = told.index("Pursue, but it may cost more than it returns 1 Corran")
    assert told.index("Pursue, but not ranked") < risky < told.index("Not now Easterby")


def test_a_not_now_says_why_in_a_line() -> None:
    assert f"Easterby: {REFUSED.failed_gates[0].because}" in flat(RANKINGS["expected value"]())


def test_without_a_proof_the_bound_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portfolio, "MOST_DEAL_HOURS", 0)
    ranking = RANKINGS["expected value"]()
    assert not ranking.exact
    told = flat(ranking)
    assert f"would bring at most EUR {round(ranking.bound):,}" in told
    assert "One more hour brings about EUR" in told


def test_an_open_prospect_is_worth_asking_and_the_question_is_printed() -> None:
    ranking = RANKINGS["room for all"]()
    (asked,) = ranking.ask_first
    assert asked.entry.name == "Dunmere"
    assert f"ask: {asked.question.ask}" in flat(ranking)


@pytest.mark.parametrize("case", RANKINGS)
def test_the_drawing_characters_of_our_own_have_a_plain_form(case: str) -> None:
    lines = rank_lines(RANKINGS[case](), TextOptions(ascii_only=True))
    assert plain(to_ascii(lines)).isascii()


def test_markdown_says_the_same_and_a_name_is_never_markup() -> None:
    ranking = rank([replace(LIKELY, prospect=replace(LIKELY.prospect, name="*Al* [x](y)"))], Fraction(120))
    told = rank_markdown(ranking)
    assert "1. **\\*Al\\* \\[x\\](y)**: EUR" in told
    assert told.startswith("## Take on 1 of 1 prospect in 120 hours\n")
    assert "which suffice in 8 cases of 10." in told


@pytest.mark.parametrize(("kind", "suffix"), [("text", "txt"), ("markdown", "md")])
def test_ranking_by_expected_value_as_it_is_printed(golden: Callable[[str, str], None], kind: str, suffix: str) -> None:
    ranking = RANKINGS["expected value"]()
    golden(f"rank/expected-value.{suffix}", text(ranking) if kind == "text" else rank_markdown(ranking))
