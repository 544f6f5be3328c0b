import pytest

from fitcheck.documents.screens import load_screen
from fitcheck.folding import folded_header
from fitcheck.table.match.everyday import EVERYDAY, STANDARD
from fitcheck.table.match.guessing import near_option
from fitcheck.table.match.questions import asked_by

ASKED = {asked.id: asked for name in ("pilot", "deal") for asked in asked_by(load_screen(name))}


def test_everyday_words_are_those_of_questions_and_options_that_there_are() -> None:
    assert set(EVERYDAY) == set(ASKED)
    for question, everyday in EVERYDAY.items():
        meant = {everyday.yes, everyday.partly, everyday.no, *everyday.words.values()} - {""}
        assert meant <= {*ASKED[question].ids}


def test_everyday_words_stand_in_the_spelling_in_which_they_are_compared() -> None:
    words = [word for everyday in EVERYDAY.values() for word in (*everyday.headers, *everyday.perhaps, *everyday.words)]
    words += [word for known in STANDARD.values() for word in known]
    assert [word for word in words if folded_header(word) != word] == []


@pytest.mark.parametrize(
    ("question", "text", "option"),
    [
        ("who_decides", "Yes, in every meeting", "signer_met_us"),
        ("who_decides", "Known, not met", "path_named"),
        ("who_decides", "Not identified", "contact_cannot_say"),
        ("money_set_aside", "Not approved", "half_or_none"),
        ("money_set_aside", "Requested", "on_its_way"),
        ("named_users", "Nobody yet", "nobody"),
        ("proof_of_concept", "Free, 2 weeks", "unpaid_short"),
        ("alternatives", "Not ahead", None),
        ("who_decides", "2026", None),
        ("who_decides", "Blue", None),
    ],
)
def test_the_nearest_option_is_found_by_what_people_say_in_a_crm(question: str, text: str, option: str | None) -> None:
    found = near_option(ASKED[question], text)
    assert (found and found.option) == option
