import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Outcome

from fitcheck.cli.exit_codes import Exit

Run = Callable[..., Outcome]
Golden = Callable[[str, str], None]
DEALS = ["rank", "examples", "--screen", "deal", "--hours", "120"]
SUFFIX = {"text": "txt", "markdown": "md", "html": "html", "json": "json"}


@pytest.mark.parametrize("kind", SUFFIX)
def test_the_examples_in_each_format(fitcheck: Run, golden: Golden, kind: str) -> None:
    outcome = fitcheck(*DEALS, "--format", kind)
    assert (outcome.code, outcome.err) == (Exit.DONE, "")
    golden(f"rank/deals.{SUFFIX[kind]}", outcome.out)


@pytest.mark.parametrize("detail", ["full", "explain", "quiet"])
def test_the_examples_in_more_and_less_detail(fitcheck: Run, golden: Golden, detail: str) -> None:
    golden(f"rank/deals-{detail}.txt", fitcheck(*DEALS, f"--{detail}").out)


@pytest.mark.parametrize("screen", ["pilot", "deal"])
def test_the_examples_fit_on_one_screen(fitcheck: Run, screen: str) -> None:
    told = fitcheck("rank", "examples", "--hours", "120", "--screen", screen).out
    assert len(told.splitlines()) <= 22


def test_what_to_run_next_repeats_the_screen_but_not_the_hours(fitcheck: Run) -> None:
    told = fitcheck("rank", "examples/one-sided-trust.yaml", "examples/large-hostile-deal.yaml", *DEALS[2:]).out
    last = told.partition("Next")[2]
    assert "fitcheck letter" in last
    assert "--screen deal" in " ".join(last.split())
    assert "--hours" not in last


def test_a_role_whose_hours_nobody_needs_is_said_to_choose_nothing(fitcheck: Run) -> None:
    """The patient partner wants no trial, and a trial is all that the pilot's cost model has pre-sales do."""
    command = ["rank", "examples/patient-partner.yaml", "--hours", "10", "--format"]
    for role, expected in (("presales", True), ("management", False)):
        assert json.loads(fitcheck(*command, "json", "--role", role).out)["role_without_hours"] is expected
        assert ("nothing to choose" in fitcheck(*command, "text", "--role", role).out) is expected
        assert ("nothing to choose" in fitcheck(*command, "markdown", "--role", role).out) is expected


def test_the_hours_of_one_role(fitcheck: Run, golden: Golden) -> None:
    golden("rank/presales.txt", fitcheck(*DEALS[:-1], "60", "--role", "presales").out)


