from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache

import pytest
from conftest import ROOT

from fitcheck.api import assess, load_prospect, load_screen
from fitcheck.decision.assessment import Assessment
from fitcheck.decision.several.comparison import Comparison, Conclusion, compare
from fitcheck.report.layout import TextOptions, cells, plain, to_ascii
from fitcheck.report.printed import score_figure
from fitcheck.report.several.compare_figures import printed_comparison
from fitcheck.report.several.compare_markdown import comparison_markdown
from fitcheck.report.several.compare_text import comparison_lines
from fitcheck.report.several.compare_words import conclusion
from fitcheck.report.words import effect, points

FILES = ("quick-fix", "patient-partner", "open-verdict")
HOSTILE = "# *Big* [Corp](x) <b>|\u6771\u4eac " + "W" * 90


@cache
def example(name: str) -> Assessment:
    screen = load_screen("pilot")
    return assess(screen, load_prospect(ROOT / "examples" / f"{name}.yaml", screen))


def named(assessment: Assessment, name: str) -> Assessment:
    return replace(assessment, prospect=replace(assessment.prospect, name=name))


def of(*names: str) -> Comparison:
    return compare([example(name) for name in names])


def text(comparison: Comparison, width: int, *, explain: bool = False) -> str:
    return plain(comparison_lines(comparison, TextOptions(width, explain=explain)))


@pytest.mark.parametrize("explain", [False, True])
@pytest.mark.parametrize("count", [2, 3])
def test_no_line_is_wider_than_the_terminal(count: int, explain: bool) -> None:
    plainly = [example(name) for name in FILES[:count]]
    for given in (plainly, [named(plainly[0], HOSTILE), *plainly[1:]]):
        for width in (100, 80, 79, 65, 64, 60, 59, 40, 20):
            lines = text(compare(given), width, explain=explain).splitlines()
            assert max(map(cells, lines)) <= width
            assert not any(line.endswith(" ") for line in lines)


@pytest.mark.parametrize("count", [2, 3])
def test_at_80_columns_what_is_said_of_a_prospect_stands_below_its_name(count: int) -> None:
    comparison = of(*FILES[:count])
    lines = text(comparison, 80).splitlines()
    verdicts = next(line for line in lines if line.startswith("  Verdict"))
    margins = next(line for line in lines if "Margin if won" in line)
    for name, assessment in zip(comparison.names, comparison.assessments, strict=True):
        at = lines[0].index(name.split()[0])
        assert verdicts[at:].startswith(assessment.verdict.upper())
        assert margins[at:].startswith("EUR ")


def test_below_60_columns_each_prospect_has_its_own_line() -> None:
    lines = text(of(*FILES), 59).splitlines()
    at = lines.index("  Verdict")
    assert [line.split(":")[0].strip() for line in lines[at + 1 : at + 3]] == [
        "Harlow & Pike Freight",
        "Brightloom Logistics",
    ]


@pytest.mark.parametrize("width", [80, 59, 20])
def test_whatever_the_width_the_same_figures_are_told(width: int) -> None:
    comparison = of(*FILES)
    flat = "".join(text(comparison, width).split())
    comparison = printed_comparison(comparison)
    for assessment in comparison.assessments:
        assert points(score_figure(assessment.score, assessment.threshold)) in flat
        assert assessment.cost
        assert f"{assessment.cost.hours.p50:.1f}h" in flat
    for difference in comparison.differences[:5]:
        assert "".join(difference.ask.split()) in flat
        for said in difference.said:
            if said.state == "given":
                assert effect(said.effect) in flat
    assert flat.endswith("".join(conclusion(comparison).split()))


def test_explain_shows_every_answer_on_which_they_differ_and_what_was_said() -> None:
    comparison = of("quick-fix", "patient-partner")
    flat = " ".join(text(comparison, 100, explain=True).split())
    for difference in comparison.differences:
        assert difference.ask in flat or difference.question is None
    assert "--explain" not in flat.replace("--stage", "")


def test_a_terminal_without_our_characters_gets_ascii() -> None:
    told = plain(to_ascii(comparison_lines(of("quick-fix", "patient-partner"), TextOptions(80))))
    assert told.isascii()


def test_markdown_holds_no_table_and_no_markup_of_a_users() -> None:
    told = comparison_markdown(compare([named(example("quick-fix"), HOSTILE), example("patient-partner")]))
    assert not any(line.lstrip().startswith("|") for line in told.splitlines())
    assert "*Big*" not in told.replace("\\*", "")
    assert "<b>" not in told.replace("\\<", "")
    assert told.endswith("\n")


def test_markdown_ends_with_what_follows() -> None:
    comparison = of(*FILES)
    assert comparison_markdown(comparison).splitlines()[-1] == f"**{conclusion(comparison)}**"


NONE = Conclusion((), None, False, (), (), ())


@pytest.mark.parametrize(
    ("concluded", "said"),
    [
        (NONE, "None of them is a pursue now."),
        (
            replace(NONE, look_first=(2,)),
            "None of them is a pursue now; C can be looked at again first, on 2026-05-04.",
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
                "A and B are each a pursue; an hour spent on B brings most, EUR 90 of expected value against EUR 1,000."
                " The hours are too uncertain to rely on that order."
            ),
        ),
        (
            replace(NONE, pursued=(0, 1, 2), best=0, beyond_doubt=True),
            (
                "All three are a pursue; an hour spent on A brings most, EUR 1,000 of expected value against EUR 90 "
                "and EUR 8. That holds even if it takes many hours there and few elsewhere."
            ),
        ),
        (
            replace(NONE, pursued=(0, 1, 2), margin_unknown=(0, 1, 2)),
            ("All three are a pursue; which brings more for an hour can’t be said without the margin of A, B and C."),
        ),
        (
            replace(NONE, pursued=(0, 1, 2)),
            "All three are a pursue; none of them is ahead by expected value for an hour.",
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
    assert conclusion(two).startswith("Neither is a pursue now; Merrow Hotels can be looked at again first, on ")
    both = replace(two, conclusion=replace(two.conclusion, pursued=(0, 1), look_first=()))
    assert conclusion(both).startswith("Both are a pursue; ")
