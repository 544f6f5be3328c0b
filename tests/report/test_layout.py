from hypothesis import given, strategies as st

from fitcheck.report.document import Span
from fitcheck.report.layout import ASCII, TextOptions, cells, flow, heading, plain, range_bar, share_bar, to_ascii

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80)
TONES = st.sampled_from(["plain", "strong", "good", "bad", "open", "faint"])
SPANS = st.lists(st.builds(Span, TEXTS, TONES), max_size=4)


@given(SPANS, st.integers(1, 120))
def test_no_line_is_wider_than_asked_for_unless_a_single_character_is(spans: list[Span], width: int) -> None:
    for line in flow(spans, width):
        text = "".join(span.text for span in line)
        assert cells(text) <= width or len(text.strip()) == 1


@given(SPANS, st.integers(1, 120), st.integers(0, 20))
def test_nothing_but_white_space_is_lost_or_added(spans: list[Span], width: int, indent: int) -> None:
    lines = flow(spans, width, lead=[Span("- ")], indent=indent)
    told = "".join(plain(lines).split())
    assert told == "-" + "".join("".join(span.text.split()) for span in spans)


def test_following_lines_are_indented_to_the_lead() -> None:
    lines = flow([Span("one two three")], 16, lead=[Span("  a ")])
    assert plain(lines) == "  a one two\n    three\n"


def test_a_long_word_is_broken_inside() -> None:
    assert plain(flow([Span("abcdefghij")], 4)) == "abcd\nefgh\nij\n"


def test_tones_survive_the_break() -> None:
    lines = list(flow([Span("one", "good"), Span(" two", "bad")], 4))
    assert lines == [(Span("one", "good"),), (Span("two", "bad"),)]


def test_only_white_space_ends_a_word() -> None:
    assert plain(flow([Span("one", "good"), Span("; two", "bad")], 40)) == "one; two\n"


def test_a_heading_stands_after_an_empty_line() -> None:
    assert plain(heading("Fit", "points", TextOptions(width=40))) == "\nFit (points)\n"


def test_wide_and_combining_characters_are_counted_as_a_terminal_shows_them() -> None:
    assert [cells(text) for text in ("abc", "東京", "e\u0301", "\u200b", "ﬃ")] == [3, 4, 1, 0, 1]


@given(st.integers(1, 60), st.fractions(0, 1), st.fractions(0, 1), st.fractions(0, 1))
def test_a_share_bar_is_as_long_as_asked_for(columns: int, a: float, b: float, floor: float) -> None:
    low, high = sorted((float(a), float(b)))
    bar = share_bar(columns, low, high, float(floor))
    assert len(bar) == columns
    assert set(bar) <= set("█▒░┃")


@given(st.integers(2, 90), st.lists(st.fractions(0, 1), min_size=4, max_size=4))
def test_a_range_bar_shows_the_score_and_is_as_long_as_asked_for(columns: int, shares: list[float]) -> None:
    threshold, *three = (float(share) for share in shares)
    low, now, high = sorted(three)
    bar = range_bar(columns, low, now, high, threshold)
    assert len(bar) == columns
    assert bar.count("●") == 1


def test_every_drawing_character_of_ours_has_an_ascii_form() -> None:
    drawn = share_bar(9, 0.3, 0.6, 0.9) + range_bar(21, 0.1, 0.4, 0.8, 0.5)
    assert plain(to_ascii([(Span(drawn),)])).isascii()
    assert all(to.isascii() for to in ASCII.values())
