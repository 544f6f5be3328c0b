"""`fitcheck batch` in a process of its own."""

import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from cli.worked import screen_file
from conftest import ROOT

from fitcheck.cli.exit_codes import Exit

COMMAND = [sys.executable, "-m", "fitcheck", "batch"]
LONG_RUN = 200_000
"""Rows that take longer than any of the limits that are tested."""


def environment(**settings: str) -> dict[str, str]:
    """What a process gets from us, and nothing of the terminal that the tests run in."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C.UTF-8", **settings}


def limited(limits: str, words: Sequence[str]) -> list[str]:
    """The same command after words of the shell that limit what it may do, such as `ulimit -f 40`."""
    return ["/bin/sh", "-c", f"{limits}; exec {shlex.join(words)}"]


def run(
    folder: Path, *argv: str, stdin: bytes = b"", limits: str = "true", **settings: str
) -> subprocess.CompletedProcess[bytes]:
    """Run in a folder that holds the screen."""
    return subprocess.run(
        limited(limits, [*COMMAND, *argv, "--screen", "worked.yaml"]), check=False, input=stdin, capture_output=True,
        cwd=folder, env=environment(**settings), timeout=120,
    )  # fmt: skip


def start(folder: Path, *argv: str) -> "subprocess.Popen[bytes]":
    """Start a run and leave it to the caller."""
    return subprocess.Popen(
        [*COMMAND, *argv, "--screen", "worked.yaml"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder, env=environment(),
    )  # fmt: skip


def table(rows: int) -> bytes:
    """Return a table of so many sound rows."""
    return b"pain,goal,note\n" + b"".join(b"severe,clear,%d\n" % k for k in range(rows))


def earlier_run(folder: Path) -> Path:
    """Fill a folder with the screen, a small table with one bad row, and files of an earlier run; return it."""
    screen_file(folder)
    (folder / "t.csv").write_bytes(b"pain,goal,note\nsevere,clear,1\nsome,claer,2\n")
    for name in ("o.csv", "r.csv", "s.json"):
        (folder / name).write_bytes(b"old\n")
    return folder


def assert_it_ends_quietly(process: "subprocess.Popen[bytes]") -> None:
    """Read the first line of what a run writes to standard output, and have enough."""
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline().startswith(b"pain,goal,note,fit_verdict")
    process.stdout.close()
    told = process.stderr.read()
    assert (process.wait(timeout=60), told) == (Exit.PIPE_CLOSED, b"")
