"""A file of another kind than the command reads is named, with the command that reads it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Outcome

from fitcheck.cli.exit_codes import Exit

Run = Callable[..., Outcome]

PROSPECT = "examples/quick-fix.yaml"
NOTES = "# Call with Acme\n\nThey said: we need it soon.\n- two people will test it\n"


@pytest.fixture
def run(fitcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return fitcheck


def refused(outcome: Outcome) -> str:
    assert (outcome.code, outcome.out, outcome.err.count("error[")) == (Exit.DOCUMENT, "", 1)
    return " ".join(outcome.err.split())


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("acme.md", NOTES, ("a file of notes", "fitcheck interview acme.yaml")),
        ("acme.txt", NOTES, ("a file of notes", "fitcheck interview acme.yaml")),
        ("acme.docx", "PK\x03\x04", ("a file of notes", "fitcheck interview acme.yaml")),
        ("notes.yaml", "They said that they need it soon.\n", ("a file of notes", "fitcheck interview acme.yaml")),
        ("deals.csv", "id,name\n1,Acme\n", ("a table", "fitcheck batch deals.csv")),
        ("our deals.xlsx", "PK", ("a table", "fitcheck batch 'our deals.xlsx'")),
        ("deals.txt", "id\tname\n1\tAcme\n", ("a table", "fitcheck batch deals.txt")),
        ("our.yaml", "stage: pilot\nmargin: 0.7\n", ("a company file", "fitcheck assess PROSPECT --company our.yaml")),
        ("company.yaml", "# empty\n", ("a company file", "fitcheck assess PROSPECT --company company.yaml")),
        ("m.yaml", "mapping: m\ncolumns: {}\n", ("a mapping", "fitcheck batch TABLE --map m.yaml")),
        ("s.yaml", "screen: s\nrubrics: []\n", ("a screen", "fitcheck assess PROSPECT --screen s.yaml")),
        ("r.yaml", "rubric: r\n", ("a rubric", "fitcheck rubric check r.yaml")),
        ("c.yaml", "cost: c\n", ("a cost model", "fitcheck rubric check c.yaml")),
        ("k.yaml", "cases: k\nscreen: pilot\n", ("a file of cases", "fitcheck rubric test k.yaml")),
    ],
)
def test_what_is_not_a_prospect_file(run: Run, tmp_path: Path, file: str, text: str, said: tuple[str, str]) -> None:
    (tmp_path / file).write_text(text, encoding="utf-8")
    for argv in (["assess"], ["rank", "--hours", "8"], ["compare"], ["letter"]):
        told = refused(run(*argv, file))
        assert f"this is {said[0]}, not a prospect file" in told
        assert told.endswith(said[1])


def test_a_saved_report_is_not_a_prospect_file(run: Run) -> None:
    run("assess", str(ROOT / PROSPECT), "-o", "one.json")
    run("assess", str(ROOT / PROSPECT), str(ROOT / "examples/web-form.yaml"), "-o", "two.json")
    for file in ("one.json", "two.json"):
        told = refused(run("assess", file))
        assert "this is a saved report, not a prospect file" in told


def test_a_prospect_file_is_not_a_table(run: Run, tmp_path: Path) -> None:
    (tmp_path / "acme.yaml").write_text("prospect: Acme\nanswers: {}\n", encoding="utf-8")
    told = refused(run("batch", "acme.yaml"))
    assert "this is a prospect file, not a table" in told
    assert "assess it with: fitcheck assess acme.yaml" in told


def test_notes_are_not_a_table(run: Run, tmp_path: Path) -> None:
    (tmp_path / "acme.md").write_text(NOTES, encoding="utf-8")
    assert "fitcheck interview acme.yaml" in refused(run("batch", "acme.md"))


def test_a_faulty_prospect_file_keeps_its_own_problems(run: Run, tmp_path: Path) -> None:
    (tmp_path / "acme.yaml").write_text("prospect: Acme\nanswers: {deadlin: soon}\n", encoding="utf-8")
    assert 'did you mean "deadline"' in refused(run("assess", "acme.yaml"))
