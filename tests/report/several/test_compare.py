from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import combinations

import pytest
from conftest import ROOT

from fitcheck.api import assess, load_prospect, load_screen
from fitcheck.decision.assessment import Assessment
from fitcheck.decision.several.comparison import Comparison, Conclusion, compare
from fitcheck.report.document import Detail, Details
from fitcheck.report.html import html
from fitcheck.report.layout import TextOptions, cells, plain, to_ascii
from fitcheck.report.markdown import markdown
from fitcheck.report.printed import READ
from fitcheck.report.several.compare import comparison_report
from fitcheck.report.several.compare_figures import printed_comparison
from fitcheck.report.several.compare_words import conclusion
from fitcheck.report.text import text_lines
from fitcheck.report.words import effect, points

FILES = ("quick-fix", "patient-partner", "open-verdict")
HOSTILE = "# *Big* [Corp](x) <b>|\u6771\u4eac " + "W" * 90
DETAILS: tuple[Detail, ...] = ("quiet", "short", "full", "explain")


@cache
def example(name: str, screen: str = "pilot") -> Assessment:
    asked = load_screen(screen)
    return assess(asked, load_prospect(ROOT / "examples" / f"{name}.yaml", asked))


def named(assessment: Assessment, name: str) -> Assessment:
    return replace(assessment, prospect=replace(assessment.prospect, name=name))


def of(*names: str) -> Comparison:
    return compare([example(name) for name in names])


def text(comparison: Comparison, width: int = 80, detail: Detail = "short") -> str:
    return plain(text_lines(comparison_report(comparison, detail), TextOptions(width)))


def flat(comparison: Comparison, width: int = 80, detail: Detail = "short") -> str:
    return " ".join(text(comparison, width, detail).split())


@pytest.mark.parametrize("screen", ["pilot", "deal"])
def test_every_two_examples_fit_on_one_screen(screen: str) -> None:
    files = sorted(file.stem for file in (ROOT / "examples").glob("*.yaml") if file.name != "company.yaml")
    for pair in combinations(files, 2):
        assert len(text(compare([example(name, screen) for name in pair])).splitlines()) <= 22, pair


def test_three_fit_on_one_screen_too() -> None:
    assert len(text(of(*FILES)).splitlines()) <= 24


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("count", [2, 3])
def test_no_line_is_wider_than_the_terminal(count: int, detail: Detail) -> None:
    plainly = [example(name) for name in FILES[:count]]
    for given in (plainly, [named(plainly[0], HOSTILE), *plainly[1:]]):
        for width in (100, 80, 79, 65, 60, 59, 40, 20):
            lines = text(compare(given), width, detail).splitlines()
            assert max(map(cells, lines)) <= width
            assert not any(line.endswith(" ") for line in lines)


@pytest.mark.parametrize("detail", ["short", "full"])
def test_each_verdict_with_its_score_comes_first_and_what_to_do_last(detail: Detail) -> None:
    lines = text(of("quick-fix", "patient-partner"), detail=detail).splitlines()
    assert lines[0].startswith("NOT NOW  Harlow & Pike Freight · 57 of 100 · ")
    assert lines[1].startswith("PURSUE   Brightloom Logistics · 95 of 100, needs 58")
    start = next(at for at, line in enumerate(lines) if line.startswith("Next  start with Brightloom Logistics"))
    assert all(line.startswith(" ") for line in lines[start + 1 :]), "nothing but the rest of it"
    assert "fitcheck letter" in "".join(lines[start:])


def test_quiet_is_a_line_a_prospect() -> None:
    told = text(of(*FILES), detail="quiet").splitlines()
    assert [line.split("  ")[0] for line in told] == ["NOT NOW", "PURSUE", "PURSUE"]


def test_the_short_report_says_what_sets_them_apart_and_marks_what_is_a_deal_breaker() -> None:
    told = text(of("quick-fix", "patient-partner"))
    row = next(line for line in told.splitlines() if line.startswith("Right for our stage"))
    assert "✗ −6 they want a quick fix" in row
    assert "+4 they will try it" in row


def test_a_difference_is_told_only_where_somebody_answered() -> None:
    told = text(of("web-form", "one-sided-trust"))
    assert not [line for line in told.splitlines() if line.count("not known") == 2]


def test_a_deal_breaker_that_no_difference_shows_is_named() -> None:
    comparison = compare([example("small-complex-deal", "deal"), example("large-hostile-deal", "deal")])
    assert "1: Mutual trust: They trust us: 11 % of its points" in flat(comparison, 200)


def test_what_is_said_of_a_prospect_stands_below_its_name() -> None:
    lines = text(of(*FILES[:2])).splitlines()
    head = next(line for line in lines if line.startswith(" "))
    brings = next(line for line in lines if line.startswith("Brings per hour"))
    for name in ("Harlow & Pike Freight", "Brightloom Logistics"):
        assert brings[head.index(name) :].startswith("EUR ")


@pytest.mark.parametrize("width", [80, 59, 20])
def test_in_full_the_same_figures_are_told_whatever_the_width(width: int) -> None:
    comparison = of(*FILES)
    told = "".join(text(comparison, width, "full").split())
    comparison = printed_comparison(comparison, READ)
    for assessment in comparison.assessments:
        assert points(assessment.score) in told
        assert assessment.cost
        assert f"{assessment.cost.hours.p50:.1f}" in told
    for difference in comparison.differences[:5]:
        assert "".join(difference.ask.split()) in told
        for said in difference.said:
            if said.state == "given":
                assert effect(said.effect) in told


