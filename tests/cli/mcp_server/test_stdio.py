"""The server as a client starts it: over standard input and output, in every version of the protocol, to its end."""

import asyncio
import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cli.processes import environment
from conftest import ROOT
from mcp import Client, StdioServerParameters
from mcp_types import TextContent
from mcp_types.version import HANDSHAKE_PROTOCOL_VERSIONS, LATEST_HANDSHAKE_VERSION, LATEST_MODERN_VERSION

COMMAND = [sys.executable, "-m", "fitcheck", "mcp", "examples"]
ERAS = {"legacy": LATEST_HANDSHAKE_VERSION, "auto": LATEST_MODERN_VERSION, LATEST_MODERN_VERSION: LATEST_MODERN_VERSION}


def started(*argv: str, **settings: str) -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [*COMMAND, *argv], stdin=pipe, stdout=pipe, stderr=pipe, cwd=ROOT, env=environment(**settings)
    )


def ask(process: subprocess.Popen[bytes], method: str, **params: Any) -> dict[str, Any]:
    """Send a request as its own line, and return the result."""
    assert process.stdin
    assert process.stdout
    asked = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    process.stdin.write(json.dumps(asked).encode() + b"\n")
    process.stdin.flush()
    told: dict[str, Any] = json.loads(process.stdout.readline())
    assert told["id"] == 1
    result: dict[str, Any] = told["result"]
    return result


def shake_hands(process: subprocess.Popen[bytes], version: str) -> dict[str, Any]:
    client = {"name": "test", "version": "1"}
    return ask(process, "initialize", protocolVersion=version, capabilities={}, clientInfo=client)


@pytest.mark.parametrize("mode", ERAS)
def test_the_sdk_s_own_client_lists_and_calls_tools(mode: str) -> None:
    async def assessed() -> tuple[str, str]:
        parameters = StdioServerParameters(command=COMMAND[0], args=COMMAND[1:], env=environment(), cwd=ROOT)
        async with Client(parameters, mode=mode) as client:
            assert "assess" in [tool.name for tool in (await client.list_tools()).tools]
            result = await client.call_tool("assess", {"files": ["quick-fix.yaml"]})
            [content] = result.content
            assert isinstance(content, TextContent)
            return client.protocol_version, content.text

    version, text = asyncio.run(assessed())
    assert version == ERAS[mode]
    assert text.startswith("NOT NOW  Harlow & Pike Freight")


@pytest.mark.parametrize("version", HANDSHAKE_PROTOCOL_VERSIONS)
def test_every_version_that_shakes_hands_is_spoken_and_the_end_of_input_ends_it(version: str) -> None:
    with started() as process:
        assert shake_hands(process, version)["protocolVersion"] == version
        assert process.stdin
        process.stdin.write(b'{"jsonrpc":"2.0","method":"notifications/initialized"}\n')
        told = ask(process, "tools/call", name="assess", arguments={"files": ["quick-fix.yaml"], "detail": "quiet"})
        assert told["content"][0]["text"].startswith("NOT NOW  Harlow & Pike Freight")
        told = ask(process, "tools/call", name="assess", arguments={"files": ["../README.md"]})
        assert told["isError"]
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (0, b"", b"")


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("sent", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_ends_it_at_once_though_the_input_is_open(sent: str) -> None:
    with started() as process:
        shake_hands(process, LATEST_HANDSHAKE_VERSION)
        process.send_signal(signal.Signals[sent])
        assert process.wait(timeout=30) == -signal.Signals[sent]
        assert process.stderr
        assert process.stderr.read() == b""


def test_no_other_command_imports_the_sdk() -> None:
    commands = [
        ["assess", "examples/quick-fix.yaml"],
        ["rank", "examples/quick-fix.yaml", "--hours", "10"],
        ["notes", "docs/assistants/call.md"],
        ["mcp", "--help"],
        ["mcp", "--print-config", "claude"],
    ]
    code = (
        f"import sys; from fitcheck.cli.app import run\nfor words in {commands}: run(words)\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, env=environment(), cwd=ROOT)
    loaded = {name.partition(".")[0] for name in told.stderr.decode().split()}
    assert "fitcheck" in loaded
    assert not {"mcp", "mcp_types", "anyio", "httpx2", "starlette"} & loaded


def test_without_the_extra_one_sentence_says_how_to_get_it(tmp_path: Path) -> None:
    (tmp_path / "mcp").mkdir()
    (tmp_path / "mcp" / "__init__.py").write_text("raise ModuleNotFoundError('none', name='mcp')\n", encoding="utf-8")
    path = f"{tmp_path}:{ROOT / 'src'}"
    told = subprocess.run(COMMAND, check=False, capture_output=True, env=environment(PYTHONPATH=path), cwd=ROOT)
    assert (told.returncode, told.stdout) == (2, b"")
    assert b"needs one more package" in told.stderr
    assert b"pip install '.[mcp]'" in told.stderr
