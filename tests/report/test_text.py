"""What every report keeps on a terminal, whatever is in it."""

from fractions import Fraction

from hypothesis import example, given, settings, strategies as st
from report.strategies_blocks import REPORTS

from fitcheck.report.document import Bar, Block, Grid, Item, Items, Row, Rule, Section, Span, Title, para, text
from fitcheck.report.layout import TextOptions, cells, plain
from fitcheck.report.text import text_lines


def laid_out(*blocks: Block, width: int = 80) -> list[str]:
    return plain(text_lines(blocks, TextOptions(width=width))).splitlines()


@given(REPORTS, st.integers(20, 100))
@settings(max_examples=300)
@example((Items((Item(Span("a lead that is wider than the terminal"), text("b")),)),), 20)
def test_no_line_is_wider_than_the_terminal_unless_a_lead_is(blocks: tuple[Block, ...], width: int) -> None:
    leads = max((cells(each) for each in _leads(blocks)), default=0)
    for line in laid_out(*blocks, width=width):
        assert cells(line) <= max(width, leads + 12)


def _leads(blocks: tuple[Block, ...]) -> list[str]:
    """Leads of all items, with the columns that they are moved in by."""
    found = []
    for block in blocks:
        if isinstance(block, Title):
            found.append(block.lead.text)
        for item in block.items if isinstance(block, Items) else ():
            found += ["  " * 9 + item.lead.text, *("  " * 9 + item.lead.text + each for each in _leads(item.sub))]
        if hasattr(block, "blocks"):
            found += ["  " + each for each in _leads(block.blocks)]
    return found


@given(REPORTS)
def test_a_report_neither_begins_with_an_empty_line_nor_ends_with_one(blocks: tuple[Block, ...]) -> None:
    shown = [block for block in blocks if not isinstance(block, Rule)]
    lines = laid_out(*shown)
    if lines and any(line.strip() for line in lines):
        assert lines[0].strip() or not lines[0]


def test_the_figure_beside_a_title_stands_flush_right_and_below_it_without_room() -> None:
    title = Title(Span("PURSUE"), "Brightloom", "70 of 100")
    assert laid_out(title, width=40) == ["PURSUE  Brightloom             70 of 100"]
    assert laid_out(title, width=26) == ["PURSUE  Brightloom", "70 of 100"]


def test_sections_stand_apart_and_their_blocks_below_their_title() -> None:
    told = laid_out(para("a"), Section((para("b"),), "Title", "note"), Section((para("c"),)))
    assert told == ["a", "", "Title (note)", "  b", "", "c"]


def test_leads_are_padded_to_the_widest_on_either_side() -> None:
    entries = (Item(Span("−10"), text("a")), Item(Span("+2"), text("b"), (para("c"),)))
    assert laid_out(Items(entries, align="right")) == ["−10  a", " +2  b", "     c"]
    assert laid_out(Items(entries)) == ["−10  a", "+2   b", "     c"]


def test_a_grid_lines_its_cells_up_and_becomes_sentences_without_room() -> None:
    rows = (Row(text("Trust"), (text("7"), text("of 10"))), Row(text("Fit"), (text("12"), ())))
    grid = Grid(rows, right=frozenset({0}))
    assert laid_out(grid) == ["Trust   7  of 10", "Fit    12"]
    assert laid_out(grid, width=20) == ["Trust: 7, of 10", "Fit: 12"]


def test_a_grid_with_a_head_breaks_its_cells_and_names_the_column_where_there_is_no_room() -> None:
    grid = Grid((Row(text("score"), (text("70"), text("a long cell that has to be broken"))),), ("Acme", "Bolt"))
    assert laid_out(grid, width=60)[0].split() == ["Acme", "Bolt"]
    assert len(laid_out(grid, width=60)) == 3
    assert laid_out(grid, width=30) == ["score: Acme: 70; Bolt: a long", "  cell that has to be broken"]


def test_a_bar_shows_range_figure_and_mark_on_its_scale() -> None:
    bar = Bar(Fraction(20), Fraction(40), Fraction(60), Fraction(50), Fraction(100), "")
    [line] = laid_out(bar, width=60)
    assert line.startswith("0 ┈")
    assert line.endswith("┈ 100")
    assert [line.count(mark) for mark in "├●┃┤"] == [1, 1, 1, 1]
    assert line.index("├") < line.index("●") < line.index("┃") < line.index("┤")
