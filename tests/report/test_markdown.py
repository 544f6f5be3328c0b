import re

from hypothesis import given, settings, strategies as st
from report.strategies_blocks import REPORTS

import fitcheck
from fitcheck.report.document import Block, Grid, Item, Items, Row, Section, Span, Title, para, text
from fitcheck.report.markdown import escape, markdown

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


@given(REPORTS)
@settings(max_examples=200)
def test_there_is_no_table_and_no_html_in_it_and_no_three_line_feeds(blocks: tuple[Block, ...]) -> None:
    told = markdown(blocks)
    assert not re.search(r"^\|", told, re.MULTILINE)
    assert not re.search(r"(?<!\\)(?:\\\\)*<", told)
    assert "\n\n\n" not in told
    assert told.endswith("\n")


def test_each_kind_of_block_is_plain_markdown() -> None:
    items = Items((Item(Span("−3"), text("late"), (para("“in May”"),)), Item(Span("1"), text("ask"))))
    grid = Grid((Row(text("Trust"), (text("7"), text("of 10"))),))
    told = markdown((Title(Span("NOT NOW"), "A*B", "50 of 100"), Section((items,), "Why", "most first"), grid))
    assert told == (
        "## NOT NOW: A\\*B (50 of 100)\n\n**Why** (most first)\n\n- −3 late\n  - “in May”\n1. ask\n\n"
        "- Trust: 7, of 10\n"
    )


def test_the_verdict_stands_first_and_what_to_do_last() -> None:
    lines = fitcheck.render(fitcheck.assess(SCREEN, {"named_users": "nobody"}), "markdown").splitlines()
    assert lines[0].startswith("## NOT NOW: prospect")
    assert lines[-1].startswith("- **Next** ")
