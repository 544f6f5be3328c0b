import re

from hypothesis import given, strategies as st

import fitcheck
from fitcheck.report.markdown import escape

SCREEN = fitcheck.load_screen("pilot")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
def test_an_escaped_text_stands_for_itself(text: str) -> None:
    told = escape(text)
    assert re.sub(r"\\([\\`*_\[\]<>#|~&$])", r"\1", told).replace("\u2060", "") == " ".join(text.split()).replace(
        "\u2060", ""
    )
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_\[\]<>#|~&$]", told)


def test_nothing_becomes_a_mention_or_a_link() -> None:
    assert escape("ask @bob at http://example.org") == "ask @\u2060bob at http:\u2060//example.org"


def test_there_is_no_table_and_no_html_in_it() -> None:
    report = fitcheck.render(fitcheck.assess(SCREEN, {"named_users": "nobody"}), "markdown")
    assert not re.search(r"^\|", report, re.MULTILINE)
    assert not re.search(r"(?<!\\)<", report)


def test_the_verdict_stands_first_and_once_more_at_the_end() -> None:
    lines = fitcheck.render(fitcheck.assess(SCREEN, {"named_users": "nobody"}), "markdown").splitlines()
    assert lines[0].startswith("## NOT NOW: prospect")
    assert lines[-3].startswith("**NOT NOW: prospect**")
