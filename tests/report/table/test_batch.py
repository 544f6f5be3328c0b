"""The summary of a table for people: it fits, it says what there is, and it says what to do next."""

from dataclasses import replace
from fractions import Fraction
from io import BytesIO

import pytest
from hypothesis import given, settings, strategies as st
from strategies import worked_example
from table.tables import Case, cases, score

from fitcheck.documents.screens import load_screen
from fitcheck.report.document import Blocks, Detail, Details, Title
from fitcheck.report.html import html
from fitcheck.report.layout import TextOptions, cells, plain
from fitcheck.report.markdown import markdown
from fitcheck.report.table.batch import batch_report
from fitcheck.report.text import text_lines
from fitcheck.table.run import Job, Outputs, Result, open_job, run
from fitcheck.table.score.tally import Faults, Group, Lines, Tally, Top

WORKED = Job(worked_example().screen, "pilot")
DETAILS: tuple[Detail, ...] = ("quiet", "short", "full", "explain")
HOURS = st.sampled_from([None, Fraction(0), Fraction(40)])
BAD_ANSWERS = st.sampled_from(["reject", "unknown"])


def laid_out(blocks: Blocks, width: int = 80) -> str:
    return plain(text_lines(blocks, TextOptions(width=width)))


def of_table(data: str, job: Job = WORKED, file: str = "t.csv") -> Result:
    opened = open_job(job, BytesIO(data.encode()), file)
    return run(job, opened, Outputs(BytesIO(), "csv", None), lambda _: None)


def with_counts(**counts: object) -> Result:
    """The result of a table of which only these counts are known."""
    tally = Tally()
    for name, count in counts.items():
        setattr(tally, name, count)
    return replace(EMPTY, tally=tally)


def faults(*counts: int) -> dict[tuple[str, str], Faults]:
    return {("bad", f"column {n}"): Faults(count, [n + 2], f"problem {n}", "do it") for n, count in enumerate(counts)}


EMPTY = of_table("id,pain\n".replace("pain", WORKED.screen.questions[0].id))


def said(result: Result, detail: Detail = "short", **outputs: str) -> str:
    return " ".join(laid_out(batch_report(result, detail, outputs=outputs)).split())


@given(cases(), HOURS, BAD_ANSWERS)
@settings(max_examples=60)
def test_the_summary_of_any_table_fits_on_one_screen(case: Case, hours: Fraction | None, bad: str) -> None:
    result = score(case.job(hours=hours, bad_answers=bad), case.data).result
    assert len(laid_out(batch_report(result)).splitlines()) <= 22


@given(cases(), HOURS, BAD_ANSWERS, st.sampled_from([80, 60, 20]), st.sampled_from(DETAILS))
@settings(max_examples=120)
def test_no_line_is_wider_than_the_terminal(
    case: Case, hours: Fraction | None, bad: str, width: int, detail: Detail
) -> None:
    result = score(case.job(hours=hours, bad_answers=bad), case.data).result
    assert all(cells(line) <= width for line in laid_out(batch_report(result, detail), width).splitlines())


@pytest.mark.parametrize("width", [80, 60, 20])
@pytest.mark.parametrize("detail", DETAILS)
def test_no_count_is_too_large_for_the_terminal(width: int, detail: Detail) -> None:
    groups = {("pursue", "likely"): Group(98_765_432, 98_765_432, Fraction(10**15))}
    result = with_counts(
        read=123_456_789, scored=98_765_432, rejected=24_691_357, groups=groups, faults=faults(24_691_357)
    )
    assert all(cells(line) <= width for line in laid_out(batch_report(result, detail), width).splitlines())


@given(cases())
@settings(max_examples=40)
def test_the_one_line_counts_every_row_once(case: Case) -> None:
    tally = score(case.job(), case.data).result.tally
    result = replace(EMPTY, tally=tally)
    told = said(result, "quiet").split(" · ")
    counts = {words.partition(" ")[2]: int(words.partition(" ")[0].replace(",", "")) for words in told[1:]}
    groups = sum(counts.get(name, 0) for name in ("pursue", "ask first", "not now"))
    assert (groups, counts.get("rejected", 0)) == (tally.scored, tally.rejected)
    assert groups + counts.get("rejected", 0) == tally.read


@pytest.mark.parametrize("closed", [{}, {"Won": 2, "Lost": 1}])
def test_closed_deals_stand_apart_from_the_verdicts(closed: dict[str, int]) -> None:
    groups = {("pursue", "likely"): Group(2), ("not now", "settled"): Group(3)}
    result = with_counts(read=5, scored=5, groups=groups, closed=closed)
    assert ("closed 3 deals" in said(result)) == bool(closed)
    assert ("Lost 1, Won 2" in said(result)) == bool(closed)
    assert ("3 closed" in said(result, "quiet")) == bool(closed)


def test_a_page_starts_with_the_short_summary_and_folds_the_rest_away() -> None:
    result = with_counts(read=2, scored=2, groups={("pursue", "likely"): Group(2)})
    blocks = batch_report(result, folded=True)
    assert blocks[:-1] == batch_report(result)
    assert isinstance(blocks[0], Title)
    assert isinstance(blocks[-1], Details)
    assert "<details>" in html(blocks, "Summary")
    assert "2 of 2 rows scored" in html(blocks, "Summary")


