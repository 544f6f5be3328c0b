"""`fitcheck interview --review`: each proposed answer is confirmed, changed or taken back, and saved at once."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Outcome

from fitcheck.cli.exit_codes import Exit
from fitcheck.documents.reading.source import parse

Review = Callable[..., Outcome]
TEXT = """\
# ours
prospect: Tidewell Ferries
answers:
  deadline: {answer: none_or_later, evidence: "There is no hard date", by: "Operations", at: "call.md:11", review: true}
  named_users: {answer: named, evidence: "two of us", on: 2026-11-03}  # sure
  as_customer:
    answer: part_unused
    evidence: "half of it"
    review: true
  joint_plan: {review: true, answer: no_date_yet, kind: seen}
  # the end
"""


@pytest.fixture
def review(fitcheck: Callable[..., Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Review:
    """Review the answers of acme.yaml with lines that are typed."""
    monkeypatch.chdir(tmp_path)
    Path("acme.yaml").write_text(TEXT, encoding="utf-8")

    def call(*lines: str) -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return fitcheck("interview", "acme.yaml", "--review")

    return call


def answers() -> dict[str, dict[str, object]]:
    return dict(parse(Path("acme.yaml").read_bytes(), "acme.yaml").parts("answers"))


def test_what_is_shown(review: Review, golden: Callable[[str, str], None]) -> None:
    outcome = review("", "3", "?")
    assert outcome.code == 0
    golden("notes/review.txt", outcome.err)


def test_enter_keeps_a_number_changes_and_a_question_mark_takes_back(review: Review) -> None:
    review("", "1", "?")
    found = answers()
    assert found["deadline"] == {
        "answer": "none_or_later", "evidence": "There is no hard date", "by": "Operations", "at": "call.md:11",
    }  # fmt: skip
    assert found["as_customer"] == {"answer": "spoke_for_us", "evidence": "half of it", "review": None}
    assert found["joint_plan"] == {"answer": "unknown", "kind": "seen"}
    text = Path("acme.yaml").read_text(encoding="utf-8")
    for line in (
        "# ours",
        '  named_users: {answer: named, evidence: "two of us", on: 2026-11-03}  # sure',
        "  # the end",
    ):
        assert f"{line}\n" in text


def test_n_is_not_applicable_where_the_question_offers_it(review: Review) -> None:
    told = review("n", "", "n").err
    assert told.count("type a number from 1 to 4, or ?") == 1
    assert answers()["as_customer"]["answer"] == "n/a"


def test_back_takes_the_last_reply_back(review: Review) -> None:
    assert "This is the first answer." in review("b", "4", "b", "q").err
    assert Path("acme.yaml").read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize("typed", [["", "q"], [""]])
def test_what_is_confirmed_before_quitting_is_saved(review: Review, typed: list[str]) -> None:
    outcome = review(*typed)
    assert "fitcheck interview acme.yaml --review" in " ".join(outcome.err.split())
    assert "review" not in answers()["deadline"]
    assert answers()["joint_plan"]["review"] is True
    assert "1 of 2 to confirm" in review("q").err


def test_nothing_to_confirm_is_said(review: Review) -> None:
    review("", "", "")
    assert "acme.yaml has no answers to confirm." in review().err


def test_a_file_that_does_not_exist_is_not_begun(review: Review) -> None:
    Path("acme.yaml").unlink()
    assert review().code == Exit.USAGE
    assert not Path("acme.yaml").exists()
