from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from fitcheck.decision.content.answers import Answer
from fitcheck.decision.content.cost_model import Deal
from fitcheck.documents.prospects import Questionnaire, read_prospect
from fitcheck.documents.reading.source import STDIN
from fitcheck.documents.screens import load_screen
from fitcheck.problems import DocumentError, Place

ROOT = Path(__file__).parents[2]
KNOWN = Questionnaire(
    {"named_users": ("named", "nobody"), "bad_news": ("told", "found"), "references": ("none", "two")},
    frozenset({"bad_news"}),
)
BRIGHTLOOM = b"""\
prospect: Brightloom Logistics
deal: {value: 30000, currency: EUR, margin: 21000.50, learning_value: 1e3, win_probability: 0.4}
answers:
  named_users: named
  bad_news: {answer: told, evidence: "  They called\\nus first ", on: 2026-10-03, by: head of operations}
  references: {answer: unknown, evidence: not asked yet}
"""


def test_everything_that_is_written_arrives() -> None:
    prospect = read_prospect(BRIGHTLOOM, "deals/brightloom.yaml", known=KNOWN)

    assert (prospect.id, prospect.name) == ("brightloom", "Brightloom Logistics")
    assert prospect.deal == Deal(Fraction(30000), "EUR", Fraction(42001, 2), Fraction(1000), Fraction(2, 5))
    assert prospect.answers == {
        "named_users": Answer("named", where=Place("deals/brightloom.yaml", 4, 3)),
        "bad_news": Answer(
            "told",
            "given",
            "They called us first",
            date(2026, 10, 3),
            "head of operations",
            Place("deals/brightloom.yaml", 5, 3),
        ),
        "references": Answer(None, "unknown", "not asked yet", where=Place("deals/brightloom.yaml", 6, 3)),
    }


def test_what_an_assistant_proposed_arrives_with_its_kind() -> None:
    told = "{answer: named, kind: seen, at: call.md:3, review: true, was: [{answer: unknown, by: us}]}"
    data = f"prospect: B\nanswers:\n  named_users: {told}\n".encode()
    answer = read_prospect(data, "b.yaml", known=KNOWN).answers["named_users"]
    assert (answer.option, answer.kind) == ("named", "seen")


def test_a_deal_that_comes_again_and_what_is_spent_on_it_arrive() -> None:
    deal = b"{value: 9000, per: year, months: 24, hours_spent: {presales: 13, legal: ~}}"
    found = read_prospect(b"prospect: Brightloom\ndeal: " + deal, "b.yaml", known=KNOWN).deal
    assert found == Deal(Fraction(9000), per="year", months=Fraction(24), hours_spent={"presales": Fraction(13)})


@pytest.mark.parametrize("written", ["unknown", "~", "", "null", "{answer: unknown}", "{answer: ~}"])
def test_there_are_several_ways_to_say_unknown(written: str) -> None:
    data = f"prospect: B\nanswers:\n  named_users: {written}\n".encode()
    answer = read_prospect(data, "b.yaml", known=KNOWN).answers["named_users"]
    assert (answer.option, answer.state) == (None, "unknown")


def test_not_applicable_is_an_answer_where_the_question_allows_it() -> None:
    data = b"prospect: B\nanswers: {bad_news: n/a}\n"
    answer = read_prospect(data, "b.yaml", known=KNOWN).answers["bad_news"]
    assert (answer.option, answer.state) == (None, "n/a")


@pytest.mark.parametrize("rest", ["", "answers:\n", "deal:\n", "answers: {}\n", "deal: {value: ~}\n"])
def test_a_prospect_of_whom_nothing_is_known_is_a_prospect(rest: str) -> None:
    prospect = read_prospect(f"prospect: B\n{rest}".encode(), "b.yaml", known=KNOWN)
    assert (prospect.answers, prospect.deal) == ({}, Deal())


def test_the_id_is_the_one_written_else_the_file_name_else_made_from_the_name() -> None:
    def id_of(text: str, file: str) -> str:
        return read_prospect(text.encode(), file, known=None).id

    assert id_of("prospect: Brightloom Logistics\nid: BL-7\n", "deals/b.yaml") == "BL-7"
    assert id_of("prospect: Brightloom Logistics\n", "deals/Bright Loom.v2.yaml") == "Bright Loom.v2"
    assert id_of("prospect: Brightloom Logistics\n", STDIN) == "brightloom-logistics"
    assert id_of("prospect: Zoë & Söhne GmbH\n", STDIN) == "zoe-sohne-gmbh"
    assert id_of("prospect: 東京物流\n", STDIN) == "東京物流"
    assert id_of("prospect: '&'\n", STDIN) == "prospect"


def test_json_and_yaml_of_one_prospect_differ_in_nothing_but_places() -> None:
    json = b'{"prospect": "B", "answers": {"named_users": "named"}, "deal": {"value": 0.1}}'
    yaml = b"prospect: B\ndeal: {value: 0.1}\nanswers: {named_users: named}\n"
    one, two = read_prospect(json, STDIN, known=KNOWN), read_prospect(yaml, STDIN, known=KNOWN)
    assert (one.id, one.name, one.deal) == (two.id, two.name, two.deal)
    assert one.answers["named_users"].option == two.answers["named_users"].option


def test_without_a_questionnaire_any_question_and_option_is_taken() -> None:
    prospect = read_prospect(b"prospect: B\nanswers: {anything: goes}\n", "b.yaml", known=None)
    assert prospect.answers["anything"].option == "goes"


def test_all_problems_are_told_at_once_with_the_nearest_words() -> None:
    data = b"prospect: B\nanswers:\n  named_user: named\n  bad_news: {answer: tolt}\n  references: n/a\n"
    with pytest.raises(DocumentError) as caught:
        read_prospect(data, "b.yaml", known=KNOWN)
    assert [(problem.code, problem.hint, str(problem.where)) for problem in caught.value.problems] == [
        ("unknown-question", 'did you mean "named_users"?', "b.yaml:3:3"),
        ("unknown-option", 'did you mean "told"?', "b.yaml:4:22"),
        ("not-applicable", "write unknown if you do not know", "b.yaml:5:15"),
    ]


def test_a_screen_and_its_cost_model_ask_the_questions() -> None:
    known = Questionnaire.of(load_screen(str(ROOT / "tests" / "bad" / "parts" / "partner.yaml")))
    assert known.options == {
        "named_users": ("named", "nobody"),
        "promises_kept": ("named", "nobody"),
        "bad_news": ("told", "found"),
        "references": ("none", "two", "many"),
    }
    assert known.may_be_na == frozenset()


EXAMPLES = sorted(file for file in (ROOT / "examples").glob("*.yaml") if file.name != "company.yaml")


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.name)
def test_every_example_is_sound(file: Path) -> None:
    known = Questionnaire.of(load_screen("pilot"))
    assert read_prospect(file.read_bytes(), file.name, known=known).id == file.stem


def test_in_json_the_hint_at_the_options_stands_with_the_answer_that_is_none() -> None:
    answers = b'{"prospect": "B", "answers": {"named_users": 3, "sponsor": []}, "deal": {"value": "x"}}'
    with pytest.raises(DocumentError) as caught:
        read_prospect(answers, "b.json", known=KNOWN)
    hints = {problem.where and problem.where.path: problem.hint for problem in caught.value.problems}
    assert str(hints["answers.named_users"]).startswith("one of: ")
    assert not any(str(hint).startswith("one of") for name, hint in hints.items() if name != "answers.named_users")
