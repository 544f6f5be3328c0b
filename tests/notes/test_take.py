"""Accepted answers stand in the file afterwards, and everything else stands as it was."""

from datetime import date

import pytest

from fitcheck.decision.content.answers import Prospect
from fitcheck.documents.prospects import Questionnaire, read_prospect
from fitcheck.documents.reading.source import parse
from fitcheck.documents.replies import Proposal
from fitcheck.documents.screens import load_screen
from fitcheck.notes.call_notes import CallNotes
from fitcheck.notes.check import check
from fitcheck.notes.take import take

PILOT = load_screen("pilot")
DAY = date(2026, 11, 3)
TEXT = """\
# ours
prospect: Acme
answers:
  named_users: unknown  # ask again
  deadline: {answer: none_or_later, evidence: "no date", on: 2026-10-01, by: "the buyer"}
  when_it_broke:
    answer: expects_faults
    evidence: "they know"
    kind: reported
  joint_plan: no_date_yet
# the end
"""
CALL = """\
The head: of it said “it must” run by May.
Two planners have time, says their partner.
They fell silent since then.
"""
NOTES = [CallNotes("call.md", CALL)]
MUST = Proposal("deadline", "up_to_six_months", "it must run by May", "said", "head: of it")
PLANNERS = Proposal("named_users", "named", "two planners have time", "reported")
SILENT = Proposal("when_it_broke", "fell_silent", "fell silent since then")
PLAN = Proposal("joint_plan", "no_next_step", "it must run by May")


def read(text: str) -> Prospect:
    return read_prospect(text.encode(), "acme.yaml", known=Questionnaire.of(PILOT))


def taken(*proposals: Proposal, text: str = TEXT, newer: bool = False) -> str:
    return take(text, "acme.yaml", check(proposals, NOTES, PILOT, read(text)), on=DAY, newer=newer)


def test_a_new_answer_stands_there_with_all_that_is_told_of_it() -> None:
    after = taken(PLANNERS)
    assert after == TEXT.replace(
        "named_users: unknown",
        'named_users: {answer: named, evidence: "Two planners have time", kind: reported, on: 2026-11-03, '
        'at: "call.md:2", review: true}',
    )
    answer = read(after).answer("named_users")
    assert (answer.option, answer.kind, answer.on) == ("named", "reported", DAY)


@pytest.mark.parametrize("made", [MUST, SILENT, PLAN])
def test_an_answer_that_is_there_is_not_overwritten(made: Proposal) -> None:
    assert taken(made) == TEXT


def test_newer_notes_keep_the_earlier_answer() -> None:
    after = taken(MUST, newer=True)
    assert parse(after.encode(), "acme.yaml").at("answers", "deadline") == {
        "answer": "up_to_six_months", "evidence": "it must” run by May", "on": "2026-11-03", "by": "head: of it",
        "at": "call.md:1", "review": True,
        "was": [{"answer": "none_or_later", "evidence": "no date", "on": "2026-10-01", "by": "the buyer"}],
    }  # fmt: skip
    assert [line for line in after.splitlines() if "deadline" not in line] == [
        line for line in TEXT.splitlines() if "deadline" not in line
    ]
    again = taken(MUST._replace(answer="up_to_two_months"), text=after, newer=True)
    was = parse(again.encode(), "acme.yaml").at("answers", "deadline", "was")
    assert [each["answer"] for each in was] == ["up_to_six_months", "none_or_later"]
    assert was[0]["at"] == "call.md:1"
    assert "review" not in was[0]
    assert read(again).answer("deadline").option == "up_to_two_months"


def test_an_answer_without_more_words_is_kept_as_well() -> None:
    after = taken(PLAN, newer=True)
    assert parse(after.encode(), "acme.yaml").at("answers", "joint_plan", "was") == [{"answer": "no_date_yet"}]


def test_an_answer_on_several_lines_keeps_its_lines() -> None:
    after = taken(SILENT, newer=True)
    answer = read(after).answer("when_it_broke")
    assert (answer.option, answer.evidence, answer.kind) == ("fell_silent", "fell silent since then", "said")
    was = parse(after.encode(), "acme.yaml").at("answers", "when_it_broke", "was")
    assert was == [{"answer": "expects_faults", "evidence": "they know", "kind": "reported"}]


def test_an_answer_that_is_not_in_the_file_is_added() -> None:
    after = taken(PLANNERS, text="prospect: Acme\r\n")
    assert after.startswith("prospect: Acme\r\n")
    assert read(after).answer("named_users").option == "named"
