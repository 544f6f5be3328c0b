import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Outcome

from fitcheck.cli.merge_scorers import ScorerFile, merge_all, scorer_file
from fitcheck.decision.several.judges import JudgesReport
from fitcheck.problems import DocumentError, FitcheckError, UsageError

Run = Callable[..., Outcome]
JUDGES = ROOT / "tests" / "judges"


@pytest.fixture
def folder(tmp_path: Path, at_root: Path) -> Path:
    """A folder with the files of three scorers."""
    assert at_root == ROOT
    for file in JUDGES.glob("acme.*.yaml"):
        shutil.copy(file, tmp_path)
    return tmp_path


def merged(*files: object, **changed: Any) -> list[JudgesReport]:
    call = {"screen": "pilot", "stage": None, "company": None, "as_of": None}
    return merge_all([str(file) for file in files], **{**call, **changed})[0]


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
def test_the_scorer_stands_between_the_last_two_dots(file: str, expected: tuple[str, str] | None) -> None:
    assert scorer_file(file) == (ScorerFile(file, *expected) if expected else None)


def test_the_files_of_a_prospect_are_merged_into_one_report_whatever_their_order(folder: Path) -> None:
    files = sorted(folder.iterdir())
    (report,) = merged(*files)
    assert [opinion.judge for opinion in report.opinions] == ["founder", "presales", "support"]
    assert report.merged.prospect.id == "acme"
    assert report.names == ("Acme Instruments", "Acme Instruments Ltd")
    assert merged(*reversed(files)) == [report]


def test_each_prospect_has_a_report_of_its_own(folder: Path, fitcheck: Run) -> None:
    for scorer in ("founder", "presales"):
        shutil.copy(folder / f"acme.{scorer}.yaml", folder / f"birch.{scorer}.yaml")
    reports = merged(folder)
    assert [report.merged.prospect.id for report in reports] == ["acme", "birch"]
    documents = json.loads(fitcheck("assess", "--merge", str(folder), "--format", "json").out)
    assert [document["merged"]["prospect"]["id"] for document in documents] == ["acme", "birch"]


def test_a_file_name_without_a_scorer_is_refused_with_the_way_to_write_it(folder: Path) -> None:
    shutil.copy(folder / "acme.founder.yaml", folder / "birch.yaml")
    with pytest.raises(UsageError) as error:
        merged(folder)
    assert problems(error) == [f"{folder / 'birch.yaml'}: the file name has no scorer"]
    assert error.value.problems[0].hint == "name it <prospect>.<scorer>.yaml, for example acme.presales.yaml"


def test_a_prospect_with_one_scorer_is_not_merged(folder: Path) -> None:
    with pytest.raises(UsageError) as error:
        merged(folder / "acme.founder.yaml")
    assert problems(error) == ["acme has only one scorer: founder"]


def test_one_scorer_has_one_file_on_a_prospect(folder: Path) -> None:
    (folder / "later").mkdir()
    again = folder / "later" / "acme.founder.yaml"
    shutil.copy(folder / "acme.founder.yaml", again)
    with pytest.raises(DocumentError) as error:
        merged(folder, again)
    assert problems(error) == [f"founder has two files on acme: {folder / 'acme.founder.yaml'} and {again}"]


def test_deals_that_contradict_each_other_are_a_problem_and_not_averaged(folder: Path) -> None:
    file = folder / "acme.presales.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("42000", "40000"), encoding="utf-8")
    with pytest.raises(DocumentError) as error:
        merged(folder)
    assert problems(error) == [
        "acme: the scorers' files give different deals: value 42,000 (founder), 40,000 (presales)"
    ]


def test_problems_of_all_files_are_raised_at_once(folder: Path) -> None:
    for scorer in ("founder", "support"):
        file = folder / f"acme.{scorer}.yaml"
        file.write_text(
            file.read_text(encoding="utf-8")
            .replace("up_to_three_months", "up_to_four_months")
            .replace("none_or_later", "none_or_later_on"),
            encoding="utf-8",
        )
    with pytest.raises(DocumentError) as error:
        merged(folder)
    assert len(error.value.problems) == 2


def test_a_report_goes_to_a_file_and_never_over_an_input(folder: Path, fitcheck: Run) -> None:
    for ending in ("txt", "md", "html", "json"):
        target = folder.parent / f"{folder.name}-report.{ending}"
        kind = {"txt": "text", "md": "markdown"}.get(ending, ending)
        assert fitcheck("assess", "--merge", str(folder), "-o", str(target)).code == 0
        told = fitcheck("assess", "--merge", str(folder), "--format", kind).out
        assert target.read_text(encoding="utf-8") == told
    before = (folder / "acme.founder.yaml").read_bytes()
    over = fitcheck("assess", "--merge", str(folder), "-f", "text", "-o", str(folder / "acme.founder.yaml"))
    assert over.code != 0
    assert (folder / "acme.founder.yaml").read_bytes() == before


def test_stage_company_and_day_are_those_of_assess(folder: Path, tmp_path: Path) -> None:
    company = tmp_path.parent / f"{tmp_path.name}-ours.yaml"
    company.write_text("stage: growth\n", encoding="utf-8")
    (report,) = merged(folder, company=str(company), as_of="2026-07-01")
    assert (report.merged.stage, report.merged.stage_from) == ("growth", "company")
    assert report.merged.as_of
    assert report.merged.as_of.isoformat() == "2026-07-01"
    assert merged(folder, stage="mature")[0].merged.stage == "mature"
