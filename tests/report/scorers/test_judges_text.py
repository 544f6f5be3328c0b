"""What several judges say, in every format, word for word; to be read as prose where it changes."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from conftest import ROOT
from strategies import given, worked_example

from fitcheck.api import load_prospect, load_screen
from fitcheck.decision.content.answers import Prospect
from fitcheck.decision.several.judges import JudgesReport, merge
from fitcheck.report.layout import Line, TextOptions, cells, plain, to_ascii
from fitcheck.report.scorers.judges_markdown import merge_markdown
from fitcheck.report.scorers.judges_text import merge_lines

Golden = Callable[[str, str], None]
EXAMPLE = worked_example()


@pytest.fixture(scope="module")
def acme() -> JudgesReport:
    """Three judges who are split on a gate."""
    screen = load_screen("pilot")
    files = {file.name.split(".")[1]: file for file in (ROOT / "tests" / "judges").glob("acme.*.yaml")}
    prospects = {judge: load_prospect(file.relative_to(ROOT), screen) for judge, file in files.items()}
    return merge(screen, prospects, "pilot", prospect_id="acme", stage_from="screen")


@pytest.fixture(autouse=True)
def _inside(at_root: object) -> None:
    """Run in the repository's folder, so that places are the same everywhere."""
    assert at_root


def text(report: JudgesReport, *, width: int = 80, explain: bool = False) -> str:
    return plain(merge_lines([report], TextOptions(width, explain=explain)))


def example(**judges: Prospect) -> JudgesReport:
    return merge(EXAMPLE.screen, judges, "pilot", prospect_id="acme")


def saying(**answers: str) -> Prospect:
    return EXAMPLE.answering({question: given(option) for question, option in answers.items()}).prospect


def told(report: JudgesReport) -> str:
    return " ".join(text(report, explain=True).split())


def test_several_judges_at_80_columns(acme: JudgesReport, golden: Golden) -> None:
    golden("merge/acme.txt", text(acme))


def test_several_judges_explained(acme: JudgesReport, golden: Golden) -> None:
    golden("merge/acme-explained.txt", text(acme, explain=True))


@pytest.mark.parametrize("width", [60, 20])
def test_several_judges_on_a_narrow_terminal(acme: JudgesReport, golden: Golden, width: int) -> None:
    lines = text(acme, width=width).splitlines()
    assert max(map(cells, lines)) <= width
    golden(f"merge/acme-{width}-columns.txt", text(acme, width=width))


def test_several_judges_in_markdown(acme: JudgesReport, golden: Golden) -> None:
    golden("merge/acme.md", merge_markdown([acme]))


def test_several_prospects_stand_one_after_the_other(acme: JudgesReport) -> None:
    both = [acme, example(ann=saying(), bo=saying())]
    assert plain(merge_lines(both, TextOptions())) == f"{text(acme)}\n{'─' * 80}\n\n{text(both[1])}"
    assert merge_markdown(both).count("\n## ") == 1


def test_the_verdict_word_comes_first_and_last(acme: JudgesReport) -> None:
    for report, word in ((acme, "PURSUE"), (example(ann=saying(), bo=saying(pain="none", goal="vague")), "PURSUE")):
        lines = text(report).splitlines()
        assert lines[0].startswith(word)
        assert any(line.startswith(word) for line in lines[-2:])


def test_a_split_gate_names_who_is_on_which_side_and_where_it_is_written(acme: JudgesReport) -> None:
    flat = told(acme)
    assert "presales (fails): “Nobody" in flat
    assert "tests/judges/acme.presales.yaml:7" in flat
    assert "fails for presales, passes for founder, support" in flat


def test_what_is_merged_is_said_for_every_way_of_merging(acme: JudgesReport) -> None:
    flat = told(acme)
    counts = [acme.merged_by(how) for how in ("alike", "mean", "votes", "n/a", "unknown")]
    assert sum(counts) == len(acme.ballots)
    assert f"{counts[0]} answered alike, {counts[1]} by the mean of the points" in flat
    for sentence in (
        "known to some judges only: those count who answered",
        "a vote for n/a fails no gate",
        "A gate fails if more than half of those who answered say so",
    ):
        assert sentence in flat


def test_judges_who_agree_leave_nothing_to_say_of_differences() -> None:
    flat = told(example(ann=saying(), bo=saying()))
    assert "2 judges, all say pursue" in flat
    assert "Where they differ" not in flat
    assert "No difference decides alone." in flat


def test_a_settled_merge_says_so_and_points_to_the_difference_that_decides() -> None:
    report = example(ann=saying(goal="clear"), bo=saying(candour="hostile"), cy=saying(candour="hostile", goal="clear"))
    assert report.merged.settled
    flat = told(report)
    assert "Settled on the merged answers" in flat
    assert ("see “What decides”" in flat) == bool(report.decisive)


def test_one_judge_is_called_one() -> None:
    assert "1 judge, who says pursue" in told(example(ann=saying()))


def test_other_spellings_of_the_name_are_shown() -> None:
    report = example(ann=saying(), bo=replace(saying(), name="Acme [B2B] Ltd"))
    assert "Also written “Acme [B2B] Ltd”." in told(report)
    assert "Acme \\[B2B\\] Ltd" in merge_markdown([report])


def test_our_own_drawing_characters_have_ascii_stand_ins(acme: JudgesReport) -> None:
    lines: Sequence[Line] = list(to_ascii(merge_lines([acme], TextOptions(ascii_only=True))))
    assert plain(lines).isascii()
