"""A mistyped command line gets one message with what was probably meant."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Outcome
from typer.models import CommandInfo

from fitcheck.cli.app import app
from fitcheck.cli.commands.rubric import rubric_app
from fitcheck.cli.exit_codes import Exit
from fitcheck.cli.usage_errors import COMMANDS, OPTIONS

Run = Callable[..., Outcome]


def name_of(command: CommandInfo) -> str:
    assert command.callback
    return command.name or command.callback.__name__


def refused(outcome: Outcome) -> str:
    assert (outcome.code, outcome.out, outcome.err.count("error[")) == (Exit.USAGE, "", 1)
    return " ".join(outcome.err.split())


@pytest.mark.parametrize(
    ("argv", "meant"),
    [
        ("assess x --json", "did you mean --format json?"),
        ("assess x --md", "did you mean --format markdown?"),
        ("assess x --markdown", "did you mean --format markdown?"),
        ("rubric diff a b --json", "did you mean --format json?"),
        ("template --csv", "did you mean --format csv?"),
        ("batch x --json", "did you mean --to jsonl?"),
        ("batch x --csv", "did you mean --to csv?"),
        ("assess x --out y", "did you mean --output?"),
        ("assess x --outptu=y", "did you mean --output?"),
        ("rank x --hour 3", "did you mean --hours?"),
        ("assess x --date 2026-11-22", "did you mean --as-of?"),
        ("assess x --rubric deal", "did you mean --screen?"),
        ("batch x --mapping hubspot", "did you mean --map?"),
        ("batch x --sep ;", "did you mean --delimiter?"),
        ("template --overwrite", "did you mean --force?"),
        ("template -f", "did you mean --force?"),
        ("assess x --hours 8", "--hours is an option of rank and batch"),
        ("--screen deal assess x", "options follow the command: fitcheck assess --screen"),
        ("assess x --nonsense", "see fitcheck assess --help"),
        ("interview x --json", "see fitcheck interview --help"),
        ("asses x", "did you mean fitcheck assess?"),
        ("Rank x", "did you mean fitcheck rank?"),
        ("score x", "did you mean fitcheck assess or fitcheck batch?"),
        ("merge x", "did you mean fitcheck assess --merge?"),
        ("lint x", "did you mean fitcheck rubric check?"),
        ("rubric lint x", "did you mean fitcheck rubric check?"),
        ("rubric chek x", "did you mean fitcheck rubric check?"),
        ("help", "did you mean fitcheck --help?"),
        ("frobnicate", "see fitcheck --help"),
    ],
)
def test_what_was_probably_meant(fitcheck: Run, argv: str, meant: str) -> None:
    assert refused(fitcheck(*argv.split())).endswith(f"= {meant}")


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        ("assess", 'missing argument "FILE..." = usage: fitcheck assess [OPTIONS] FILE...; see fitcheck assess --help'),
        ("rank x", 'missing option "--hours"'),
        ("assess x --stage", 'option "--stage" requires an argument'),
        ("schema a b", "got unexpected extra argument"),
    ],
)
def test_any_other_wrong_use_is_said_in_the_same_form(fitcheck: Run, argv: str, said: str) -> None:
    assert said in refused(fitcheck(*argv.split()))


def test_a_file_in_place_of_a_command_gets_the_command_that_reads_it(
    fitcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for file, command in (("acme.yaml", "assess"), ("deals.csv", "batch"), ("DEALS.XLSX", "batch")):
        (tmp_path / file).touch()
        assert refused(fitcheck(file)).endswith(f"fitcheck {command} {file}")
    assert refused(fitcheck("gone.yaml")).endswith("see fitcheck --help")


def test_every_synonym_leads_to_a_command_that_exists_somewhere() -> None:
    ours = {name_of(command) for command in (*app.registered_commands, *rubric_app.registered_commands)}
    meant = {word.split()[0] for words in COMMANDS.values() for word in words}
    assert meant <= ours | {"rubric", "copy", "--help", "--version"}


@pytest.mark.parametrize("option", OPTIONS)
def test_a_synonym_is_not_an_option_already(fitcheck: Run, option: str) -> None:
    told = fitcheck("assess", "--help").out
    assert not re.search(rf"^\s+(-\w, )?{option}\b", told, re.MULTILINE)


def test_fitcheck_alone_shows_three_commands_and_where_the_others_are(fitcheck: Run) -> None:
    outcome = fitcheck()
    lines = outcome.out.splitlines()
    assert (outcome.code, outcome.err, len(lines) <= 15) == (Exit.DONE, "", True)
    assert max(map(len, lines)) <= 80
    assert re.findall(r"^  fitcheck (\w+) ", outcome.out, re.MULTILINE) == ["interview", "assess", "batch"]
    assert lines[-1] == "All commands: fitcheck --help"


def test_help_lists_every_command_once_by_its_job(fitcheck: Run) -> None:
    told = fitcheck("--help").out
    listed = re.findall(r"^  ([a-z]+)  ", told, re.MULTILINE)
    assert sorted(listed) == sorted({*listed})
    assert {*listed} == {command.callback.__name__ for command in app.registered_commands if command.callback} | {
        "rubric"
    }
    assert max(map(len, told.splitlines())) <= 80