@pytest.mark.parametrize(
    ("counts", "outputs", "told"),
    [
        ({}, {}, "check the table: it has a header and no rows"),
        ({"rejected": 3}, {"scored": "o.csv", "rejects": "o-rejects.csv"}, "fix the 3 rows in o-rejects.csv"),
        ({"rejected": 1}, {"rejects": "r.csv"}, "fix the 1 row in r.csv, then run this again and add --mended r.csv"),
        ({"rejected": 3}, {"scored": "standard output"}, "add --rejects FILE to keep the 3 rows rejected"),
        ({"rejected": 3}, {}, "add -o scored.csv, then fix the rejected rows in the file beside it"),
        ({"scored": 3}, {"scored": "o.csv"}, "open o.csv: each row has its verdict and reasons"),
        ({"scored": 3}, {}, "add -o scored.csv to get the verdict and reasons of each row"),
    ],
)
@pytest.mark.parametrize("detail", ["short", "full", "explain"])
def test_the_last_line_says_what_to_do_next(
    counts: dict[str, int], outputs: dict[str, str], told: str, detail: Detail
) -> None:
    result = with_counts(
        read=sum(counts.values()), groups={("pursue", "likely"): Group(counts.get("scored", 0))}, **counts
    )
    assert told in said(result, detail, **outputs).rpartition(" Next ")[2]


def test_the_most_frequent_problems_are_told_with_a_place_and_the_others_counted() -> None:
    result = with_counts(read=19, rejected=19, faults=faults(1, 9, 2, 4, 3))
    short = said(result)
    assert "Rejected 9 × “column 1”: problem 1 (line 3) 4 × “column 3”: problem 3 (line 5)" in short
    assert "(line 6); 2 more kinds" in short
    assert "do it" not in short


def test_deals_in_other_currencies_take_one_sentence_on_one_screen() -> None:
    rows = "".join(f"{n},{code},named\n" for n, code in enumerate(("USD", "CHF", "GBP", "USD"), 5000))
    result = of_table(f"Amount,Currency,named_users\n{rows}", Job(load_screen("pilot"), "pilot"))
    assert "4 deals in CHF, GBP, USD can't be valued in EUR: write their exchange rates in company.yaml." in said(
        result
    )
    assert said(result, "full").count("can't be valued in EUR, and the cost deal-breaker was not tested: write") == 3


def test_full_shows_five_kinds_of_problem_and_explain_all() -> None:
    result = with_counts(read=27, rejected=27, faults=faults(7, 6, 5, 4, 3, 2))
    assert "problem 4" in said(result, "full")
    assert "problem 5" not in said(result, "full")
    assert "2 more problems of 1 more kind: --explain" in said(result, "full")
    assert "problem 5; do it" in said(result, "explain")
    assert "more kind" not in said(result, "explain")


def test_cells_that_count_as_unknown_and_lines_that_are_skipped_are_told() -> None:
    result = with_counts(read=3, scored=3, blank=2, unread=faults(2), non_data={"totals": Lines(2, [6, 7])},
                         groups={("pursue", "likely"): Group(3)})  # fmt: skip
    assert "Ignored 2 cells are not valid answers and count as unknown" in said(result)
    assert "Skipped 2 totals rows, 2 blank lines" in said(result)
    assert "2 totals rows (lines 6, 7)" in said(result, "full")
    assert "problem 0; do it" in said(result, "full")


def ranked(*tops: Top, hours: Fraction | None = None, pursued: int = 0) -> Result:
    tally = Tally(hours, read=9, scored=9, groups={("pursue", "likely"): Group(pursued or len(tops))})
    for top in tops:
        tally.add_ranked(top)
    return replace(EMPTY, tally=tally)


def top(line: int, hours: int, value: int, name: str = "") -> Top:
    return Top(Fraction(value, hours), line, (f"id{line}", name, "North"), Fraction(hours), Fraction(value))


def test_the_best_prospects_have_a_line_each_with_rounded_figures_and_the_exact_ones_in_full() -> None:
    result = ranked(top(2, 65, 1946, "Aldersea Ports"), top(3, 10, 1234), pursued=4)
    lines = [line.strip() for line in laid_out(batch_report(result)).splitlines()]
    assert [line for line in lines if "/h" in line] == [
        "120/h  id3 · 1,200 in 10 h",
        "30/h  Aldersea Ports · 1,900 in 65 h",
    ]
    assert "2 more to pursue, not listed: none is known to return more than it costs." in lines
    assert "30/h Aldersea Ports · id2 · North · 1,946 in 65 h" in said(result, "full")


def test_a_prospect_for_whom_the_hours_do_not_last_says_so() -> None:
    told = said(ranked(top(2, 30, 900), top(3, 30, 600), hours=Fraction(50)))
    assert "(60 h on average, of your 50 h)" in told
    assert "600 in 30 h · beyond your 50 h" in told
    assert told.count("beyond") == 1


def test_a_header_is_neither_markup_nor_an_escape() -> None:
    question = WORKED.screen.questions[0].id
    result = of_table(f"{question},<b>[red]\x1b[31m\nx,y\n", file="<i>t.csv")
    for detail in DETAILS:
        assert "\x1b" not in laid_out(batch_report(result, detail))
    page = html(batch_report(result, "explain", folded=True), "Summary")
    assert "<i>" not in page
    assert "<b>" not in page
    assert "\\<i\\>" in markdown(batch_report(result))
