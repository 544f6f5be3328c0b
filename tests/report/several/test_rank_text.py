import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import jsonschema
import pytest
from conftest import ROOT

from fitcheck.api import assess, load_prospect, load_screen
from fitcheck.decision.assessment import Assessment
from fitcheck.decision.content.cost_model import Deal
from fitcheck.decision.several import portfolio
from fitcheck.decision.several.ranking import rank
from fitcheck.decision.several.rankings import Ranking
from fitcheck.documents.schemas import schema_of
from fitcheck.report.layout import TextOptions, cells, plain, to_ascii
from fitcheck.report.several.rank_document import RankingDocument, rank_document
from fitcheck.report.several.rank_markdown import rank_markdown
from fitcheck.report.several.rank_text import rank_lines
from fitcheck.report.several.rank_words import names

SCREEN = load_screen("pilot")


def deal(name: str, example: str = "patient-partner", **stake: str) -> Assessment:
    """An example under another name, with another deal."""
    prospect = load_prospect(ROOT / "examples" / f"{example}.yaml", SCREEN)
    said = Deal(**{key: Fraction(value) for key, value in stake.items()})  # type: ignore[arg-type]
    return assess(SCREEN, replace(prospect, id=name.lower(), name=name, deal=said))


LIKELY = deal("Aldermoor", margin="60000", win_probability="0.75")
UNLIKELY = deal("Birch & Vale", margin="90000", win_probability="0.4")
HOPELESS = deal("Corran", margin="90000", win_probability="0.01")
OPEN = deal("Dunmere", "open-verdict", margin="80000", win_probability="0.5")
REFUSED = deal("Easterby", "quick-fix", margin="90000")
UNKNOWN = deal("Fallowfield")
ALL = [LIKELY, UNLIKELY, HOPELESS, OPEN, REFUSED]
RANKINGS: dict[str, Callable[[], Ranking]] = {
    "expected value": lambda: rank(ALL, Fraction(120)),
    "margin": lambda: rank([*ALL, UNKNOWN], Fraction(120)),
    "role": lambda: rank(ALL, Fraction("37.5"), "engineering"),
    "room for all": lambda: rank(ALL, Fraction(2000)),
    "no hours": lambda: rank(ALL, Fraction(0)),
    "no pursue": lambda: rank([REFUSED], Fraction(40)),
    "many": lambda: rank([deal(f"Number {i}", margin=str(60_000 + i)) for i in range(40)], Fraction(90)),
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
    assert "win probability × margin − expected cost to close" in flat(RANKINGS["expected value"]())
    assert "no win probability is known for Fallowfield: as if all were equally likely" in flat(RANKINGS["margin"]())
    assert "No prospect is a pursue" in flat(RANKINGS["no pursue"]())


def test_the_hours_say_what_is_expected_what_is_reserved_and_what_more_would_bring() -> None:
    ranking = RANKINGS["expected value"]()
    told = flat(ranking)
    assert "which suffice in 8 cases of 10" in told
    assert "No other set that fits brings more, with hours counted to the minute." in told
    assert ranking.step is not None
    assert f"with {names(ranking.step.added)}" in told
    assert "has room; more hours would bring nothing" in flat(RANKINGS["room for all"]())


def test_a_role_is_named() -> None:
    assert flat(RANKINGS["role"]()).split(" screen ")[0].endswith("in 37.5 hours of engineering")


def test_one_more_hour_is_worth_what_it_brings() -> None:
    ranking = replace(RANKINGS["many"](), one_more_hour=Fraction(1234))
    assert "One more hour would bring EUR 1,234." in flat(ranking)


def test_without_a_proof_the_bound_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portfolio, "MOST_DEAL_HOURS", 0)
    ranking = RANKINGS["expected value"]()
    assert not ranking.exact
    told = flat(ranking)
    assert f"would bring at most EUR {round(ranking.bound):,}" in told
    assert "One more hour would bring about EUR" in told


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


@pytest.mark.parametrize("case", RANKINGS)
def test_the_document_is_json_that_fits_its_schema(case: str) -> None:
    document = json.loads(json.dumps(rank_document(RANKINGS[case]())))
    jsonschema.validate(document, schema_of(RankingDocument, "ranking"))
    lists = ("chosen", "no_room", "no_gain", "not_ranked", "not_now")
    assert sum(len(document[key]) for key in lists) == len(RANKINGS[case]().assessments)
    assert document["hours"]["reserved"] <= document["hours"]["available"]
    assert document["value"] <= document["bound"]


@pytest.mark.parametrize(("kind", "suffix"), [("text", "txt"), ("markdown", "md")])
def test_ranking_by_expected_value_as_it_is_printed(golden: Callable[[str, str], None], kind: str, suffix: str) -> None:
    ranking = RANKINGS["expected value"]()
    golden(f"rank/expected-value.{suffix}", text(ranking) if kind == "text" else rank_markdown(ranking))
