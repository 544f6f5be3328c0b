from datetime import date

import pytest
from hypothesis import given, strategies as st

from fitcheck.decision.score.score_tables import UNKNOWN
from fitcheck.documents.screens import load_screen
from fitcheck.mapping import Bands
from fitcheck.table.match.bands import bands_of, code_in, date_order, read_day, unread_band
from fitcheck.table.match.questions import QuestionSpec, asked_by

ASKED = {asked.id: asked for name in ("pilot", "deal") for asked in asked_by(load_screen(name))}


@pytest.mark.parametrize(
    ("question", "steps", "beyond"),
    [
        ("references", ((0, "none"), (2, "one_or_two")), "three_or_more"),
        ("visits", ((0, "remote"), (2, "one_or_two")), "three_or_more"),
        ("requirement_changes", ((0, "settled"), (2, "once_or_twice")), "three_or_more"),
    ],
)
def test_the_options_of_a_question_say_their_bands_in_words(
    question: str, steps: tuple[tuple[int, str], ...], beyond: str
) -> None:
    assert bands_of(ASKED[question]) == Bands(steps, beyond)


def test_months_are_counted_in_days_rounded_up() -> None:
    found = bands_of(ASKED["deadline"])
    # 2, 3 and 6 twelfths of 365.25 days
    assert found
    assert (found.of_days, [most for most, _ in found.steps]) == (True, [61, 92, 183])


def test_questions_of_words_alone_have_no_bands() -> None:
    banded = {name for name, asked in ASKED.items() if bands_of(asked)}
    assert banded == {"deadline", "references", "people_to_convince", "requirement_changes", "visits"}


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_day_is_the_same_however_it_is_written(day: date) -> None:
    for text in (f"{day}", f"{day} 11:43", f"{day}T00:00:00Z", f"{day:%d %b, %Y 00:02:00}", f"{day:%b %d, %Y}"):
        assert read_day(text) == day
    assert read_day(f"{day:%d.%m.%Y}", "day first") == read_day(f"{day:%m/%d/%Y}", "month first") == day
    either = read_day(f"{day:%m/%d/%Y}")
    assert either == (day if day.day > 12 or day.day == day.month else None)


@pytest.mark.parametrize("text", ["", "soon", "2026-02-30", "31/31/2026", "1.2", "05/06/26", "2026", "45000"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_day(text) is None


def test_one_date_of_a_column_proves_the_order_unless_another_contradicts_it() -> None:
    assert date_order(["05/06/2026", "31/05/2026"]) == "day first"
    assert date_order(["05/06/2026", "05/31/2026"]) == "month first"
    assert date_order(["05/06/2026", "05/05/2026", "2026-05-01"]) is None
    assert date_order(["31/05/2026", "05/31/2026"]) is None


def test_a_date_that_is_past_is_unknown_and_one_that_may_be_two_is_refused_with_what_to_write() -> None:
    asked = QuestionSpec("when", "When?", (("soon", "Soon"), ("later", "Later")))
    bands = Bands(((30, "soon"),), "later", of_days=True, as_of=date(2026, 6, 1))
    cells = ("2026-05-31", "2026-06-01", "2026-07-01", "2026-07-02", "05/07/2026", "soonish")
    assert [code_in(cell, bands, asked) for cell in cells] == [UNKNOWN, 0, 0, 1, None, None]
    assert unread_band("05/07/2026", bands)[0] == "ambiguous-date"
    assert unread_band("soonish", bands)[0] == "not-a-date"
    counts = Bands(((2, "soon"),), "later")
    assert [code_in(cell, counts, asked) for cell in ("0", "2.0", "3", "2.5", "-1")] == [0, 0, 1, None, UNKNOWN]
    assert unread_band("2.5", counts)[0] == "not-a-number"
