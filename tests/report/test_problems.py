import unicodedata

import pytest
from hypothesis import given, strategies as st

from fitcheck.problems import Place, Problem, printable
from fitcheck.report.layout import cells
from fitcheck.report.problems import problem_text

WEIGHT = Problem(
    "unknown-key",
    'unknown field "wieght"',
    Place("rubrics/trust.yaml", 9, 5),
    hint='did you mean "weight"?',
    excerpt="    wieght: 4",
    length=6,
)
COMMA = Problem(
    "unquoted-comma",
    "this comma splits the text in two; quote it",
    Place("rubrics/trust.yaml", 12, 44),
    hint='write means: "Named person, dated next step"',
    excerpt="      - {value: strong, means: Named person, dated next step}",
    also=(13, 19, 20),
)


def test_a_problem_reads_like_a_good_compilers() -> None:
    assert problem_text([WEIGHT]) == (
        'error[unknown-key]: unknown field "wieght"\n'
        "  --> rubrics/trust.yaml:9:5\n"
        "   |\n"
        " 9 |     wieght: 4\n"
        '   |     ^^^^^^ did you mean "weight"?\n'
        "\n"
    )


def test_what_finds_no_room_beside_the_caret_stands_below_and_several_problems_are_counted() -> None:
    assert problem_text([WEIGHT, COMMA]).splitlines()[6:] == [
        "error[unquoted-comma]: this comma splits the text in two; quote it",
        "   --> rubrics/trust.yaml:12:44",
        "    |",
        " 12 |       - {value: strong, means: Named person, dated next step}",
        "    |                                            ^",
        '    = write means: "Named person, dated next step"',
        "    = also on lines 13, 19 and 20",
        "",
        "2 problems",
    ]


def test_problems_of_several_files_name_how_many() -> None:
    other = Problem("cannot-read", "no such file", Place("b.yaml", 1))
    assert problem_text([WEIGHT, other]).endswith(
        "error[cannot-read]: no such file\n  --> b.yaml\n\n2 problems in 2 files\n"
    )


def test_a_problem_without_a_file_is_message_and_hint() -> None:
    problem = Problem("unknown-screen", 'no built-in screen "plot"', hint='did you mean "pilot"?')
    assert problem_text([problem]) == (
        'error[unknown-screen]: no built-in screen "plot"\n  = did you mean "pilot"?\n\n'
    )


def test_a_long_line_is_cut_around_the_caret() -> None:
    excerpt = "a: " + "x" * 200 + " here " + "y" * 200
    problem = Problem("code", "message", Place("a.yaml", 1, 205), excerpt=excerpt, length=4)
    shown, carets = problem_text([problem], 60).splitlines()[3:5]
    assert shown.startswith(" 1 | ...x")
    assert shown.endswith("y...")
    assert len(shown) <= 60
    assert shown[carets.index("^") : carets.rindex("^") + 1] == "here"


def test_the_caret_stands_below_wide_and_combining_characters() -> None:
    problem = Problem("code", "message", Place("a.yaml", 1, 8), excerpt="e\u0301: 東京 x", length=1)
    shown, carets = problem_text([problem]).splitlines()[3:5]
    assert cells(shown[: shown.index("x")]) == carets.index("^")


def test_nothing_a_person_wrote_reaches_the_terminal_raw() -> None:
    nasty = "a\x1b[31m\u202eb\tc\x9b\ud800\r"
    problem = Problem(nasty, nasty, Place(nasty, 1, 1), hint=nasty, excerpt=nasty, length=3)
    text = problem_text([problem])
    assert text.encode()
    assert not [char for char in text if unicodedata.category(char) in {"Cc", "Cf", "Cs"} and char != "\n"]


TEXTS = st.text(max_size=80)


PROBLEMS = st.builds(
    Problem,
    st.just("code"),
    TEXTS,
    st.builds(Place, st.just("a.yaml"), st.integers(1, 99), st.integers(1, 90)),
    hint=st.none() | TEXTS,
    excerpt=TEXTS,
    length=st.integers(1, 90),
    also=st.just((8,)),
)


@given(PROBLEMS, st.integers(1, 100))
def test_no_problem_breaks_at_any_width(problem: Problem, width: int) -> None:
    lines = problem_text([problem], width).splitlines()
    assert all(cells(line) <= max(width, 30) for line in lines)
    assert any(line.lstrip(" |").startswith("^") for line in lines)


@pytest.mark.parametrize("width", [1, 5, 20])
def test_narrow_terminals_get_everything_on_more_lines(width: int) -> None:
    text = problem_text([WEIGHT, COMMA], width)
    assert "wieght" in text.replace("\n", "").replace(" ", "")
    assert "^" in text


def test_printable_leaves_ordinary_text_of_any_script_alone() -> None:
    for text in ("Zürich", "東京 🚚", "नमस्ते", "10\u00a0%", "שלום", "👩\u200d🚀"):
        assert printable(text) == text


@given(st.text())
def test_printable_is_encodable_on_one_line_and_settled(text: str) -> None:
    shown = printable(text)
    assert shown.encode().decode() == shown
    assert len(shown.splitlines()) <= 1
    assert printable(shown) == shown
