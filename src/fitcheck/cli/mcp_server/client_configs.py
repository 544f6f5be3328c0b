"""How an assistant is told to start `fitcheck mcp`."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path


def own_command() -> list[str]:
    """Return the words that start this very fitcheck from any folder."""
    given = sys.argv[0]
    if Path(given).stem == "fitcheck" and (found := shutil.which(given)):
        return [os.path.abspath(found)]  # noqa: PTH100 - keeps the link that leads to its environment
    return [sys.executable, "-m", "fitcheck"]


def _claude(command: str, words: Sequence[str]) -> str:
    return _json({"mcpServers": {"fitcheck": {"command": command, "args": words}}})


def _vscode(command: str, words: Sequence[str]) -> str:
    return _json({"servers": {"fitcheck": {"type": "stdio", "command": command, "args": words}}})


def _codex(command: str, words: Sequence[str]) -> str:
    # a JSON string is a TOML string, but for DEL, which TOML wants escaped
    told = f"[mcp_servers.fitcheck]\ncommand = {_text(command)}\nargs = [{', '.join(map(_text, words))}]\n"
    return told.replace("\x7f", "\\u007f")


CLIENTS: Mapping[str, Callable[[str, Sequence[str]], str]] = {"claude": _claude, "vscode": _vscode, "codex": _codex}
"""By client: writes the snippet from the command and its words."""

FILES = {
    "claude": ".mcp.json or claude_desktop_config.json",
    "vscode": ".vscode/mcp.json",
    "codex": "~/.codex/config.toml",
}
"""Where each snippet goes."""


def client_config(client: str, folder: Path, *, allow_write: bool) -> str:
    """Return the snippet for one of `CLIENTS` that starts the server in a folder."""
    command, *before = own_command()
    return CLIENTS[client](command, [*before, "mcp", str(folder), *(["--allow-write"] if allow_write else [])])


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
