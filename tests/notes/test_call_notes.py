"""A quote passes if it stands in the notes word for word, and only then."""

import time
from collections.abc import Sequence
from unicodedata import normalize

import pytest
from hypothesis import given, settings, strategies as st

from fitcheck.notes.call_notes import CallNotes, Passage, words_in
from fitcheck.problems import Place

WORDS = st.text("ab", min_size=1, max_size=3)
LINES = st.lists(st.lists(WORDS, max_size=6), min_size=1, max_size=6)
MARKED = st.from_regex(r"[“(«]?[A-Za-zéüßΣи]{1,6}(?:['’][a-z]{1,3}|[-–—][a-z]{1,3})?[,.!?”)»]?", fullmatch=True)
FORGIVEN = (
    ("’", "'"),
    ("'", "\u2018"),
    ("–", "—"),
    ("—", "-"),
    ("-", "\u2011"),
    ("“", '"'),
    ("”", ""),
    ("«", "„"),
    (" ", "\u00a0"),
    (" ", "  \n\t"),
    (" ", " \u200b"),
)
"""Ways to write the same words."""


def found(text: str, quote: str) -> list[Passage]:
    return [*CallNotes("call.md", text).passages(quote)]


def places(text: str, quote: str) -> list[int]:
    """Lines at which a quote of letters alone stands, found by comparing word by word."""
    words = [(number, word) for number, line in enumerate(text.split("\n"), 1) for word in line.split()]
    wanted = quote.split()
    starts = range(len(words) - len(wanted) + 1)
    return [words[at][0] for at in starts if [word for _, word in words[at : at + len(wanted)]] == wanted]


@given(LINES, st.lists(WORDS, min_size=3, max_size=5))
@settings(max_examples=400)
def test_a_quote_is_found_exactly_where_its_words_stand(lines: list[list[str]], quote: list[str]) -> None:
    text = "\n".join(map(" ".join, lines))
    told = " ".join(quote)
    assert [passage.place.line for passage in found(text, told)] == places(text, told)


@given(LINES, st.data())
@settings(max_examples=400)
def test_every_stretch_of_three_words_passes_and_every_changed_letter_fails(
    lines: list[list[str]], data: st.DataObject
) -> None:
    words = [f"{word}{'xyz'[at % 3]}{at}" for at, word in enumerate(word for line in lines for word in line)]
    if len(words) < 3:
        return
    left, rest = [*words], []
    for line in lines:
        rest.append(" ".join(left[: len(line)]))
        del left[: len(line)]
    begin = data.draw(st.integers(0, len(words) - 3))
    stretch = words[begin : data.draw(st.integers(begin + 3, len(words)))]
    quote = " ".join(stretch)
    assert len(found("\n".join(rest), quote)) == 1
    at = data.draw(st.sampled_from([at for at, char in enumerate(quote) if char != " "]))
    other = data.draw(st.sampled_from([char for char in "abxyz0189é" if char != quote[at]]))
    changed = quote[:at] + other + quote[at + 1 :]
    assert found("\n".join(rest), changed) == []


@given(st.lists(MARKED, min_size=3, max_size=12), st.data())
@settings(max_examples=400)
def test_case_composition_blanks_quotation_marks_and_dashes_make_no_difference(
    words: list[str], data: st.DataObject
) -> None:
    text = " ".join(words)
    begin = data.draw(st.integers(0, len(words) - 3))
    quote = " ".join(words[begin : data.draw(st.integers(begin + 3, len(words)))])
    for old, new in data.draw(st.lists(st.sampled_from(FORGIVEN), max_size=4)):
        if not (old == "”" and quote.replace(old, "").split() != quote.replace(old, " ").split()):
            quote = quote.replace(old, new)
    assert found(text, data.draw(st.sampled_from([quote, quote.lower(), normalize("NFD", quote)])))


@given(st.text(max_size=200), st.text(max_size=30))
@settings(max_examples=400)
def test_any_notes_and_any_quote_can_be_looked_up(text: str, quote: str) -> None:
    notes = CallNotes("call.md", text)
    assert all(passage.text for passage in notes.passages(quote))
    near = notes.nearest(quote)
    assert near is None or near[0] > 0


@given(st.text(max_size=200))
@settings(max_examples=400)
def test_what_is_shown_of_a_line_is_found_on_it(text: str) -> None:
    notes = CallNotes("call.md", text)
    for line in notes.lines:
        shown = [*notes.passages(line.text)]
        assert not any(map(str.isalnum, line.text)) or line.number in [passage.place.line for passage in shown]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("We expect faults, that is a pilot.\nThey want it.", "we expect faults. They want it"),  # stitched
        ("We expect faults in every pilot", "we expect ... in every pilot"),
        ("We expect faults in a pilot", "they expect faults in a pilot"),  # paraphrased
        ("We don't expect any faults", "t expect any faults"),  # a word cut off
        ("We expect faults", "We expect fault"),
        ("हमें गलतियों की उम्मीद है", "हमें गलतियों क"),  # a vowel sign cut off
        ("we ask for max\u030c", "we ask for max"),  # an accent cut off
        ("ما این را می\u200cخواهیم", "ما این را می"),  # noqa: RUF001 - half a Persian word
        ("We are not happy", "we are now happy"),
        ("we can not wait", "we cannot wait"),
        ("", "we expect faults"),
        ("we expect faults", "“”"),
    ],
)
def test_what_is_not_there_word_for_word_is_not_found(text: str, quote: str) -> None:
    assert found(text, quote) == []


