"""A snippet for each client starts this fitcheck in the folder, whatever the folder is called."""

import json
import shutil
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Outcome
from hypothesis import given, strategies as st

from fitcheck.cli.mcp_server.client_configs import CLIENTS, client_config, own_command

Run = Callable[..., Outcome]


def started_by(client: str, text: str) -> list[str]:
    """The words of the command that a client would run."""
    match client:
        case "codex":
            found = tomllib.loads(text)["mcp_servers"]["fitcheck"]
        case "vscode":
            found = json.loads(text)["servers"]["fitcheck"]
            assert found["type"] == "stdio"
        case _:
            found = json.loads(text)["mcpServers"]["fitcheck"]
    return [found["command"], *found["args"]]


@pytest.mark.parametrize("client", CLIENTS)
def test_the_snippet_names_this_command_and_the_folder(client: str, fitcheck: Run, at_root: Path) -> None:
    told = fitcheck("mcp", "examples", "--print-config", client)
    assert told.code == 0
    assert started_by(client, told.out) == [*own_command(), "mcp", str(at_root / "examples")]
    assert told.err.startswith("Add this to ")
    told = fitcheck("mcp", "examples", "--allow-write", "--print-config", client)
    assert started_by(client, told.out)[-1] == "--allow-write"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0/"), min_size=1))
def test_any_name_of_a_folder_comes_out_as_it_went_in(name: str) -> None:
    folder = Path("/deals") / name
    for client in CLIENTS:
        assert started_by(client, client_config(client, folder, allow_write=False))[-1] == str(folder)


def test_a_script_is_named_by_its_path_and_a_module_by_its_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "fitcheck"
    script.write_text("#!/bin/sh\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shutil.which("fitcheck") == str(script)
    for given_ in ("fitcheck", str(script)):
        monkeypatch.setattr(sys, "argv", [given_, "mcp"])
        assert own_command() == [str(script)]
    monkeypatch.setattr(sys, "argv", [str(tmp_path / "__main__.py"), "mcp"])
    assert own_command() == [sys.executable, "-m", "fitcheck"]


def test_an_unknown_client_and_a_folder_that_is_not_there_are_refused(fitcheck: Run) -> None:
    told = fitcheck("mcp", "--print-config", "clade")
    assert (told.code, told.out) == (2, "")
    assert 'did you mean "claude"?' in told.err
    assert "nowhere is not a folder" in fitcheck("mcp", "nowhere").err
