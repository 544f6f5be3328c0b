import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Outcome

from fitcheck.cli.exit_codes import Exit

Run = Callable[..., Outcome]
TWO = ["examples/quick-fix.yaml", "examples/patient-partner.yaml"]
THREE = [*TWO, "examples/open-verdict.yaml"]
SUFFIX = {"text": "txt", "markdown": "md", "json": "json"}
SCREENS = {
    "two": TWO,
    "three": THREE,
    "both-not-now": ["examples/web-form.yaml", "examples/one-sided-trust.yaml"],
    "small-and-hostile": ["examples/small-complex-deal.yaml", "examples/large-hostile-deal.yaml"],
}


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("kind", SUFFIX)
def test_goldens_in_each_format_at_80_columns(
    fitcheck: Run, golden: Callable[[str, str], None], name: str, kind: str
) -> None:
    outcome = fitcheck("compare", *SCREENS[name], "--format", kind)
    assert (outcome.code, outcome.err) == (0, "")
    golden(f"compare/{name}.{SUFFIX[kind]}", outcome.out)


def test_golden_of_a_page(fitcheck: Run, golden: Callable[[str, str], None]) -> None:
    golden("compare/two.html", fitcheck("compare", *TWO, "--format", "html").out)


@pytest.mark.parametrize(("detail", "name"), [("explain", "explained"), ("full", "full"), ("quiet", "quiet")])
def test_goldens_in_more_and_less_detail(
    fitcheck: Run, golden: Callable[[str, str], None], detail: str, name: str
) -> None:
    golden(f"compare/two-{name}.txt", fitcheck("compare", *TWO, f"--{detail}").out)


@pytest.mark.parametrize("columns", [60, 20])
def test_goldens_on_narrow_terminals(
    fitcheck: Run, golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    told = fitcheck("compare", *TWO).out
    assert max(map(len, told.splitlines())) <= columns
    golden(f"compare/two-{columns}-columns.txt", told)


def test_compare_says_the_same_as_assess(fitcheck: Run) -> None:
    compared = json.loads(fitcheck("compare", *THREE, "--format", "json").out)
    assessed = json.loads(fitcheck("assess", *THREE, "--format", "json").out)
    for beside, alone in zip(compared["prospects"], assessed, strict=True):
        for key in ("verdict", "settled", "score", "score_low", "score_high"):
            assert beside[key] == alone[key]
        assert beside["id"] == alone["prospect"]["id"]
        assert beside["hours"] == alone["cost_to_close"]["hours"]
        assert beside["failed_gates"] == [gate["id"] for gate in alone["gates"] if gate["state"] == "fail"]


def test_the_order_is_the_one_given(fitcheck: Run) -> None:
    document = json.loads(fitcheck("compare", *reversed(THREE), "--format", "json").out)
    assert [prospect["id"] for prospect in document["prospects"]] == ["open-verdict", "patient-partner", "quick-fix"]


def test_stage_and_company_hold_for_all(fitcheck: Run) -> None:
    document = json.loads(
        fitcheck("compare", *TWO, "--stage", "mature", "--company", "examples/company.yaml", "--format", "json").out
    )
    assert document["stage"] == "mature"
    assert document["prospects"][0]["verdict"] == "pursue"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([TWO[0]], "1 prospect cannot be compared"),
        ([*THREE, "examples/web-form.yaml"], "4 prospects cannot be compared"),
        ([*TWO, "--format", "pdf"], "one of: text, markdown, html, json"),
        ([*TWO, "--stage", "seed"], "unknown stage 'seed'"),
        ([*TWO, "-o", "no/such/folder/x.txt"], "no files were changed"),
        ([*TWO, "-o", TWO[1]], "is an input file"),
    ],
)
def test_wrong_use_exits_with_2_says_why_and_prints_no_result(fitcheck: Run, arguments: list[str], said: str) -> None:
    outcome = fitcheck("compare", *arguments)
    assert (outcome.code, outcome.out) == (Exit.USAGE, "")
    assert said in outcome.err


def test_problems_of_all_files_are_shown_at_once(fitcheck: Run, tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("prospect: Acme\nanswers: {named_users: nobdy}\n", encoding="utf-8")
    outcome = fitcheck("compare", str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml"))
    assert (outcome.code, outcome.out) == (Exit.DOCUMENT, "")
    assert outcome.err.count('did you mean "nobody"') == 2


def test_output_to_a_file_is_what_would_have_been_printed(fitcheck: Run, tmp_path: Path) -> None:
    for kind in SUFFIX:
        file = tmp_path / kind
        assert fitcheck("compare", *TWO, "--format", kind, "-o", str(file)).out == ""
        assert file.read_text(encoding="utf-8") == fitcheck("compare", *TWO, "--format", kind).out
