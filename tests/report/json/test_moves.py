import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import jsonschema
from strategies import worked_example

from fitcheck.cli.content_diff import Comparison
from fitcheck.documents.schemas import schema_of
from fitcheck.proof.moves import moves
from fitcheck.report.json.moves import MovesDocument

EXAMPLE = worked_example()
RULES = EXAMPLE.screen.stages["pilot"]
NEW = replace(
    EXAMPLE.screen,
    stages={"pilot": replace(RULES, threshold=Fraction(65), weights={"need": Fraction(1), "trust": Fraction(2)})},
)
FOUND = moves(EXAMPLE.screen, NEW, [(EXAMPLE.prospect, "pilot", "pilot")])


def told(compared: int = 1, names: tuple[str, str] = ("a", "b")) -> Any:
    return json.loads(MovesDocument.json_text(Comparison(FOUND, compared, names)))


def test_the_document_says_what_moved_from_what_to_what() -> None:
    document = told(4, ("screen worked 1", "screen worked 2"))
    (move,) = document["moves"]
    assert (document["schema"], document["old"], document["new"]) == (
        "fitcheck.moves/2",
        "screen worked 1",
        "screen worked 2",
    )
    assert document["compared"] == 4
    assert move["prospect"] == {"id": "acme", "name": "Acme"}
    assert (move["before"]["verdict"], move["after"]["verdict"]) == ("pursue", "not now")
    assert (move["before"]["threshold"], move["after"]["threshold"]) == (60, 65)


def test_the_effects_of_all_lines_add_up_to_the_change_of_the_score() -> None:
    (move,) = told()["moves"]
    change = round(1000 * (move["after"]["score"] - move["before"]["score"]))
    assert sum(round(1000 * line["effect"]) for line in move["lines"]) == change
    assert change


def test_the_document_is_json_that_fits_its_schema() -> None:
    jsonschema.validate(told(), schema_of(MovesDocument, "moves"))
