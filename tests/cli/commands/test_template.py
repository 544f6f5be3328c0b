"""`fitcheck template`: what it writes can be filled in and is read by the command that it names."""

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Outcome

from fitcheck.cli.exit_codes import Exit
from fitcheck.decision.content.rubric import Question
from fitcheck.documents.screens import load_screen

Run = Callable[..., Outcome]


@pytest.mark.parametrize("screen", ["pilot", "deal"])
@pytest.mark.parametrize("name", ["acme.yaml", "all.csv", "all.xlsx"])
def test_the_command_that_is_named_reads_what_was_written(
    fitcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, screen: str
) -> None:
    if name.endswith("xlsx"):
        pytest.importorskip("xlsxwriter")
    monkeypatch.chdir(tmp_path)
    wrote = fitcheck("template", "--screen", screen, "-o", name)
    assert (wrote.code, wrote.out) == (Exit.DONE, "")
    command = shlex.split(wrote.err.split("then: fitcheck ")[1])
    assert ("--screen" in command) == (screen != "pilot" and name != "acme.yaml")
    read = fitcheck(*command)
    assert (read.code, read.err) == (Exit.DONE, "")
    assert f"\n{screen} screen " in read.out


def test_a_filled_in_table_is_scored(fitcheck: Run, tmp_path: Path) -> None:
    questions: tuple[Question, ...] = load_screen("pilot").questions
    table = tmp_path / "t.csv"
    table.write_text(fitcheck("template", "--format", "csv").out, encoding="utf-8")
    best = ",".join(question.options[0].id for question in questions)
    with table.open("a", encoding="utf-8") as file:
        file.write(f"1,Acme,90000,EUR,{best}{',' * 10}\n")
    scored = fitcheck("batch", str(table), "-o", "-", "--columns", "ids,verdict")
    assert scored.out.splitlines() == ["id,name,fit_verdict", "1,Acme,pursue"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "r.pdf"], "yaml: r.yaml, csv: r.csv, xlsx: r.xlsx"),
        (["-o", "r.csv", "--format", "xlsx"], '"r.csv": unsupported output format = xlsx: r.xlsx'),
        (["--format", "yml"], 'did you mean "yaml"?'),
        (["--format", "xlsx"], "a spreadsheet needs an output file"),
        (["--screen", "pilt"], 'did you mean "pilot"?'),
    ],
)
def test_wrong_use_exits_with_2_and_writes_nothing(
    fitcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = fitcheck("template", *arguments)
    assert (outcome.code, outcome.out, [*tmp_path.iterdir()]) == (Exit.USAGE, "", [])
    assert said in " ".join(outcome.err.split())


@pytest.mark.parametrize("name", ["acme.v2", "two words.txt", "St. Gallen"])
def test_an_ending_that_promises_nothing_is_no_matter(
    fitcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    wrote = fitcheck("template", "-o", name)
    assert wrote.code == Exit.DONE
    assert shlex.split(wrote.err.split("then: fitcheck ")[1]) == ["assess", name]


def test_the_screen_and_its_rubrics_are_never_written_over(fitcheck: Run, tmp_path: Path) -> None:
    rubric, screen = tmp_path / "mine.yaml", tmp_path / "ours.yaml"
    assert fitcheck("rubric", "new", str(rubric)).code == Exit.DONE
    stages = "{pilot: {threshold: 60, weights: {mine: 1}}}"
    head = "screen: ours\nversion: 1\ntitle: Ours\nabout: Ours.\nrubrics: [./mine.yaml]\ndefault_stage: pilot\n"
    screen.write_text(f"{head}least_known: 0.5\nlook_again_weeks: 12\nstages: {stages}\n", encoding="utf-8")
    for file in (rubric, screen):
        before = file.read_bytes()
        told = fitcheck("template", "--screen", str(screen), "-o", str(file), "--force")
        assert (told.code, file.read_bytes()) == (Exit.USAGE, before)


def test_a_file_that_is_there_is_replaced_only_if_told_to(fitcheck: Run, tmp_path: Path) -> None:
    file = tmp_path / "acme.yaml"
    file.write_text("prospect: Acme\n", encoding="utf-8")
    assert fitcheck("template", "-o", str(file)).code == Exit.USAGE
    assert file.read_text(encoding="utf-8") == "prospect: Acme\n"
    assert fitcheck("template", "-o", str(file), "--force").code == Exit.DONE
    assert file.read_text(encoding="utf-8") == fitcheck("template").out
