"""What several scorers say, in every format, word for word; to be read as prose where it changes."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from conftest import ROOT
from hypothesis import given as drawn, settings, strategies as st
from strategies import given, worked_example

from fitcheck.api import load_prospect, load_screen
from fitcheck.decision.content.answers import Prospect
from fitcheck.decision.several.judges import JudgesReport, merge
from fitcheck.rendering import render
from fitcheck.report.document import Details, Title
from fitcheck.report.layout import TextOptions, cells
from fitcheck.report.scorers.merge import merge_report

Golden = Callable[[str, str], None]
EXAMPLE = worked_example()
DETAILS = ["quiet", "short", "full", "explain"]


@pytest.fixture(scope="module")
def acme() -> JudgesReport:
    """Three scorers who are split on a deal-breaker."""
    screen = load_screen("pilot")
    files = {file.name.split(".")[1]: file for file in (ROOT / "tests" / "judges").glob("acme.*.yaml")}
    prospects = {scorer: load_prospect(file.relative_to(ROOT), screen) for scorer, file in files.items()}
    return merge(screen, prospects, "pilot", prospect_id="acme", stage_from="screen")


@pytest.fixture(autouse=True)
def _inside(at_root: object) -> None:
    """Run in the repository's folder, so that places are the same everywhere."""
    assert at_root


def text(*reports: JudgesReport, detail: str = "short", width: int = 80) -> str:
    return render(reports, "text", TextOptions(width), detail=detail)


def told(*reports: JudgesReport, detail: str = "full") -> str:
    return " ".join(text(*reports, detail=detail).split())


def example(**scorers: Prospect) -> JudgesReport:
    return merge(EXAMPLE.screen, scorers, "pilot", prospect_id="acme")


def saying(**answers: str) -> Prospect:
    return EXAMPLE.answering({question: given(option) for question, option in answers.items()}).prospect


@pytest.mark.parametrize(("detail", "file"), [("short", "acme"), ("full", "acme-full"), ("explain", "acme-explained")])
def test_the_report_at_80_columns(acme: JudgesReport, golden: Golden, detail: str, file: str) -> None:
    golden(f"merge/{file}.txt", text(acme, detail=detail))


@pytest.mark.parametrize("width", [60, 20])
def test_the_report_on_a_narrow_terminal(acme: JudgesReport, golden: Golden, width: int) -> None:
    golden(f"merge/acme-{width}-columns.txt", text(acme, width=width))


def test_the_report_in_markdown(acme: JudgesReport, golden: Golden) -> None:
    golden("merge/acme.md", render([acme], "markdown"))
    golden("merge/acme-full.md", render([acme], "markdown", detail="full"))


def test_the_report_in_html(acme: JudgesReport, golden: Golden) -> None:
    golden("merge/acme.html", render([acme], "html").partition("</head>\n")[2])


def test_the_report_in_json(acme: JudgesReport, golden: Golden) -> None:
    golden("merge/acme.json", render([acme], "json"))


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("width", [60, 20])
def test_nothing_is_wider_than_the_terminal(acme: JudgesReport, detail: str, width: int) -> None:
    both = text(acme, example(ann=saying(), bo=saying(pain="none", goal="vague")), detail=detail, width=width)
    assert max(map(cells, both.splitlines())) <= width


OPTIONS = {question.id: [option.id for option in question.options] for question in EXAMPLE.screen.questions}
SCORERS = st.lists(
    st.fixed_dictionaries({}, optional={question: st.sampled_from(ids) for question, ids in OPTIONS.items()}),
    min_size=2,
    max_size=7,
)


@settings(max_examples=25)
@drawn(answers=SCORERS)
def test_the_short_report_fits_on_a_screen_whatever_scorers_say(answers: list[dict[str, str]]) -> None:
    report = example(**{f"scorer{number}": saying(**said) for number, said in enumerate(answers)})
    assert len(text(report).splitlines()) <= 24


def test_people_read_scorer_and_deal_breaker(acme: JudgesReport) -> None:
    assert not re.search(r"\b(judge|gate)s?\b", text(acme, detail="explain").replace("tests/judges", ""))


def test_a_line_a_prospect_says_how_many_scorers_are_behind_the_verdict(acme: JudgesReport) -> None:
    agreed = example(ann=saying(), bo=saying())
    lines = text(acme, agreed, detail="quiet", width=100).splitlines()
    assert [line.rpartition(" · ")[2] for line in lines] == ["2 of 3 scorers", "2 of 2 scorers"]


def test_several_prospects_come_as_a_list_first_and_then_one_by_one(acme: JudgesReport) -> None:
    both = [acme, example(ann=saying(), bo=saying())]
    titles = [block for block in merge_report(both) if isinstance(block, Title)]
    assert text(*both).startswith("In short\n")
    assert len(titles) == 2
    many = merge_report([acme] * 6)
    assert not any(isinstance(block, Title) for block in many)
    assert sum(isinstance(block, Title) for block in merge_report([acme] * 6, "full")) == 6


