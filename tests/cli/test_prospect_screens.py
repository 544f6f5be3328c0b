"""Which screen prospect files are assessed by: that of `--screen`, else the one they name, else pilot."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Outcome

from fitcheck.cli.exit_codes import Exit
from fitcheck.cli.prospect_screens import name_for_file

Run = Callable[..., Outcome]

DEAL, PILOT = str(ROOT / "examples/friendly-tender.yaml"), str(ROOT / "examples/one-sided-trust.yaml")


@pytest.fixture(autouse=True)
def folder(fitcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - it chooses a folder, too
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)


def write(name: str, screen: str = "") -> str:
    """Write a prospect file that names a screen."""
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_text(f"prospect: Acme\n{f'screen: {screen}' if screen else ''}\nanswers: {{}}\n", encoding="utf-8")
    return name


def screen_of(outcome: Outcome) -> str:
    """The screen of a JSON report."""
    told: str = json.loads(outcome.out)["screen"]["id"]
    return told


@pytest.mark.parametrize(
    ("written", "given", "used"),
    [
        ("", [], "pilot"),
        ("deal", [], "deal"),
        ("", ["deal"], "deal"),
        ("deal", ["deal"], "deal"),
        ("pilot", [], "pilot"),
    ],
)
def test_a_file_is_assessed_by_the_screen_that_it_names_else_by_pilot(
    fitcheck: Run, written: str, given: list[str], used: str
) -> None:
    options = ["--screen", *given] if given else []
    outcome = fitcheck("assess", write("acme.yaml", written), "--format", "json", *options)
    assert (outcome.code, outcome.err, screen_of(outcome)) == (Exit.DONE, "", used)


def test_another_screen_that_is_given_is_used_and_the_difference_is_said_once(fitcheck: Run) -> None:
    files = [write("a.yaml"), write("b.yaml", "deal"), write("c.yaml", "deal")]
    outcome = fitcheck("rank", *files, "--hours", "10", "--screen", "bant", "--format", "json")
    assert screen_of(outcome) == "bant"
    assert outcome.err == "Using --screen bant, although b.yaml names the screen deal.\n"


@pytest.mark.parametrize("command", [["assess"], ["rank", "--hours", "10"], ["compare"]])
def test_files_of_different_screens_are_refused_with_one_error_that_names_both(
    fitcheck: Run, command: list[str]
) -> None:
    outcome = fitcheck(*command, write("a.yaml", "deal"), write("b.yaml"))
    assert (outcome.code, outcome.out) == (Exit.USAGE, "")
    told = " ".join(outcome.err.split())
    assert "the files use different screens: deal (a.yaml), pilot (b.yaml, which names none)" in told
    assert told.count("error") == 1


def test_scorers_of_one_prospect_use_the_screen_that_their_files_name(fitcheck: Run) -> None:
    files = [write(f"acme.{scorer}.yaml", "deal") for scorer in ("ann", "bob")]
    for command in (["assess", "--merge"], ["agreement"]):
        told = " ".join(fitcheck(*command, *files, "--format", "json").out.split())
        assert '"screen": { "id": "deal",' in told


def test_a_path_is_relative_to_the_file_that_names_it(fitcheck: Run) -> None:
    assert fitcheck("rubric", "copy", "pilot", "-o", "ours.yaml").code == Exit.DONE
    told = fitcheck("assess", write("deals/acme.yaml", "../ours.yaml"), "--format", "json")
    assert screen_of(told) == "ours"
    assert fitcheck("assess", "deals/acme.yaml", "--screen", "./ours.yaml", "--format", "json").err == ""


def test_an_unknown_screen_is_shown_where_it_is_named(fitcheck: Run) -> None:
    outcome = fitcheck("assess", write("acme.yaml", "dael"))
    assert outcome.code == Exit.DOCUMENT
    assert "acme.yaml:2:9" in outcome.err
    assert 'did you mean "deal"?' in outcome.err


def test_a_screen_given_as_a_prospect_is_said_to_be_one(fitcheck: Run) -> None:
    outcome = fitcheck("assess", str(ROOT / "rubrics/screens/deal.yaml"))
    assert "this is a screen, not a prospect file" in outcome.err


def test_what_to_run_next_leaves_out_a_screen_that_the_file_names(fitcheck: Run) -> None:
    named = fitcheck("assess", DEAL, "--screen", "deal").out
    assert "Next fitcheck letter" in " ".join(named.split())
    assert "--screen" not in named
    assert "--screen deal" in " ".join(fitcheck("assess", PILOT, "--screen", "deal").out.split())


@pytest.mark.parametrize(
    ("given", "file", "named"),
    [
        (None, "acme.yaml", None),
        ("pilot", "acme.yaml", None),
        ("deal", "deals/acme.yaml", "deal"),
        ("screen:deal", "acme.yaml", "deal"),
        ("./ours.yaml", "acme.yaml", "ours.yaml"),
        ("ours.yaml", "deals/acme.yaml", "../ours.yaml"),
        ("/team/ours.yaml", "deals/acme.yaml", "/team/ours.yaml"),
    ],
)
def test_a_new_file_names_its_screen_by_a_path_from_its_own_folder(
    given: str | None, file: str, named: str | None
) -> None:
    assert name_for_file(given, Path(file)) == named
