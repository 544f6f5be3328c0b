import json
import shutil
from pathlib import Path

import pytest
from conftest import ROOT

from fitcheck.cli.commands.agreement import agreement
from fitcheck.problems import DocumentError, UsageError

JUDGES = ROOT / "tests" / "judges"


@pytest.fixture
def folder(tmp_path: Path, at_root: Path) -> Path:
    """A folder with two prospects: one with three scorers, one with two."""
    assert at_root == ROOT
    for file in JUDGES.glob("acme.*.yaml"):
        shutil.copy(file, tmp_path)
    for scorer in ("founder", "presales"):
        shutil.copy(JUDGES / f"acme.{scorer}.yaml", tmp_path / f"birch.{scorer}.yaml")
    return tmp_path


def test_the_json_document_says_who_scored_what_and_how_far_they_agree(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    agreement([str(folder)], format="json")
    told = json.loads(capfd.readouterr().out)
    assert (told["prospects"], told["judges"]) == (["acme", "birch"], ["founder", "presales", "support"])
    assert told["noise"]["judges"] == ["founder", "presales"]
    (users,) = [question for question in told["questions"] if question["question"] == "named_users"]
    assert (users["raw_agreement"], users["alpha"], users["reading"]) == (0, None, "too few prospects")
    assert users["counts"]["nobody"] == 2


def test_too_few_prospects_are_said_to_be_too_few(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    agreement([str(folder)])
    told = " ".join(capfd.readouterr().out.split())
    assert "Too few prospects to test the questions: that takes 20 with two scorers or more." in told
    assert "alpha 0" not in told


def test_a_prospect_with_one_scorer_is_named_and_left_out(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    shutil.copy(folder / "acme.founder.yaml", folder / "cedar.founder.yaml")
    agreement([str(folder)], format="markdown", full=True)
    assert "Left out, only one scorer: cedar." in capfd.readouterr().out


def test_without_two_scorers_of_one_prospect_there_is_nothing_to_compare(folder: Path) -> None:
    with pytest.raises(DocumentError, match="no prospect here has two scorers"):
        agreement([str(folder / "acme.founder.yaml"), str(folder / "birch.presales.yaml")])


def test_names_without_a_scorer_are_refused(folder: Path) -> None:
    (folder / "acme.founder.yaml").rename(folder / "acme.yaml")
    with pytest.raises(UsageError, match="the file name has no scorer"):
        agreement([str(folder)])


def test_the_ending_of_the_output_file_chooses_the_format(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    target = folder.parent / f"{folder.name}.json"
    agreement([str(folder)], output=str(target))
    assert capfd.readouterr().out == ""
    assert json.loads(target.read_text(encoding="utf-8"))["schema"] == "fitcheck.agreement/1"
