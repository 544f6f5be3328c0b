import json
from dataclasses import replace
from fractions import Fraction

import jsonschema
from strategies import worked_example

from fitcheck.documents.schemas import schema_of
from fitcheck.proof.moves import moves
from fitcheck.report.content.moves_document import MovesDocument, moves_document

EXAMPLE = worked_example()
RULES = EXAMPLE.screen.stages["pilot"]
NEW = replace(
    EXAMPLE.screen,
    stages={"pilot": replace(RULES, threshold=Fraction(65), weights={"need": Fraction(1), "trust": Fraction(2)})},
)
FOUND = moves(EXAMPLE.screen, NEW, [(EXAMPLE.prospect, "pilot", "pilot")])


def test_the_document_says_what_moved_from_what_to_what() -> None:
    document = moves_document(FOUND, 4, ("screen worked 1", "screen worked 2"))
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
    (move,) = moves_document(FOUND, 1, ("a", "b"))["moves"]
    change = round(1000 * (move["after"]["score"] - move["before"]["score"]))
    assert sum(round(1000 * line["effect"]) for line in move["lines"]) == change
    assert change


def test_the_document_is_json_that_fits_its_schema() -> None:
    document = moves_document(FOUND, 1, ("a", "b"))
    jsonschema.validate(json.loads(json.dumps(document)), schema_of(MovesDocument, "moves"))
