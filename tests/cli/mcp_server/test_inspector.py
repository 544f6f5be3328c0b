"""
MCP Inspector's command line, a client that others wrote, lists and calls the tools.

FITCHECK_INSPECTOR names a folder in which `npm install @modelcontextprotocol/inspector node` was run; without it there
is nothing to test with. The gate has it.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cli.processes import environment
from conftest import ROOT

FOLDER = os.environ.get("FITCHECK_INSPECTOR", "")
BIN = Path(FOLDER) / "node_modules" / ".bin"

pytestmark = pytest.mark.skipif(not FOLDER, reason="needs FITCHECK_INSPECTOR")


def inspect(*argv: str) -> dict[str, Any]:
    """Run the Inspector with its own node on a server of the examples."""
    server = [sys.executable, "-m", "fitcheck", "mcp", "examples"]
    settings = environment(PATH=f"{BIN}{os.pathsep}{os.environ['PATH']}")
    command = [str(BIN / "mcp-inspector"), "--cli", *server, *argv]
    done = subprocess.run(command, check=False, capture_output=True, cwd=ROOT, env=settings, timeout=120)
    assert done.stdout, done.stderr.decode()
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_it_lists_the_tools() -> None:
    tools = inspect("--method", "tools/list")["tools"]
    assert {"questions", "check_answers", "assess", "rank"} <= {tool["name"] for tool in tools}
    assert all(tool["annotations"]["readOnlyHint"] for tool in tools)
    assert all(tool["description"] and tool["title"] for tool in tools)


def test_it_calls_a_tool() -> None:
    call = ("--method", "tools/call", "--tool-name", "assess", "--tool-arg")
    told = inspect(*call, 'files=["quick-fix.yaml"]')
    assert not told.get("isError")
    assert told["content"][0]["text"].startswith("NOT NOW  Harlow & Pike Freight")
    told = inspect(*call, 'files=["quick-fx.yaml"]')
    assert told["isError"]
    assert 'did you mean "quick-fix.yaml"?' in told["content"][0]["text"]


def test_it_lists_prompts_and_reads_a_resource() -> None:
    assert len(inspect("--method", "prompts/list")["prompts"]) == 3
    read = inspect("--method", "resources/read", "--uri", "fitcheck://screens/pilot")
    assert "`named_users`" in read["contents"][0]["text"]
