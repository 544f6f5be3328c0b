from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from math import ceil

import pytest
from dealing import PROSPECTS, SCREEN, STAGE, deal

from fitcheck.decision.assess import assess
from fitcheck.decision.assessment import Assessment
from fitcheck.decision.content.answers import Prospect
from fitcheck.decision.score.rounding import half_up
from fitcheck.decision.several import portfolio
from fitcheck.decision.several.ranking import rank
from fitcheck.decision.several.rankings import Ranking
from fitcheck.report.document import Detail, Details
from fitcheck.report.html import html
from fitcheck.report.layout import TextOptions, cells, plain, to_ascii
from fitcheck.report.markdown import markdown
from fitcheck.report.several.rank import ranking_report
from fitcheck.report.several.rank_words import names
from fitcheck.report.text import text_lines

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
EVERYTHING = [
    *MANY[:10],
    *(deal(f"Refused {i}", "fatal", margin="90000") for i in range(10)),
    *(deal(f"Open {i}", "open", WORK, margin="80000", win_probability="0.5") for i in range(10)),
    *(deal(f"Hopeless {i}", margin="50000", win_probability="0.01") for i in range(5)),
    *(deal(f"Unpriced {i}") for i in range(5)),
]
RANKINGS: dict[str, Callable[[], Ranking]] = {
    "expected value": lambda: rank(ALL, Fraction(90)),
    "usual chance": lambda: rank([*ALL, UNKNOWN, USUAL], Fraction(90)),
    "role": lambda: rank(ALL, Fraction("37.5"), "engineering"),
    "room for all": lambda: rank(ALL, Fraction(2000)),
    "no hours": lambda: rank(ALL, Fraction(0)),
    "no pursue": lambda: rank([REFUSED], Fraction(40)),
    "many": lambda: rank(MANY, Fraction(90)),
    "forty of every kind": lambda: rank(EVERYTHING, Fraction(200)),
}


DETAILS: tuple[Detail, ...] = ("quiet", "short", "full", "explain")


def text(ranking: Ranking, width: int = 80, detail: Detail = "short") -> str:
    return plain(text_lines(ranking_report(ranking, detail), TextOptions(width)))


def flat(ranking: Ranking, detail: Detail = "full") -> str:
    return " ".join(text(ranking, detail=detail).split())


@pytest.mark.parametrize("case", RANKINGS)
def test_however_many_there_are_the_answer_fits_on_one_screen(case: str) -> None:
    assert len(text(RANKINGS[case]()).splitlines()) <= 24


@pytest.mark.parametrize("case", ["expected value", "usual chance", "role", "room for all", "no hours"])
def test_of_six_prospects_each_has_its_line(case: str) -> None:
    ranking = RANKINGS[case]()
    lines = text(ranking).splitlines()
    for entry in (*ranking.pursued, *ranking.not_now):
        assert any(line[11:].startswith(entry.name) for line in lines), entry.name


@pytest.mark.parametrize("case", RANKINGS)
def test_every_prospect_is_told_of_or_counted(case: str) -> None:
    ranking = RANKINGS[case]()
    lines = [line.split() for line in text(ranking).splitlines()]
    for lead, entries in (("take on", ranking.chosen), ("no room", ranking.no_room), ("at risk", ranking.no_gain)):
        found = [line[2:] for line in lines if line[:2] == lead.split()]
        counted = [int(line[1]) for line in found if line[0] == "and"]
        assert len(found) - len(counted) + sum(counted) == len(entries)


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("case", RANKINGS)
def test_no_line_is_wider_than_the_terminal(case: str, detail: Detail) -> None:
    ranking = RANKINGS[case]()
    for width in (20, 40, 60, 80, 100):
        told = text(ranking, width, detail)
        assert max(map(cells, told.splitlines())) <= width
        assert "\n\n\n" not in told
        assert all(line == line.rstrip() for line in told.splitlines())


def test_what_to_take_on_comes_first_and_what_to_do_last() -> None:
    lines = text(RANKINGS["expected value"]()).splitlines()
    assert lines[0].startswith("TAKE ON  1 of 5 prospects in 90 hours")
    assert lines[-1].startswith("Next  start with Aldermoor")


def test_a_line_says_hours_expected_value_and_value_per_hour() -> None:
    ranking = RANKINGS["expected value"]()
    (entry,) = ranking.chosen
    line = next(line for line in text(ranking).splitlines() if line.startswith("take on"))
    name, hours, value, per_hour = (each.strip() for each in line.removeprefix("take on").split("  ") if each.strip())
    assert name == "Aldermoor"
    assert abs(int(hours.removesuffix(" h")) - entry.hours.mean) < 1
    assert entry.value is not None
    assert abs(int(value.removeprefix("EUR ").replace(",", "")) / entry.value - 1) < Fraction(5, 100)
    assert entry.per_hour is not None
    assert abs(int(per_hour.removeprefix("EUR ").removesuffix("/h")) / entry.per_hour - 1) < Fraction(5, 100)


def test_quiet_is_a_line_a_prospect() -> None:
    assert len(text(RANKINGS["forty of every kind"](), detail="quiet").splitlines()) == len(EVERYTHING)


