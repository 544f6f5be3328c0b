"""A page holds a report and nothing else, whatever is in it."""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from importlib.resources import files

from hypothesis import given, settings
from report.strategies_blocks import REPORTS

from fitcheck.report.document import Block, Grid, Item, Items, Row, Rule, Section, Span, Title, para, text
from fitcheck.report.html import html

OURS = frozenset(
    ["html", "head", "meta", "title", "style", "body", "main", "header", "p", "span", "strong", "small", "ul", "li"]
    + [
        "div",
        "svg",
        "rect",
        "circle",
        "section",
        "details",
        "summary",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "hr",
    ]
    + [f"h{level}" for level in range(1, 10)]
)
"""Elements that a page is made of."""

TALKING = frozenset({"href", "src", "srcset", "action", "style", "data", "background", "poster", "formaction"})
"""Attributes that could load, run or restyle something."""


class Page(HTMLParser):
    """What stands in a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.told = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that opens."""
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in {"meta", "hr", "rect", "circle"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note that the last one closes."""
        if self.open and tag not in {"rect", "circle"}:
            assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that closes itself."""
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.told += data


@given(REPORTS)
@settings(max_examples=200)
def test_no_text_becomes_an_element_or_an_attribute_of_its_own(blocks: tuple[Block, ...]) -> None:
    page = Page(html(blocks, "Any"))
    assert page.elements <= OURS
    assert not page.attributes & TALKING
    assert not [name for name in page.attributes if name.startswith("on")]
    assert page.open == []


@given(REPORTS)
def test_every_text_is_read_as_it_was_written(blocks: tuple[Block, ...]) -> None:
    told = " ".join(Page(html(blocks, "Any")).told.split())
    for block in blocks:
        if isinstance(block, Title):
            assert " ".join(block.name.split()) in told


def test_the_policy_allows_nothing_but_the_page_s_own_style() -> None:
    page = html((para("a"),), "Any")
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    [style] = re.findall(r"<style>(.*)</style>", page, re.DOTALL)
    assert style == (files("fitcheck.report") / "templates" / "report.css").read_text(encoding="utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not re.search(r"url\(|@import|https?:", page)


def test_a_page_on_one_prospect_has_its_verdict_as_heading_and_one_on_several_a_heading_of_its_own() -> None:
    title = Title(Span("PURSUE"), "A & B")
    assert "<title>PURSUE: A &amp; B</title>" in html((title,), "Prospects")
    several = html((title, Rule(), title), "Prospects")
    assert "<title>Prospects</title>" in several
    assert several.count("<h1>") == 1


def test_headings_go_down_one_level_at_a_time() -> None:
    blocks = (Title(Span("PURSUE"), "A"), Section((Section((para("x"),), "Inner"),), "Outer"))
    assert re.findall(r"<h(\d)>", html(blocks, "Any")) == ["1", "2", "3"]


def test_lists_and_tables_are_what_they_are_for_those_who_listen() -> None:
    grid = Grid((Row(text("Trust"), (text("7"),)),), ("Acme",))
    page = html((Items((Item(Span("Next"), text("call")),)), grid), "Any")
    assert '<th scope="row">Trust</th>' in page
    assert '<th scope="col">Acme</th>' in page
    assert "<li>" in page