@pytest.mark.parametrize(
    ("text", "quote", "line"),
    [
        ("one\r\ntwo\r\nWe expect\r\nfaults\r\n", "we expect faults", 3),  # CRLF
        ("one\rWe expect faults", "we expect faults", 2),
        ("We\u00a0expect\u202ffaults", "We expect faults", 1),  # no-break spaces
        ("We ex\u00adpect fau\u200blts", "we expect faults", 1),  # soft hyphens, no width
        ("אנחנו מצפים \u202bלתקלות\u202c בפיילוט", "מצפים לתקלות בפיילוט", 1),  # noqa: RUF001 - right to left
        ("نحن نتوقع أخطاء", "نحن نتوقع أخطاء", 1),
        ("「失敗を覚悟しています」", "失敗を覚悟", 1),
        ("We failed—they told us so", "they told us so", 1),
        ("> **We expect faults** here", "We expect faults", 1),
        ("We expect\n\n\n  faults", "we expect faults", 1),
        ("one\u2028two\x0cthree\nfour", "two three four", 1),  # no line ends to an editor
    ],
)
def test_what_is_there_is_found_with_its_line(text: str, quote: str, line: int) -> None:
    assert [passage.place for passage in found(text, quote)] == [Place("call.md", line)]


def test_a_passage_has_the_spelling_of_the_notes_without_marks_at_its_ends() -> None:
    told = found("Tom said: “We  expect\u00a0FAULTS”, and – more.", "we expect faults, and - more")
    assert [passage.text for passage in told] == ["We expect FAULTS”, and – more"]


def speakers(*lines: str, ours: Sequence[str] = ()) -> list[str | None]:
    return [line.speaker for line in CallNotes("call.md", "\n".join(lines), ours).lines]


@pytest.mark.parametrize(
    "line",
    [
        "Ann: we fix it", "- Ann: we fix it", "**Ann:** we fix it", "**Ann**: we fix it", "Ann (Fernwick): we fix it",
        "[00:12:01] Ann: we fix it", "10:03 Ann: we fix it", "> Ann: we fix it", "Ann   0:12",
        "Ann\t0:12", "Ann [00:12]",
    ],
)  # fmt: skip
def test_who_speaks_is_read_as_notes_and_meeting_software_write_it(line: str) -> None:
    assert speakers(line) == ["Ann"]


@pytest.mark.parametrize(
    "line",
    ["We agreed: nothing", "http://fernwick.example", "we meet at 10:30", "12:30", ": nothing", "and then he said:"],
)
def test_a_sentence_is_not_a_speaker(line: str) -> None:
    assert speakers(line) == [None]


def test_a_speaker_goes_on_until_another_an_empty_line_or_a_heading() -> None:
    assert speakers("Ann: one", "two", "Bo: three", "", "four", "Ann: five", "# Six", "seven") == [
        "Ann", "Ann", "Bo", None, None, "Ann", None, None,
    ]  # fmt: skip


def test_our_own_people_are_known_however_they_are_written() -> None:
    assert speakers("head of sales: one", ours=["Head of sales"]) == ["head of sales"]
    assert speakers("head of sales: one") == [None]


@pytest.mark.parametrize(("quote", "count"), [("a b c", 3), ("no – not", 2), ("...", 0), ("失敗を", 3), ("it's", 1)])
def test_words_are_counted(quote: str, count: int) -> None:
    assert words_in(quote) == count


def test_the_nearest_passage_is_the_part_of_a_line_with_most_of_the_words() -> None:
    filler = " ".join(f"filler{number}" for number in range(100))
    notes = CallNotes("call.md", f"We expect rain\n{filler} we do expect some faults in it {filler}")
    near = notes.nearest("we expect some more faults")
    assert near is not None
    count, passage = near
    assert (count, passage.place) == (4, Place("call.md", 2))
    assert "we do expect some faults" in passage.text
    assert len(passage.text.split()) == 12


def test_two_megabytes_are_checked_in_a_few_seconds() -> None:
    # 1.2 s of processor time where this was written; the limit is for slow machines
    lines = [" ".join(f"word{(line * 7 + at * at) % 4999}" for at in range(10)) for line in range(25_000)]
    text = "\n".join(lines)
    assert len(text) > 2_000_000
    begun = time.process_time()
    notes = CallNotes("call.md", text)
    for line in range(0, 24_000, 1000):
        assert any(notes.passages(lines[line]))
        assert notes.nearest(f"{lines[line]} and more")
    assert time.process_time() - begun < 10