def test_explain_shows_every_answer_on_which_they_differ_and_what_was_said() -> None:
    comparison = of("quick-fix", "patient-partner")
    told = flat(comparison, 100, "explain")
    for difference in printed_comparison(comparison, READ).differences:
        if difference.apart and difference.question:
            assert difference.ask in told
            assert all(said.evidence is None or said.evidence.strip('"“”')[:30] in told for said in difference.said)
    assert "--explain" not in told


def test_the_effects_told_differ_by_what_the_scores_told_differ_by() -> None:
    comparison = printed_comparison(of("quick-fix", "patient-partner"), READ)
    first, second = comparison.assessments
    apart = [each.said[1].effect - each.said[0].effect for each in comparison.differences]
    assert sum(apart) == second.score - first.score
    assert all((each * 10).denominator == 1 for each in apart)


def test_who_can_still_turn_is_asked_next_with_the_question() -> None:
    comparison = of("patient-partner", "open-verdict")
    (asked,) = [each for each in comparison.assessments if each.ask_next]
    assert flat(comparison).endswith(f"Next ask {asked.prospect.name}: {asked.ask_next[0].ask}")


def test_the_options_given_are_repeated_in_what_to_run_next() -> None:
    blocks = comparison_report(of("quick-fix", "patient-partner"), given=" --stage pilot")
    assert "quick-fix.yaml --stage pilot" in " ".join(plain(text_lines(blocks, TextOptions(200))).split())


def test_a_page_has_the_short_report_in_whole_sentences_and_the_rest_folded_away() -> None:
    *short, folded = comparison_report(of("quick-fix", "patient-partner"), folded=True)
    assert isinstance(folded, Details)
    assert "…" not in plain(text_lines(short, TextOptions(200)))
    page = html([*short, folded], "Two")
    assert page.index("Of the two, only Brightloom Logistics") < page.index("<details>")


def test_a_terminal_without_our_characters_gets_ascii() -> None:
    blocks = comparison_report(of("quick-fix", "patient-partner"))
    assert plain(to_ascii(text_lines(blocks, TextOptions(80)))).isascii()


@pytest.mark.parametrize("detail", DETAILS)
def test_markdown_holds_no_table_and_no_markup_of_a_users(detail: Detail) -> None:
    comparison = compare([named(example("quick-fix"), HOSTILE), example("patient-partner")])
    told = markdown(comparison_report(comparison, detail))
    assert not any(line.lstrip().startswith("|") for line in told.splitlines())
    assert "*Big*" not in told.replace("\\*", "")
    assert "<b>" not in told.replace("\\<", "")


def test_prospects_of_one_name_are_told_apart() -> None:
    twin = replace(example("patient-partner"), prospect=replace(example("patient-partner").prospect, id="other"))
    told = flat(compare([example("patient-partner"), twin]), 200)
    assert "Brightloom Logistics (patient-partner) ·" in told
    assert "Brightloom Logistics (other) ·" in told


NONE = Conclusion((), None, False, (), (), ())


@pytest.mark.parametrize(
    ("concluded", "said"),
    [
        (NONE, "None of them is a pursue now."),
        (
            replace(NONE, look_first=(2,)),
            "None of them is a pursue now; look at C again first, on 4 May 2026.",
        ),
        (
            replace(NONE, ask_first=(0, 2)),
            "None of them is a pursue now. Ask A and C more: an answer can still turn their verdicts.",
        ),
        (replace(NONE, pursued=(1,)), "Of the three, only B is a pursue now."),
        (
            replace(NONE, pursued=(1,), ask_first=(1,)),
            "Of the three, only B is a pursue now, and an answer can still turn that: ask first.",
        ),
        (
            replace(NONE, pursued=(1,), ask_first=(0,)),
            "Of the three, only B is a pursue now. Ask A more: an answer can still turn its verdict.",
        ),
        (
            replace(NONE, pursued=(0, 1), best=1),
            (
                "Pursue A and B; B brings the most per hour: EUR 90 expected, against EUR 1,000."
                " The hours are too uncertain to be sure of that order."
            ),
        ),
        (
            replace(NONE, pursued=(0, 1, 2), best=0, beyond_doubt=True),
            (
                "Pursue all three; A brings the most per hour: EUR 1,000 expected, against EUR 90 "
                "and EUR 8. That holds across the range of hours."
            ),
        ),
        (
            replace(NONE, pursued=(0, 1, 2), margin_unknown=(0, 1, 2)),
            ("Pursue all three; nobody can say which brings more per hour without the margin of A, B and C."),
        ),
        (
            replace(NONE, pursued=(0, 1, 2)),
            "Pursue all three; none of them is ahead in expected value per hour.",
        ),
    ],
)
def test_what_follows_in_words(concluded: Conclusion, said: str) -> None:
    three = tuple(
        named(replace(example(file), look_again=date(2026, 5, 4)), name)
        for file, name in zip(FILES, "ABC", strict=True)
    )
    margins = (Fraction(999_5, 10), Fraction(90), Fraction(8))
    assert conclusion(Comparison(three, ("A", "B", "C"), (), margins, concluded)) == said


def test_of_two_it_says_both_or_neither() -> None:
    two = compare([example("quick-fix"), example("one-sided-trust")])
    assert conclusion(two).startswith("Neither is a pursue now; look at Merrow Hotels again first, on ")
    both = replace(two, conclusion=replace(two.conclusion, pursued=(0, 1), look_first=()))
    assert conclusion(both).startswith("Pursue both; ")