def test_in_full_nobody_is_left_out() -> None:
    ranking = RANKINGS["forty of every kind"]()
    told = flat(ranking)
    assert all(entry.name in told for entry in (*ranking.pursued, *ranking.not_now))


def test_what_it_goes_by_is_said_aloud() -> None:
    rule = "win probability × margin, less what closing costs, won or lost."
    assert f"{rule} Pursue in these hours" in flat(RANKINGS["expected value"]())
    usual = RANKINGS["usual chance"]()
    assert f"{rule} The win probability is 30 % for those whose file gives none: Garrowby." in flat(usual)
    assert "30 % win probability where none is given" in flat(usual, "short")
    assert "No prospect is a pursue" in flat(RANKINGS["no pursue"]())


def test_the_hours_say_what_is_expected_what_is_reserved_and_what_more_would_bring() -> None:
    ranking = RANKINGS["expected value"]()
    told = flat(ranking)
    assert "are reserved, so they are 80 % likely to fit." in told
    assert "No other set that fits brings more." in told
    assert ranking.step is not None
    more = f"You would need {ceil(ranking.step.hours)} more hours to add {names(ranking.step.added)}"
    assert f"{more} (+EUR {half_up(ranking.step.gain):,})." in told
    assert more in flat(ranking, "short")
    assert "more hours would bring nothing" in flat(RANKINGS["room for all"](), "short")


def test_a_role_is_named() -> None:
    assert text(RANKINGS["role"]()).splitlines()[0].startswith("TAKE ON  2 of 5 prospects in 37.5 hours of engineering")


def test_who_may_cost_more_than_it_returns_stands_last_of_the_pursued() -> None:
    told = flat(RANKINGS["usual chance"]())
    risky = told.index("Pursue, but it may cost more than it returns 1 Corran")
    assert told.index("Pursue, but the price is not known 1 Fallowfield") < risky < told.index("Not now ✗ Easterby")


def test_of_whom_the_price_is_not_known_it_says_from_which_it_would_pay() -> None:
    line = next(line for line in text(RANKINGS["usual chance"]()).splitlines() if line.startswith("no price"))
    assert "Fallowfield · 7 h, pays off from a " in line


def test_a_not_now_says_why_in_one_line() -> None:
    line = next(line for line in text(RANKINGS["expected value"]()).splitlines() if line.startswith("not now"))
    because = REFUSED.failed_gates[0].because
    assert line.startswith("not now    Easterby · ")
    assert because.split()[0] in line
    assert because in flat(RANKINGS["expected value"]())


def test_explain_quotes_what_decided_it() -> None:
    gate = replace(REFUSED.failed_gates[0], evidence="Only what is on the list")
    gates = tuple(gate if each.id == gate.id else each for each in REFUSED.gates)
    ranking = rank([LIKELY, replace(REFUSED, gates=gates)], Fraction(90))
    assert "“Only what is on the list”" in flat(ranking, "explain")
    assert "“Only what is on the list”" not in flat(ranking, "full")


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
    assert f"ask        Dunmere · {asked.question.ask}"[:60] in text(ranking)
    assert f"ask: {asked.question.ask}" in flat(ranking)
    assert text(ranking).splitlines()[-1].endswith("meanwhile ask Dunmere")


def test_where_too_little_is_known_it_says_what_to_ask_instead_of_a_reason() -> None:
    little = next(
        found for known in range(len(PROSPECT_ANSWERS)) if (found := partly(known)).too_little_known and found.ask_next
    )
    line = next(line for line in text(rank([little], Fraction(40))).splitlines() if "Ingleby" in line)
    assert line.startswith("ask        Ingleby · ")
    assert "% answered: " in line


PROSPECT_ANSWERS = tuple(PROSPECTS["good"].items())


def partly(known: int) -> Assessment:
    return assess(SCREEN, Prospect("ingleby", "Ingleby", dict(PROSPECT_ANSWERS[:known])), STAGE)


@pytest.mark.parametrize("case", RANKINGS)
def test_the_drawing_characters_of_our_own_have_a_plain_form(case: str) -> None:
    lines = text_lines(ranking_report(RANKINGS[case]()), TextOptions())
    assert plain(to_ascii(lines)).isascii()


def test_markdown_says_the_same_and_a_name_is_never_markup() -> None:
    ranking = rank([replace(LIKELY, prospect=replace(LIKELY.prospect, name="*Al* [x](y)"))], Fraction(120))
    told = markdown(ranking_report(ranking))
    assert "- take on: **\\*Al\\* \\[x\\](y)**, " in told
    assert told.startswith("## TAKE ON: 1 of 1 prospect in 120 hours (EUR ")


def test_a_page_has_the_short_report_in_whole_sentences_and_the_rest_folded_away() -> None:
    ranking = RANKINGS["usual chance"]()
    *short, folded = ranking_report(ranking, folded=True)
    assert isinstance(folded, Details)
    assert "…" not in plain(text_lines(short, TextOptions(200)))
    page = html([*short, folded], "Ranking")
    assert page.index("start with") < page.index("<details>") < page.index("Ranked by expected value per hour")
