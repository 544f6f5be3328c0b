"""One part of the report: what to ask next, or what would change the verdict."""

import pytest
from conftest import ROOT

from fitcheck.api import assess, load_prospect, load_screen
from fitcheck.decision.assessment import Assessment
from fitcheck.report.layout import TextOptions, plain
from fitcheck.report.prospect.parts import asking_report, change_report
from fitcheck.report.text import text_lines

PILOT = load_screen("pilot")


def of(name: str) -> Assessment:
    return assess(PILOT, load_prospect(ROOT / "examples" / f"{name}.yaml", PILOT))


def asking(assessment: Assessment) -> str:
    return plain(text_lines(asking_report(assessment), TextOptions(200)))


def changing(assessment: Assessment) -> str:
    return plain(text_lines(change_report(assessment), TextOptions(200)))


def test_every_open_question_is_listed_most_telling_first() -> None:
    found = of("open-verdict")
    told = asking(found)
    assert found.ask_next
    places = [told.index(f"{asked.ask} · {asked.question}\n") for asked in found.ask_next]
    assert places == sorted(places)


def test_a_not_now_says_what_would_change_it_and_a_pursue_what_would_turn_it() -> None:
    told = changing(of("quick-fix"))
    assert told.index("Deal-breakers") < told.index("What would change it") < told.index("How to help")
    told = changing(of("open-verdict"))
    assert "What would turn it" in told
    assert "What would change it" not in told


@pytest.mark.parametrize("report", [asking, changing])
def test_nothing_else_is_told(report: object) -> None:
    assert callable(report)
    for title in ("Cost to close", "Fit (", "For\n", "Against\n", "How sure we are"):
        assert title not in report(of("quick-fix"))


def test_where_there_is_nothing_to_tell_a_sentence_says_so() -> None:
    best = {question.id: max(question.options, key=lambda option: option.points[2]).id for question in PILOT.questions}
    assert "Every question is answered." in asking(assess(PILOT, best))
    assert "Ask first: too much is open." in changing(assess(PILOT, {}))
