"""The document of a ranking."""

import json
from collections.abc import Callable
from fractions import Fraction

import jsonschema
import pytest
from dealing import deal

from fitcheck.decision.several.ranking import rank
from fitcheck.decision.several.rankings import Ranking
from fitcheck.documents.schemas import schema_of
from fitcheck.report.json.ranking import RankingDocument

WORK = {"proof_of_concept": "unpaid_short", "people_to_convince": "three_to_five"}
ALL = [
    deal("Aldermoor", cost=WORK, margin="60000", win_probability="0.75"),
    deal("Birch & Vale", cost=WORK, margin="90000", win_probability="0.4"),
    deal("Corran", margin="50000", win_probability="0.01"),
    deal("Dunmere", "open", WORK, margin="80000", win_probability="0.5"),
    deal("Easterby", "fatal", margin="90000"),
    deal("Fallowfield"),
    deal("Garrowby", cost=WORK, margin="60000"),
]
RANKINGS: dict[str, Callable[[], Ranking]] = {
    "all kinds": lambda: rank(ALL, Fraction(90)),
    "role": lambda: rank(ALL, Fraction("37.5"), "engineering"),
    "room for all": lambda: rank(ALL[:5], Fraction(2000)),
    "no hours": lambda: rank(ALL, Fraction(0)),
    "no pursue": lambda: rank([ALL[4]], Fraction(40)),
    "too many to say": lambda: rank(
        [deal(f"Number {i}", cost=WORK, margin=str(60_000 + i)) for i in range(40)], Fraction(90)
    ),
}


@pytest.mark.parametrize("case", RANKINGS)
def test_the_document_is_json_that_fits_its_schema(case: str) -> None:
    ranking = RANKINGS[case]()
    document = json.loads(RankingDocument.json_text(ranking))
    jsonschema.validate(document, schema_of(RankingDocument, "ranking"))
    lists = ("chosen", "no_room", "no_gain", "not_ranked", "not_now")
    assert sum(len(document[key]) for key in lists) == len(ranking.assessments)
    assert document["hours"]["available"] == float(ranking.hours)
    assert document["hours"]["reserved"] <= document["hours"]["available"]
    assert document["value"] <= document["bound"]


def test_the_first_to_ask_is_named_with_its_question() -> None:
    document = json.loads(RankingDocument.json_text(RANKINGS["room for all"]()))
    (asked,) = document["ask_first"]
    assert asked["prospect"] == {"id": "dunmere", "name": "Dunmere"}
    assert asked["ask"]