def test_a_page_shows_the_short_report_and_folds_everything_away(acme: JudgesReport) -> None:
    *shown, last = merge_report([acme], folded=True)
    assert tuple(shown) == merge_report([acme])
    assert isinstance(last, Details)


def test_each_of_few_scorers_has_a_line_and_many_are_told_by_verdict() -> None:
    few = text(example(**{f"scorer{number}": saying() for number in range(4)}))
    many = text(example(**{f"scorer{number}": saying() for number in range(5)}))
    assert re.findall(r"^  scorer\d  PURSUE", few, re.MULTILINE) == [f"  scorer{number}  PURSUE" for number in range(4)]
    assert re.search(r"^  PURSUE  scorer0 \d+, scorer1 \d+, ", many, re.MULTILINE)


def test_a_split_deal_breaker_names_who_sees_it_and_what_they_go_by(acme: JudgesReport) -> None:
    assert "a deal-breaker for presales, not for founder and support; this decides" in told(acme, detail="short")
    full = told(acme)
    assert "a deal-breaker for presales, not for founder and support" in full
    assert "presales: “Nobody can try it" in full
    assert (
        "“Calibration is booked out until the autumn, their manager said” · tests/judges/acme.presales.yaml:7" in full
    )


def test_an_answer_that_decides_says_which_verdict_follows_from_whom(acme: JudgesReport) -> None:
    assert "not now if presales is right; pursue if founder or support is right" in told(acme)
    assert "Next agree on the answer that decides, then run it again" in told(acme, detail="short")


def test_every_difference_stands_in_the_full_report_with_everybodys_answer(acme: JudgesReport) -> None:
    full = told(acme)
    for ballot in (*acme.differences, *acme.cost_differences):
        assert f"{ballot.ask} · {ballot.question}" in full
        for vote in ballot.votes:
            assert vote.says in full


def test_what_is_told_as_a_difference_is_not_asked_again(acme: JudgesReport) -> None:
    ask = next(asked.ask for asked in acme.merged.ask_next if asked.question == "named_users")
    assert told(acme, detail="short").count(ask) == 1


def test_the_full_report_says_how_every_question_was_merged(acme: JudgesReport) -> None:
    counts = [acme.merged_by(how) for how in ("alike", "mean", "votes", "n/a", "unknown")]
    assert sum(counts) == len(acme.ballots)
    assert f"{counts[0]} answered alike, {counts[1]} averaged" in told(acme)
    assert f"{len(acme.known_to_some)} questions; their answers count." in told(acme)


def test_scorers_who_agree_leave_room_for_the_reasons() -> None:
    report = example(ann=saying(), bo=saying())
    assert "Scorers (all 2 say pursue)" in told(report, detail="short")
    assert "Where scorers disagree" not in told(report)
    assert "For " in text(report)


def test_a_verdict_that_no_single_difference_changes_says_so() -> None:
    report = example(ann=saying(), bo=saying(goal="clear"))
    assert ("No single difference would change the verdict." in told(report)) == (not report.decisive)
    assert report.differences


def test_a_settled_merge_says_that_a_difference_could_still_change_it() -> None:
    report = example(ann=saying(goal="clear"), bo=saying(candour="hostile"), cy=saying(candour="hostile", goal="clear"))
    assert report.merged.settled
    sentence = "one difference between scorers could still change the verdict"
    assert (sentence in told(report, detail="short")) == bool(report.decisive)


def test_a_deal_breaker_of_the_majority_stands_once_with_what_decides() -> None:
    report = example(ann=saying(), bo=saying(pain="none"), cy=saying(pain="none"))
    assert [gate.id for gate in report.merged.failed_gates] == ["pain"]
    (pain,) = (ballot for ballot in report.differences if ballot.question == "pain")
    short = told(report, detail="short")
    assert short.count(pain.ask) <= 1
    assert "not now if bo or cy is right; pursue if ann is right" in short


def test_a_letter_is_not_offered_where_the_scorer_whose_file_it_takes_may_say_pursue() -> None:
    report = example(ann=saying(), bo=saying(pain="none"), cy=saying(pain="none"))
    assert (report.merged.verdict, report.say("pursue")) == ("not now", ("ann",))
    assert "fitcheck letter" not in text(report)


def test_one_scorer_is_called_one() -> None:
    assert "Scorers (only one)" in told(example(ann=saying()), detail="short")


def test_other_spellings_of_the_name_are_shown() -> None:
    report = example(ann=saying(), bo=replace(saying(), name="Acme [B2B] Ltd"))
    assert "Also written “Acme [B2B] Ltd”." in told(report, detail="short")
    assert "Acme \\[B2B\\] Ltd" in render([report], "markdown")


def test_our_own_drawing_characters_have_ascii_stand_ins(acme: JudgesReport) -> None:
    assert render([acme], "text", TextOptions(ascii_only=True), detail="explain").isascii()
