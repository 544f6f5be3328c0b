import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

from fitcheck.cli.merge_scorers import JudgedFile, assess_merged, judged_file
from fitcheck.decision.several.judges import JudgesReport
from fitcheck.problems import DocumentError, FitcheckError, UsageError

JUDGES = ROOT / "tests" / "judges"


@pytest.fixture
def folder(tmp_path: Path, at_root: Path) -> Path:
    """A folder with the files of three judges."""
    assert at_root == ROOT
    for file in JUDGES.glob("acme.*.yaml"):
        shutil.copy(file, tmp_path)
    return tmp_path


def merged(*files: object, output: Path | None = None, **changed: Any) -> list[JudgesReport]:
    call = {"screen": "pilot", "stage": None, "company": None, "as_of": None, "kind": "json", "explain": False}
    return assess_merged([str(file) for file in files], **{**call, **changed}, output=str(output) if output else None)


def problems(error: pytest.ExceptionInfo[FitcheckError]) -> list[str]:
    return [problem.message for problem in error.value.problems]


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("acme.presales.yaml", ("acme", "presales")),
        ("calls/acme.co.presales.json", ("acme.co", "presales")),
        ("acme.yaml", None),
        (".presales.yaml", None),
        ("acme..yaml", None),
        ("-", None),
    ],
)
def test_the_judge_stands_between_the_last_two_dots(file: str, expected: tuple[str, str] | None) -> None:
    assert judged_file(file) == (JudgedFile(file, *expected) if expected else None)


def test_the_files_of_a_prospect_are_merged_into_one_report_whatever_their_order(folder: Path) -> None:
    files = sorted(folder.iterdir())
    (report,) = merged(*files)
    assert [opinion.judge for opinion in report.opinions] == ["founder", "presales", "support"]
    assert report.merged.prospect.id == "acme"
    assert report.names == ("Acme Instruments", "Acme Instruments Ltd")
    assert merged(*reversed(files)) == [report]


def test_each_prospect_has_a_report_of_its_own(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for judge in ("founder", "presales"):
        shutil.copy(folder / f"acme.{judge}.yaml", folder / f"birch.{judge}.yaml")
    reports = merged(folder)
    assert [report.merged.prospect.id for report in reports] == ["acme", "birch"]
    documents = json.loads(capfd.readouterr().out)
    assert [document["merged"]["prospect"]["id"] for document in documents] == ["acme", "birch"]


def test_a_name_that_says_no_judge_is_refused_with_the_way_to_write_it(folder: Path) -> None:
    shutil.copy(folder / "acme.founder.yaml", folder / "birch.yaml")
    with pytest.raises(UsageError) as error:
        merged(folder)
    assert problems(error) == [f"{folder / 'birch.yaml'}: the file name has no scorer"]
    assert error.value.problems[0].hint == "name it <prospect>.<scorer>.yaml, e.g. acme.presales.yaml"


def test_a_prospect_with_one_judge_is_not_merged(folder: Path) -> None:
    with pytest.raises(UsageError) as error:
        merged(folder / "acme.founder.yaml")
    assert problems(error) == ["acme has only one scorer: founder"]


def test_one_judge_has_one_file_about_a_prospect(folder: Path) -> None:
    (folder / "later").mkdir()
    again = folder / "later" / "acme.founder.yaml"
    shutil.copy(folder / "acme.founder.yaml", again)
    with pytest.raises(DocumentError) as error:
        merged(folder, again)
    assert problems(error) == [f"founder scored acme twice: in {folder / 'acme.founder.yaml'} and in {again}"]


def test_deals_that_contradict_each_other_are_a_problem_and_not_averaged(folder: Path) -> None:
    file = folder / "acme.presales.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("42000", "40000"), encoding="utf-8")
    with pytest.raises(DocumentError) as error:
        merged(folder)
    assert problems(error) == [
        "acme: the scorers' files disagree on the deal: value 42,000 (founder), 40,000 (presales)"
    ]


def test_problems_of_all_files_are_raised_at_once(folder: Path) -> None:
    for judge in ("founder", "support"):
        file = folder / f"acme.{judge}.yaml"
        file.write_text(
            file.read_text(encoding="utf-8")
            .replace("up_to_three_months", "up_to_four_months")
            .replace("none_or_later", "none_or_later_on"),
            encoding="utf-8",
        )
    with pytest.raises(DocumentError) as error:
        merged(folder)
    assert len(error.value.problems) == 2


def test_a_report_goes_to_a_file_and_never_over_an_input(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for kind in ("text", "markdown", "json"):
        target = folder.parent / f"report.{kind}"
        merged(folder, kind=kind, output=target)
        merged(folder, kind=kind)
        assert target.read_text(encoding="utf-8") == capfd.readouterr().out
    with pytest.raises(UsageError):
        merged(folder, output=folder / "acme.founder.yaml")


def test_stage_company_and_day_are_those_of_assess(folder: Path, tmp_path: Path) -> None:
    company = tmp_path.parent / f"{tmp_path.name}-ours.yaml"
    company.write_text("stage: growth\n", encoding="utf-8")
    (report,) = merged(folder, company=str(company), as_of="2026-07-01")
    assert (report.merged.stage, report.merged.stage_from) == ("growth", "company")
    assert report.merged.as_of
    assert report.merged.as_of.isoformat() == "2026-07-01"
    assert merged(folder, stage="mature")[0].merged.stage == "mature"