@pytest.mark.parametrize("columns", [60, 20])
def test_narrow_terminals(fitcheck: Run, golden: Golden, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    told = fitcheck(*DEALS).out
    assert max(map(len, told.splitlines())) <= columns
    golden(f"rank/deals-{columns}-columns.txt", told)


def test_more_hours_never_take_on_less(fitcheck: Run) -> None:
    told = [json.loads(fitcheck(*DEALS[:-1], hours, "--format", "json").out) for hours in ("0", "60", "120.5", "900")]
    assert [document["value"] for document in told] == sorted(document["value"] for document in told)
    assert told[0]["chosen"] == []
    assert told[-1]["no_room"] == []


def test_the_order_of_the_files_changes_nothing_but_the_order_of_lists_as_given(fitcheck: Run) -> None:
    files = sorted(str(file) for file in (ROOT / "examples").glob("*.yaml") if file.name != "company.yaml")
    options = [*DEALS[2:], "--format", "json"]
    straight, mixed = (json.loads(fitcheck("rank", *order, *options).out) for order in (files, files[::-1]))
    assert straight["chosen"] == mixed["chosen"]
    assert straight["value"] == mixed["value"]
    assert straight["ask_first"] == mixed["ask_first"]


def test_the_company_file_brings_its_own_rates_and_margin(fitcheck: Run) -> None:
    command = ["rank", "examples", "--screen", "pilot", "--hours", "200", "--format", "json"]
    plain = json.loads(fitcheck(*command).out)
    ours = json.loads(fitcheck(*command, "--company", "examples/company.yaml").out)
    assert "rates" in plain["benchmarks"]
    assert "margin" not in ours["benchmarks"]


def test_deals_in_several_currencies_need_stated_rates(fitcheck: Run, tmp_path: Path) -> None:
    source = (ROOT / "examples/patient-partner.yaml").read_text(encoding="utf-8")
    (tmp_path / "a.yaml").write_text(source, encoding="utf-8")
    assert source.count("currency: EUR") == 1
    (tmp_path / "b.yaml").write_text(source.replace("currency: EUR", "currency: USD"), encoding="utf-8")
    company = tmp_path / "ours.yml"
    command = ["rank", str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml"), "--hours", "500", "--format", "json"]
    without = json.loads(fitcheck(*command).out)
    assert [entry["prospect"]["id"] for entry in without["not_ranked"]] == ["b"]
    company.write_text("currency: EUR\nexchange: {USD: 0.9}\n", encoding="utf-8")
    stated = json.loads(fitcheck(*command, "--company", str(company)).out)
    assert stated["not_ranked"] == []
    values = {entry["prospect"]["id"]: entry["margin"] for entry in stated["chosen"]}
    assert values["b"] == pytest.approx(values["a"] * 0.9)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--hours", "many"], "is not a number of hours"),
        (["--hours", "-5"], "is not a number of hours"),
        (["--hours", "1e9"], "is not a number of hours"),
        (["--hours", "12345678"], "is not a number of hours"),
        (["--hours", "120", "--role", "pilot"], "no work for role 'pilot'"),
        (["--hours", "120", "--format", "pdf"], "one of: text, markdown, html, json"),
        (["--hours", "120", "-o", "no/such/folder/report.txt"], "no files were changed"),
        ([], "missing option"),
    ],
)
def test_wrong_use_exits_with_2_says_why_and_prints_no_result(fitcheck: Run, arguments: list[str], said: str) -> None:
    outcome = fitcheck("rank", "examples/patient-partner.yaml", *arguments)
    assert (outcome.code, outcome.out) == (Exit.USAGE, "")
    assert said in outcome.err


def test_problems_of_all_files_are_shown_at_once_and_no_ranking(fitcheck: Run, tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("prospect: Acme\nanswers: {named_users: nobdy}\n", encoding="utf-8")
    outcome = fitcheck("rank", str(tmp_path), "--hours", "40")
    assert (outcome.code, outcome.out) == (Exit.DOCUMENT, "")
    assert outcome.err.count('did you mean "nobody"') == 2


def test_output_to_a_file_is_what_would_have_been_printed_and_never_an_input(fitcheck: Run, tmp_path: Path) -> None:
    for kind in SUFFIX:
        file = tmp_path / kind
        assert fitcheck(*DEALS, "--format", kind, "-o", str(file)).out == ""
        assert file.read_text(encoding="utf-8") == fitcheck(*DEALS, "--format", kind).out
    prospect = tmp_path / "p.yaml"
    shutil.copy(ROOT / "examples/patient-partner.yaml", prospect)
    before = prospect.read_bytes()
    assert fitcheck("rank", str(prospect), "--hours", "40", "-o", str(prospect)).code == Exit.USAGE
    assert prospect.read_bytes() == before


def test_a_file_is_read_once_however_often_it_is_named(fitcheck: Run, tmp_path: Path) -> None:
    again = tmp_path / "again.yaml"
    again.symlink_to(ROOT / "examples" / "patient-partner.yaml")
    once = fitcheck(*DEALS)
    assert fitcheck(*DEALS, "examples/patient-partner.yaml", str(again), "./examples/../examples") == once
    named = json.loads(fitcheck("assess", str(again), "examples", "--screen", "pilot", "--format", "json").out)
    assert len({assessed["prospect"]["name"] for assessed in named}) == len(named)


def test_prospects_of_one_name_are_told_apart_by_their_ids(fitcheck: Run, tmp_path: Path) -> None:
    text = (ROOT / "examples" / "patient-partner.yaml").read_text(encoding="utf-8")
    for name in ("north", "south"):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    name = json.loads(fitcheck("assess", str(tmp_path / "north.yaml"), "--format", "json").out)["prospect"]["name"]
    told = fitcheck("rank", str(tmp_path), "--hours", "400", "--full").out
    assert f"TAKE ON  {name} (north) and {name} (south)" in told
